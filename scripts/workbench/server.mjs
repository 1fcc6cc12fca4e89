// Starts the browser workbench on a free port of the loopback interface.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const startLimit = 120_000;

/**
 * Settings of the extension that a window in the browser reads from the server's own file alone, once
 * it knows their scope; before that it takes them from the user's file too.
 */
const machineSettings = new Set(settingsOfScope(['machine', 'machine-overridable']));

/** Settings every workbench of ours starts with: nothing is fetched, nothing pops up, nothing saves by itself. */
const quietSettings = {
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  // The browser workbench saves after a delay unless told otherwise.
  'files.autoSave': 'off',
  'git.enabled': false,
  'npm.autoDetect': 'off',
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'update.mode': 'none',
  'window.menuBarVisibility': 'classic',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/**
 * Starts a server whose data lives in `profile` and resolves when it listens.
 * @param {object} options
 * @param {{ folder: string, node: string }} options.workbench what `ensureWorkbench` found
 * @param {string} options.profile folder of its own for settings, state and logs
 * @param {string} [options.extensions] folder of installed extensions; default: one in the profile
 * @param {boolean} [options.trust] false: folders open in Restricted Mode; default true
 * @param {number} [options.port] default: a free one
 * @param {object} [options.settings] on top of the quiet ones, in a profile that is new
 * @param {Record<string, string>} [options.env] for the server and the extension host it starts
 * @returns {Promise<import('./server.d.mts').WorkbenchServer>}
 */
export async function startServer(options) {
  const { workbench, profile, trust = true, port = 0 } = options;
  const data = path.join(profile, 'data');
  const extensions = options.extensions ?? path.join(profile, 'extensions');
  const settingsFile = path.join(data, 'User/settings.json');
  const machineFile = path.join(data, 'Machine/settings.json');
  const homes = [path.dirname(settingsFile), path.dirname(machineFile), path.join(profile, 'home')];
  for (const folder of [...homes, extensions]) mkdirSync(folder, { recursive: true });
  const settings = { ...quietSettings, ...options.settings };
  const write = () => {
    const ofMachine = Object.entries(settings).filter(([name]) => machineSettings.has(name));
    writeFileSync(settingsFile, JSON.stringify(settings, null, 2));
    writeFileSync(machineFile, JSON.stringify(Object.fromEntries(ofMachine), null, 2));
  };
  // A profile that is used again keeps what the user set in it.
  if (!existsSync(settingsFile)) write();
  // Without a file of its own it would write one, with a password, below the user's home.
  const config = path.join(profile, 'config.yaml');
  writeFileSync(config, 'auth: none\n');

  const args = [path.join(workbench.folder, 'out/node/entry.js')];
  args.push('--config', config, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`);
  args.push('--user-data-dir', data, '--extensions-dir', extensions, '--ignore-last-opened');
  args.push('--disable-telemetry', '--disable-update-check', '--disable-getting-started-override');
  args.push('--disable-proxy', ...(trust ? ['--disable-workspace-trust'] : []));
  // A process group of its own: stopping it ends the server and all that it started, nothing else.
  const child = spawn(workbench.node, args, {
    env: environment(profile, options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const endNow = () => endGroup(child, 'SIGKILL');
  process.once('exit', endNow);

  let log = '';
  const url = await new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      endNow();
      reject(new Error(`The browser workbench did not start in time.\n${log}`));
    }, startLimit);
    const read = (text) => {
      log += text;
      const address = /HTTP server listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(log)?.[1];
      if (address === undefined) return;
      clearTimeout(late);
      resolve(address);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`The browser workbench ended with ${code}.\n${log}`));
    });
  });

  return {
    url,
    log: () => log,
    set(changes) {
      Object.assign(settings, changes);
      write();
    },
    async stop() {
      process.removeListener('exit', endNow);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      const late = setTimeout(() => endGroup(child, 'SIGKILL'), 5_000);
      endGroup(child, 'SIGTERM');
      await ended;
      clearTimeout(late);
      // What it started gets the signal too, but does not always heed it.
      endGroup(child, 'SIGKILL');
    },
  };
}

/** Names of the extension's settings with one of the scopes. */
function settingsOfScope(scopes) {
  const { contributes } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  return contributes.configuration.flatMap(({ properties }) =>
    Object.keys(properties).filter((name) => scopes.includes(properties[name].scope)),
  );
}

function endGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group has ended already.
  }
}

function environment(profile, extra) {
  const foreign = /^(VSCODE_|ELECTRON_|NODE_OPTIONS$|PASSWORD$|HASHED_PASSWORD$|PORT$|npm_)/;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  const home = path.join(profile, 'home');
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    XDG_CACHE_HOME: path.join(home, '.cache'),
    XDG_CONFIG_HOME: path.join(home, '.config'),
    XDG_DATA_HOME: path.join(home, '.local/share'),
    // No gallery: nothing to look up, nothing to update.
    EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: '', itemUrl: '', resourceUrlTemplate: '' }),
    ...extra,
  };
}

/** The address that opens `folder` (and `file` in it) in the workbench at `url`; `payload` goes to the workbench as it is. */
export function addressOf(url, { folder, file, payload = [] }) {
  const address = new URL(url);
  address.searchParams.set('folder', folder);
  const entries = file === undefined ? payload : [['openFile', remote(url, file)], ...payload];
  if (entries.length > 0) address.searchParams.set('payload', JSON.stringify(entries));
  return address.href;
}

/** A path of this machine as the workbench at `url` names it. */
export function remote(url, file) {
  return `vscode-remote://${new URL(url).host}${encodeURI(file)}`;
}

/** Makes `folder` hold nothing but the extension at `root`, as it is built there. */
export function linkExtension(folder, root) {
  const { publisher, name, version } = JSON.parse(
    readFileSync(path.join(root, 'package.json'), 'utf8'),
  );
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  symlinkSync(root, path.join(folder, `${publisher}.${name}-${version}`));
}
