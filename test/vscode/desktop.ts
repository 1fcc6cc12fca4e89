import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { onPath } from '../../scripts/processes.mjs';
import type { Launch } from './hostRun';

/** A VS Code installed on this machine. */
export interface DesktopHost {
  /** The program itself, not the `code` script. */
  readonly executable: string;
  /** The `code` script, which installs extensions. */
  readonly script: string;
}

/** The desktop VS Code behind the `code` on the PATH; undefined where there is none or no display for it. */
export function findDesktop(): DesktopHost | undefined {
  const script = onPath('code', 'code.cmd');
  if (script === undefined) return undefined;
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    return undefined;
  }
  const folder = path.dirname(realpathSync(script));
  // Linux: …/code/bin/code, Windows: …\bin\code.cmd, macOS: ….app/Contents/Resources/app/bin/code.
  const executable = ['../code', '../Code.exe', '../../../MacOS/Electron', '../../../MacOS/Code']
    .map((name) => path.resolve(folder, name))
    .find((file) => existsSync(file));
  return executable === undefined ? undefined : { executable, script };
}

/** Installs a package into a folder of extensions. */
export function installOnDesktop({ script }: DesktopHost, vsix: string, extensions: string): void {
  const args = ['--install-extension', vsix, '--extensions-dir', extensions, '--force'];
  const shell = process.platform === 'win32';
  const { status, stderr } = spawnSync(script, args, { encoding: 'utf8', shell });
  if (status !== 0) throw new Error(`code did not install ${vsix}:\n${stderr}`);
}

/** Runs the tests of `launch` in the desktop VS Code; returns how it ended. */
export async function runOnDesktop(host: DesktopHost, launch: Launch): Promise<string> {
  const userData = path.join(launch.profile, 'data');
  mkdirSync(path.join(userData, 'User'), { recursive: true });
  writeFileSync(path.join(userData, 'User/settings.json'), JSON.stringify(launch.settings));
  const extensions = launch.packaged ?? path.join(launch.profile, 'extensions');
  const launchArgs = [
    launch.workspace,
    `--user-data-dir=${userData}`,
    `--extensions-dir=${extensions}`,
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  const ended = launch.trust
    ? runTests({
        vscodeExecutablePath: host.executable,
        extensionDevelopmentPath: launch.development,
        extensionTestsPath: launch.tests,
        extensionTestsEnv: { ...launch.env },
        launchArgs,
      })
    : launchUntrusted(host, launch, launchArgs);
  return ended.then(
    (code) => `VS Code ended with ${code}.`,
    (error: unknown) => String(error),
  );
}

/** test-electron always switches workspace trust off, so Restricted Mode needs a launch of its own. */
function launchUntrusted(
  { executable }: DesktopHost,
  launch: Launch,
  launchArgs: readonly string[],
): Promise<number> {
  const args = [
    ...launchArgs,
    '--skip-welcome',
    '--skip-release-notes',
    '--disable-updates',
    `--extensionDevelopmentPath=${launch.development}`,
    `--extensionTestsPath=${launch.tests}`,
  ];
  const env = { ...process.env, ...launch.env };
  const child = spawn(executable, args, { env, stdio: 'inherit' });
  const late = setTimeout(() => child.kill(), launch.limitMs);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(late);
      resolve(code ?? 1);
    });
  });
}
