import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { scale } from '../scale';
import { repository } from './testEnvironment';

/** Starting Node with a TypeScript loader takes seconds on a busy machine. */
const patience = 120_000;

function start(...args: string[]): ChildProcessWithoutNullStreams {
  const program = path.join(__dirname, 'fakeProgram.ts');
  return spawn(process.execPath, ['--import', 'tsx', program, 'extract', ...args], {
    cwd: repository,
  });
}

async function nextOutput(child: ChildProcessWithoutNullStreams): Promise<string> {
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  return chunk.toString();
}

describe('extract as a process', function () {
  this.timeout(patience);

  it('answers the first line while the input is open, and ends with 130 when interrupted', async () => {
    const child = start();
    child.stdin.write('Anna\n');
    assert.match(await nextOutput(child), /^\{"text":"Anna".*\}\n$/);
    child.kill('SIGINT');
    const [code] = (await once(child, 'exit')) as [number];
    assert.equal(code, 130);
  });

  it('ends quietly with 0 when nobody reads its output any more', async () => {
    const child = start();
    let messages = '';
    child.stderr.on('data', (chunk: Buffer) => (messages += chunk.toString()));
    child.stdin.on('error', () => undefined);
    child.stdin.write('Anna\n');
    await nextOutput(child);
    child.stdout.destroy();
    const writing = setInterval(() => child.stdin.write('Berta\n'), 20);
    const [code] = (await once(child, 'exit')) as [number];
    clearInterval(writing);
    assert.equal(code, 0);
    assert.equal(messages, '');
  });

  it('needs no more memory for more input', async () => {
    // Two bytes a character: were the input kept, it would take twice its length.
    const line = `${'a few words and 中文 between them, '.repeat(600)}\n`;
    const few = await peakMemory(line, 50);
    const many = await peakMemory(line, Math.round(2_500 * Math.max(1, scale / 5)));
    assert.ok(many < few + 100, `${many} MB for fifty times the input that took ${few} MB`);
  });
});

/** Megabytes that a run over that many lines took at its peak; its output is read and dropped. */
async function peakMemory(line: string, lines: number): Promise<number> {
  const child = start('--stats');
  let messages = '';
  let written = 0;
  child.stderr.on('data', (chunk: Buffer) => (messages += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => (written += chunk.toString().split('\n').length - 1));
  for (let at = 0; at < lines; at++) {
    if (!child.stdin.write(line)) await once(child.stdin, 'drain');
  }
  child.stdin.end();
  await once(child, 'close');
  assert.equal(written, lines);
  const [, megabytes] = /peak memory: (\d+) MB/.exec(messages) ?? [];
  return Number(megabytes);
}
