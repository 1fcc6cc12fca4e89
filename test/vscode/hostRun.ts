import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import {
  addressOf,
  remote,
  startServer,
  type InstalledWorkbench,
} from '../../scripts/workbench/server.mjs';
import { removeFolder, temporaryFolder } from '../temporaryFolder';
import { openBrowser } from './browser';
import { type DesktopHost, runOnDesktop } from './desktop';
import { copyWorkspace, emptyExtension, root, shots, suite } from './places';

export interface HostRun {
  /** VS Code to run in: the one on the desktop or the one for the browser. */
  readonly host: DesktopHost | InstalledWorkbench;
  /** Folder of extensions that holds the packaged extension; without it the source folder is tested. */
  readonly packaged?: string;
  /** Folder below test/vscode/suite whose tests run; default the suite itself. */
  readonly tests?: string;
  /** false: the folder opens in Restricted Mode. */
  readonly trust?: boolean;
  /** Folder of files to work on, copied for the run; default test/vscode/workspace. */
  readonly workspace?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Only tests whose full title has this. */
  readonly grep?: string;
  /** Further environment of the host. */
  readonly env?: Readonly<Record<string, string>>;
  readonly limitMs?: number;
}

/** What one test did, as the results file says. */
export interface TestResult {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'pending';
  readonly ms?: number;
  readonly error?: string;
}

/** What a launch of VS Code needs to know; `exit` reports are for the log, never for the verdict. */
export interface Launch {
  readonly development: string;
  readonly tests: string;
  readonly workspace: string;
  readonly profile: string;
  readonly trust: boolean;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
  readonly packaged?: string;
  readonly limitMs: number;
}

/**
 * Runs a folder of the suite inside a real extension host and returns what every test did.
 * Throws where the host left no results file, whatever its exit code was.
 */
export async function runInHost(run: HostRun): Promise<readonly TestResult[]> {
  const place = temporaryFolder('host');
  const results = path.join(root, 'out/results', `host-${path.basename(place)}.json`);
  mkdirSync(path.dirname(results), { recursive: true });
  const launch: Launch = {
    development: run.packaged === undefined ? root : emptyExtension(),
    tests: suite,
    workspace: copyWorkspace(path.join(place, 'workspace'), run.workspace),
    profile: path.join(place, 'profile'),
    trust: run.trust ?? true,
    settings: run.settings ?? {},
    env: {
      HOST_TEST_RESULTS: results,
      HOST_TEST_FOLDER: run.tests ?? '.',
      HOST_TEST_GREP: run.grep ?? '',
      HOST_TEST_MODE: run.packaged === undefined ? 'source' : 'package',
      HOST_TEST_SOURCE: root,
      ...run.env,
    },
    ...(run.packaged === undefined ? {} : { packaged: run.packaged }),
    limitMs: run.limitMs ?? 600_000,
  };
  try {
    const { host } = run;
    const report =
      'executable' in host
        ? await runOnDesktop(host, launch)
        : await runInBrowserWorkbench(host, launch);
    if (!existsSync(results)) throw new Error(`The extension host left no results.\n${report}`);
    const { tests } = JSON.parse(readFileSync(results, 'utf8')) as { tests: TestResult[] };
    return tests;
  } finally {
    rmSync(results, { force: true });
    await removeFolder(place);
  }
}

/** Returns what the host and the server said. */
async function runInBrowserWorkbench(
  workbench: InstalledWorkbench,
  launch: Launch,
): Promise<string> {
  const { profile, settings, env, trust, packaged } = launch;
  const server = await startServer({
    workbench,
    profile,
    settings,
    env,
    trust,
    ...(packaged === undefined ? {} : { extensions: packaged }),
  });
  const browser = await openBrowser(path.join(profile, 'browser'));
  const said: string[] = [];
  try {
    const page = browser.pages()[0] ?? (await browser.newPage());
    const ended = new Promise<string>((resolve) => {
      const late = setTimeout(() => resolve('in time: nothing'), launch.limitMs);
      void page.exposeFunction('codeAutomationExit', (code: number) => {
        clearTimeout(late);
        resolve(`with ${code}`);
      });
    });
    await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
      said.push(`[${type}] ${args.map(String).join(' ')}`);
    });
    const address = addressOf(server.url, {
      folder: launch.workspace,
      payload: [
        ['extensionDevelopmentPath', remote(server.url, launch.development)],
        ['extensionTestsPath', remote(server.url, launch.tests)],
        ['skipWelcome', 'true'],
      ],
    });
    await page.goto(address, { timeout: 120_000 });
    said.push(`The host ended ${await ended}.`);
    if (!existsSync(launch.env['HOST_TEST_RESULTS'] ?? '')) {
      mkdirSync(shots, { recursive: true });
      await page.screenshot({ path: path.join(shots, 'host-without-results.png') });
      said.push(server.log().slice(-4_000));
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  if (process.env['DEBUG']) console.error(said.join('\n'));
  return said.join('\n');
}
