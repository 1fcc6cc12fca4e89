import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mustRun } from '../../scripts/processes.mjs';
import { forTests } from '../../scripts/workbench/debian.mjs';
import { ensureWorkbench } from '../../scripts/workbench/install.mjs';
import type { InstalledWorkbench } from '../../scripts/workbench/server.mjs';
import { removeFolder, temporaryFolder } from '../temporaryFolder';
import { type DesktopHost, findDesktop, installOnDesktop } from './desktop';

/** The browser workbench and a browser to show it in; throws, naming the mend, where one is missing. */
export async function browserWorkbench(): Promise<InstalledWorkbench> {
  // Servers are ended as the process exits, which a signal alone does not let it do.
  if (process.listenerCount('SIGTERM') === 0) process.once('SIGTERM', () => process.exit(143));
  const found = await ensureWorkbench((line) => {
    console.error(line);
  }, forTests);
  if (found.ok) return found;
  throw new Error(`The tests in VS Code cannot run: ${found.reason}.\n  ${found.command}`);
}

/** The desktop VS Code where there is one, else the browser workbench. */
export async function anyHost(): Promise<DesktopHost | InstalledWorkbench> {
  return findDesktop() ?? (await browserWorkbench());
}

/** Makes `extensions` a folder that holds the packaged extension alone, installed by `host` itself. */
export async function installPackage(
  host: DesktopHost | InstalledWorkbench,
  vsix: string,
  extensions: string,
): Promise<void> {
  rmSync(extensions, { recursive: true, force: true });
  mkdirSync(extensions, { recursive: true });
  if ('executable' in host) {
    installOnDesktop(host, vsix, extensions);
    return;
  }
  const place = temporaryFolder('install');
  const config = path.join(place, 'config.yaml');
  writeFileSync(config, 'auth: none\n');
  const program = path.join(host.folder, 'out/node/entry.js');
  const args = [program, '--config', config, '--user-data-dir', path.join(place, 'data')];
  args.push('--extensions-dir', extensions, '--install-extension', vsix, '--force');
  const env = { ...process.env, HOME: place, XDG_DATA_HOME: place };
  try {
    await mustRun(host.node, args, { env });
  } finally {
    await removeFolder(place);
  }
}
