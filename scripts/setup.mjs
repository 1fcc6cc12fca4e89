// What a fresh clone needs before anything runs: a fitting Node, the packages, the bundles.
// Imports only Node's own modules, so that an old Node gets the message below and no other.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const leastNode = [20, 19];

/** What the bundles are made from; a change of any of it builds them anew. */
const sources = ['src', 'webview', 'test/vscode/suite', 'scripts/build.mjs', 'package-lock.json'];

/**
 * Sees that packages and bundles are there and current, and does nothing where they are.
 * Ends the process with a message where Node is too old.
 * @param {(line: string) => void} say
 */
export async function setUp(say = (line) => console.error(line)) {
  checkNode();
  const { mustRun, npmEnvironment, onPath } = await import('./processes.mjs');
  if (!packagesAreCurrent()) {
    say('Installing packages (npm ci)…');
    // The runtime's binaries come inside its package; its own script would fetch more.
    const env = npmEnvironment({ ONNXRUNTIME_NODE_INSTALL: 'skip' });
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const shell = process.platform === 'win32';
    await mustRun(onPath('npm') ?? 'npm', args, { cwd: root, env, shell });
  }
  const stamp = path.join(root, 'dist/.sources');
  const wanted = hashOfSources();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('Building…');
  await mustRun(process.execPath, ['scripts/build.mjs'], { cwd: root });
  writeFileSync(stamp, wanted);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const enough = major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1]);
  if (enough) return;
  console.error(
    `This is Node ${process.versions.node}; at least ${leastNode.join('.')} is needed (20, 22 and 24 are tested). ` +
      'Install one from https://nodejs.org or with your package manager, then run this again.',
  );
  process.exit(1);
}

/** Whether node_modules holds exactly the versions of the lock file, by npm's own record of it. */
function packagesAreCurrent() {
  const record = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const { packages: installed } = JSON.parse(readFileSync(record, 'utf8'));
  const { packages: wanted } = JSON.parse(
    readFileSync(path.join(root, 'package-lock.json'), 'utf8'),
  );
  return Object.entries(wanted).every(([place, { version, optional }]) => {
    if (place === '') return true;
    // npm leaves optional packages of other platforms out.
    return installed[place] === undefined ? optional : installed[place].version === version;
  });
}

function hashOfSources() {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0]);
  for (const source of sources) {
    const top = path.join(root, source);
    if (!existsSync(top)) continue;
    for (const entry of filesOf(top)) {
      hash.update(`\0${path.relative(root, entry)}\0`).update(readFileSync(entry));
    }
  }
  return hash.digest('hex');
}

function filesOf(top) {
  if (path.extname(top) !== '') return [top];
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}
