// npm start [-- [--no-editor] [--serve] [FILE…]]
// Sets up, extracts the entities of FILE in the terminal, then opens it in VS Code with the
// extension loaded: the `code` on the PATH, else a browser workbench on this machine.
//   --no-editor  ends after the terminal part
//   --serve      keeps the browser workbench running although no terminal is attached
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setUp } from './setup.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const sample = path.join(root, 'media/samples/expedition.md');
/** Kept from run to run, because a browser keeps the workbench's state by its address. */
const usualPort = 8437;

const options = readArguments();
await setUp(say);
const files = options.files.length > 0 ? options.files : [sample];
process.exitCode = await extract(files);
if (process.exitCode === 0 && options.editor) await openEditor(files[0]);

function say(line) {
  console.error(line);
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { 'no-editor': { type: 'boolean' }, serve: { type: 'boolean' } },
    });
    const from = process.env.INIT_CWD ?? process.cwd();
    return {
      editor: values['no-editor'] !== true,
      serve: values.serve === true,
      files: positionals.map((file) => path.resolve(from, file)),
    };
  } catch (error) {
    say(`${error.message}\nUsage: npm start [-- [--no-editor] [--serve] [FILE…]]`);
    process.exit(2);
  }
}

function extract(documents) {
  const args = ['dist/cli.js', 'extract', '--to', 'terminal', ...documents];
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
}

async function openEditor(file) {
  if (await openDesktop(file)) return;
  const { ensureWorkbench } = await import('./workbench/install.mjs');
  const workbench = await ensureWorkbench(say);
  if (!workbench.ok) {
    say(
      `\nTo see this in the editor as well: ${workbench.reason}.\n` +
        `  ${workbench.command}\n` +
        'and run npm start again, or install VS Code with its “code” command.',
    );
    return;
  }
  await serve(workbench, file);
}

/** Whether a desktop VS Code took the file. */
async function openDesktop(file) {
  const { onPath, run } = await import('./processes.mjs');
  const code = onPath(...(process.platform === 'win32' ? ['code.cmd'] : ['code']));
  if (code === undefined) return false;
  const args = [`--extensionDevelopmentPath=${root}`, file];
  const ended = await run(code, args, { shell: process.platform === 'win32' });
  if (ended.code === 0) say(`\nOpened ${path.basename(file)} in VS Code.`);
  else say(`\n“code” is on the PATH but did not open: ${ended.output.trim()}`);
  return ended.code === 0;
}

async function serve(workbench, file) {
  const { addressOf, linkExtension, startServer } = await import('./workbench/server.mjs');
  const profile = path.join(root, '.cache/workbench');
  const extensions = path.join(profile, 'extensions');
  linkExtension(extensions, root);
  const port = (await isFree(usualPort)) ? usualPort : 0;
  const server = await startServer({ workbench, profile, extensions, port });
  const address = addressOf(server.url, { folder: path.dirname(file), file });
  say(`\n${path.basename(file)} is open in VS Code for the browser, with the extension loaded:\n`);
  console.log(`  ${address}\n`);
  if (!options.serve && !process.stdout.isTTY) {
    await server.stop();
    say('No terminal is attached, so it has been stopped; npm start -- --serve keeps it running.');
    return;
  }
  say('It listens on this machine only. Ctrl+C ends it.');
  await new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await server.stop();
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
