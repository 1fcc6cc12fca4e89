// What the browser workbench and its tests need from the operating system.
import { existsSync } from 'node:fs';
import { onPath, run } from '../processes.mjs';

/** Programs that can show the workbench to tests, in order of preference. */
const browsers = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** Debian package → whether what it brings is there, wherever it came from. */
const presence = {
  'g++': () => onPath('g++') !== undefined,
  make: () => onPath('make') !== undefined,
  python3: () => onPath('python3') !== undefined,
  chromium: () => findBrowser() !== undefined,
  'fonts-dejavu-core': () =>
    ['fonts', 'truetype', 'TTF'].some((name) => existsSync(fontFile(name))),
};

/** To compile the workbench's native modules. */
export const forWorkbench = ['g++', 'make', 'python3'];
/** To show it to tests. */
export const forTests = [...forWorkbench, 'chromium', 'fonts-dejavu-core'];

function fontFile(folder) {
  return `/usr/share/fonts/${folder === 'fonts' ? '' : `${folder}/`}dejavu/DejaVuSansMono.ttf`;
}

/** The browser that tests drive: CHROMIUM, else the first known one on the PATH. */
export function findBrowser() {
  return process.env.CHROMIUM || onPath(...browsers);
}

/**
 * Sees that the packages are there. Where some are missing, root installs them with apt-get and
 * says so; anybody else gets `{ ok: false, command }`, the one command that brings them.
 */
export async function ensurePackages(packages, say) {
  const missing = packages.filter((name) => !presence[name]());
  if (missing.length === 0) return { ok: true };
  const install = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  const command = `sudo sh -c "apt-get update && ${install}"`;
  const reason = `missing on this machine: ${missing.join(', ')}`;
  if (process.platform !== 'linux' || onPath('apt-get') === undefined) {
    return {
      ok: false,
      reason,
      command: `install ${missing.join(', ')} with your package manager`,
    };
  }
  if (process.getuid?.() !== 0) return { ok: false, reason, command };
  say(`Installing Debian packages: ${missing.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  const { code, output } = await run('sh', ['-c', install], { env });
  if (code === 0 && packages.every((name) => presence[name]())) return { ok: true };
  const tail = output.trimEnd().split('\n').at(-1);
  return { ok: false, reason: `${reason} (apt-get: ${tail})`, command };
}
