import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

/**
 * Runs a program to its end and returns `{ code, output }`; `code` is 1 where a signal ended it.
 * `show: true` lets its output through as it comes, `onLine` is given it by lines; otherwise it is
 * collected.
 */
export function run(program, args, { show = false, onLine, ...options } = {}) {
  return new Promise((resolve) => {
    const stdio = ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'];
    const child = spawn(program, args, { ...options, stdio });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      if (onLine !== undefined) createInterface(stream).on('line', onLine);
      else stream.setEncoding('utf8').on('data', (text) => (output += text));
    }
    child.once('error', (error) => resolve({ code: 127, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Like `run`, but a failure throws an error with the end of the output. */
export async function mustRun(program, args, options) {
  const { code, output } = await run(program, args, options);
  if (code !== 0) {
    const tail = output.trimEnd().split('\n').slice(-25).join('\n');
    throw new Error(`${[program, ...args].join(' ')} ended with ${code}\n${tail}`);
  }
  return output;
}

/** The path of the first of these programs that is on the PATH, else undefined. */
export function onPath(...names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(path.delimiter).filter(Boolean)) {
      const file = path.join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not here; the next folder may have it.
      }
    }
  }
  return undefined;
}

/** Environment for an npm of its own: without what the npm that runs us says about this project. */
export function npmEnvironment(extra = {}) {
  const own = /^npm_(package|lifecycle|config_(ignore_scripts|local_prefix|prefix$))/i;
  const kept = Object.entries(process.env).filter(([name]) => !own.test(name));
  return { ...Object.fromEntries(kept), ...extra };
}
