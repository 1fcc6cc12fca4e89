// Brings VS Code's workbench for the browser (npm package code-server) into .code-server/, from the
// package registry alone. Its own install scripts fetch from other hosts, so they stay off and the
// few native modules that a Linux server loads are compiled here.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { mustRun, npmEnvironment, onPath } from '../processes.mjs';
import { ensurePackages, forWorkbench } from './debian.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/** Major version of Node → the release built for it (each accepts one major version only). */
const releases = { 20: '4.100.3', 22: '4.117.0', 24: '4.139.1' };
/** Node from the registry, with headers, where this machine's Node fits no release or has no headers. */
const registryNode = { 20: '20.20.2', 22: '22.23.3', 24: '24.21.0' };
const ripgrep = '1.18.0';

const machine = `linux-${process.arch}`;

/**
 * The browser workbench, installed when it is not there yet (about a minute, once a clone).
 * Returns `{ ok: true, folder, node }` (folder of code-server, program that runs it), else
 * `{ ok: false, reason, command }` with the command that brings what is missing.
 * @param {(line: string) => void} say
 */
export async function ensureWorkbench(say, packages = forWorkbench) {
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch)) {
    const command = 'install VS Code and its “code” command';
    return { ok: false, reason: 'the browser workbench is for Linux on x64 or arm64', command };
  }
  const present = await ensurePackages(packages, say);
  if (!present.ok) return present;

  const headers = headersOfThisNode();
  const own = Number(process.versions.node.split('.')[0]);
  const major = own in releases ? own : 22;
  const borrowed = major !== own || headers === undefined;
  const release = releases[major];
  const folder = path.join(root, '.code-server', `${release}${borrowed ? '-node' : ''}`);
  const nodeFolder = path.join(folder, `node_modules/node-${machine}`);
  const found = {
    ok: true,
    folder: path.join(folder, 'node_modules/code-server'),
    node: borrowed ? path.join(nodeFolder, 'bin/node') : process.execPath,
  };
  const stamp = path.join(folder, 'installed.json');
  if (existsSync(stamp)) return found;

  say(
    `Installing the browser workbench, code-server ${release}, in .code-server (once, about a minute)`,
  );
  try {
    await install({ folder, release, major, borrowed, headers: borrowed ? nodeFolder : headers });
  } catch (error) {
    return { ok: false, reason: `its installation failed: ${error.message}`, command: 'npm start' };
  }
  writeFileSync(stamp, `${JSON.stringify({ release, node: process.versions.node })}\n`);
  return found;
}

/** The folder whose include/node has the headers of the running Node, which native modules need. */
function headersOfThisNode() {
  const [major, minor] = process.versions.node.split('.');
  return [path.resolve(process.execPath, '../..'), '/usr', '/usr/local'].find((prefix) => {
    const file = path.join(prefix, 'include/node/node_version.h');
    if (!existsSync(file)) return false;
    const text = readFileSync(file, 'utf8');
    return [`NODE_MAJOR_VERSION ${major}`, `NODE_MINOR_VERSION ${minor}`].every((line) =>
      new RegExp(`${line}\\b`).test(text),
    );
  });
}

async function install({ folder, release, major, borrowed, headers }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  const packages = [`code-server@${release}`, `@vscode/ripgrep-${machine}@${ripgrep}`];
  if (borrowed) packages.push(`node-${machine}@${registryNode[major]}`);

  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const noScripts = ['--ignore-scripts', ...quiet];
  const npm = onPath('npm') ?? 'npm';
  await mustRun(npm, ['install', ...noScripts, '--save-exact', ...packages], {
    cwd: folder,
    env: npmEnvironment(),
  });
  // From here on the Node that runs the workbench also installs and compiles for it.
  const extra = { npm_config_nodedir: headers, npm_config_yes: 'true' };
  if (borrowed) extra.PATH = `${path.join(headers, 'bin')}${path.delimiter}${process.env.PATH}`;
  const env = npmEnvironment(extra);
  const compile = ['rebuild', '--ignore-scripts=false', ...quiet];
  const server = path.join(folder, 'node_modules/code-server');
  const vscode = path.join(server, 'lib/vscode');

  await mustRun(npm, [...compile, '--build-from-source', 'argon2'], { cwd: folder, env });
  await mustRun(npm, ['install', ...noScripts, '--omit=dev'], { cwd: vscode, env });
  const native = ['@vscode/spdlog', 'native-watchdog', 'node-pty'];
  await mustRun(npm, [...compile, ...native], { cwd: vscode, env });

  const search = path.join(vscode, 'node_modules/@vscode/ripgrep/bin');
  mkdirSync(search, { recursive: true });
  copyFileSync(
    path.join(folder, `node_modules/@vscode/ripgrep-${machine}/bin/rg`),
    path.join(search, 'rg'),
  );
  chmodSync(path.join(search, 'rg'), 0o755);
  link('node_modules', path.join(vscode, 'node_modules.asar'));
  link('code-linux.sh', path.join(vscode, 'bin/remote-cli/code-server'));
  link('browser-linux.sh', path.join(vscode, 'bin/helpers/browser.sh'));
  const extensions = path.join(vscode, 'extensions');
  await mustRun(npm, ['install', ...noScripts, '--omit=dev'], { cwd: extensions, env });
}

function link(target, file) {
  rmSync(file, { force: true });
  symlinkSync(target, file);
}
