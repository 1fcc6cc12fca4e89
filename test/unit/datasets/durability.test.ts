import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { scale } from '../scale';

const here = import.meta.dirname;

function start(script: string, file: string) {
  return spawn(process.execPath, ['--import', 'tsx', path.join(here, script), file], {
    cwd: path.join(here, '../../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function line(number: number): string {
  const text = `old ${number} ${'words of a passage that is long enough '.repeat(10)}`;
  return `${JSON.stringify({ text, entities: [{ start: 0, end: 3, label: 'word' }] })}\n`;
}

describe('Saving a data set', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(path.join(tmpdir(), 'saving-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const kills = Math.round(4 * scale);
  it(`leaves the old file or the new one, whole, when it is killed (${kills} times)`, async function () {
    this.timeout(120_000 * Math.max(1, scale));
    const file = path.join(folder, 'set.jsonl');
    const before = Array.from({ length: 5000 }, (_, number) => line(number)).join('');
    const after = before.replace('old 0', 'new 0');
    await writeFile(file, before);
    for (let kill = 0; kill < kills; kill++) {
      const child = start('saveAgain.mts', file);
      // Some saves later, and somewhere in the middle of one.
      for (let saves = 1 + (kill % 3); saves > 0; saves--) await once(child.stdout, 'data');
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
      child.kill('SIGKILL');
      await once(child, 'exit');
      const content = await readFile(file, 'utf8');
      assert.ok(content === before || content === after, `damaged after kill ${kill}`);
      await writeFile(file, before);
    }
  });

  const megabytes = Math.round(20 * scale);
  it(`of ${megabytes} MB takes no more than 400 MB of memory`, async function () {
    this.timeout(120_000 * Math.max(1, scale));
    const file = path.join(folder, 'large.jsonl');
    const output = createWriteStream(file);
    const block = Array.from({ length: 2500 }, (_, number) => line(number)).join('');
    for (let written = 0; written < megabytes * 1e6; written += block.length) {
      if (!output.write(block)) await once(output, 'drain');
    }
    output.end();
    await once(output, 'finish');
    const { size } = await stat(file);
    const child = start('editLarge.mts', file);
    let told = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (told += text));
    await once(child, 'exit');
    const result = JSON.parse(told) as { first: number; megabytes: number };
    if (scale > 1) console.log(`        ${told}`);
    assert.equal(result.first, 50);
    assert.ok(result.megabytes <= 400, told);
    const handle = await open(file);
    const tail = Buffer.alloc(600);
    const after = await handle.stat();
    await handle.read(tail, 0, tail.length, after.size - tail.length);
    await handle.close();
    const added = after.size - size;
    assert.ok(added > 50 && added < 200, String(added));
    assert.match(tail.toString('utf8'), /"label":"city","state":"added","time":[^\n]*\n$/u);
  });
});
