import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { finishWriting } from '../../../src/host/datasets/writeTogether';
import { scale } from '../scale';

const scripts = ['saveAgain', 'editLarge'] as const;

const textOf = (number: number): string =>
  `old ${number} ${'words of a passage that is long enough '.repeat(10)}`;

function line(number: number): string {
  const entities = [{ start: 0, end: 3, label: 'word' }];
  return `${JSON.stringify({ text: textOf(number), entities })}\n`;
}

function entry(number: number): string {
  const value = { sentence: textOf(number), entity: ['words'], category: ['word'] };
  return `    "sentence${number + 1}": ${JSON.stringify(value)}`;
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, number) => number);

/** A data set of a kind: writes what is to be saved over, and reads what came of it. */
interface Kept {
  readonly name: string;
  readonly kills: number;
  readonly write: (file: string) => Promise<void>;
  readonly read: (file: string) => Promise<string>;
}

const ofFile = (name: string, kills: number, content: string): Kept => ({
  name,
  kills,
  write: (file) => writeFile(file, content),
  read: (file) => readFile(file, 'utf8'),
});

const folder: Kept = {
  name: 'folder of brat',
  kills: scale,
  async write(file) {
    await mkdir(file, { recursive: true });
    for (const number of numbers(20)) {
      await writeFile(path.join(file, `${number + 10}.txt`), textOf(number));
      await writeFile(path.join(file, `${number + 10}.ann`), 'T1\tword 0 3\told\n');
    }
  },
  async read(file) {
    // As it is read when it is opened the next time.
    await finishWriting(file);
    const names = (await readdir(file)).sort();
    const texts = names.map(async (name) => name + (await readFile(path.join(file, name), 'utf8')));
    return (await Promise.all(texts)).join('\n');
  },
};

const everything: readonly Kept[] = [
  ofFile('set.jsonl', 4 * scale, numbers(5000).map(line).join('')),
  ofFile('set.json', scale, `{\n${numbers(5000).map(entry).join(',\n')}\n}\n`),
  folder,
];

describe('Saving a data set', () => {
  let place: string;
  let programs: string;
  // As one file a program starts in a tenth of the time, and many are started here.
  before(async () => {
    programs = await mkdtemp(path.join(tmpdir(), 'programs-'));
    await build({
      entryPoints: scripts.map((name) => path.join(import.meta.dirname, `${name}.mts`)),
      outdir: programs,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      platform: 'node',
      mainFields: ['module', 'main'],
      format: 'esm',
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
    });
  });
  after(() => rm(programs, { recursive: true, force: true }));
  const start = (script: (typeof scripts)[number], file: string) =>
    spawn(process.execPath, [path.join(programs, `${script}.mjs`), file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  beforeEach(async () => (place = await mkdtemp(path.join(tmpdir(), 'saving-'))));
  afterEach(() => rm(place, { recursive: true, force: true }));

  for (const { name, write, read, ...kept } of everything) {
    const kills = Math.max(1, Math.round(kept.kills));
    it(`leaves ${name} as it was or as it is to be, whole, when it is killed (${kills} times)`, async function () {
      this.timeout(120_000 * Math.max(1, scale));
      const file = path.join(place, name);
      await write(file);
      const before = await read(file);
      const isNew = (content: string): boolean =>
        content !== before && content.replaceAll('new', 'old') === before;
      const seen = { old: 0, new: 0 };
      for (let kill = 0; kill < kills; kill++) {
        const child = start('saveAgain', file);
        // Some saves later, and somewhere in the middle of one.
        for (let saves = 1 + (kill % 3); saves > 0; saves--) await once(child.stdout, 'data');
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
        child.kill('SIGKILL');
        await once(child, 'exit');
        const content = await read(file);
        if (content === before) seen.old++;
        else {
          assert.ok(isNew(content), `damaged after kill ${kill}`);
          assert.equal(content.match(/new [01] /gu)?.length, 2, `half written after kill ${kill}`);
          seen.new++;
        }
        await write(file);
      }
      if (scale > 1) console.log(`        ${JSON.stringify(seen)}`);
    });
  }

  const megabytes = Math.round(20 * scale);
  const large = [
    { name: 'large.jsonl', first: '', between: '', last: '', record: line },
    { name: 'large.json', first: '{\n', between: ',\n', last: '\n}\n', record: entry },
  ];
  for (const { name, first, between, last, record } of large) {
    it(`of ${megabytes} MB takes no more than 400 MB of memory: ${name}`, async function () {
      this.timeout(120_000 * Math.max(1, scale));
      const file = path.join(place, name);
      const output = createWriteStream(file);
      let written = 0;
      for (let from = 0; written < megabytes * 1e6; from += 2500) {
        const records = numbers(2500).map((number) => record(from + number));
        const block = (from === 0 ? first : between) + records.join(between);
        if (!output.write(block)) await once(output, 'drain');
        written += block.length;
      }
      output.end(last);
      await once(output, 'finish');
      const { size } = await stat(file);
      const child = start('editLarge', file);
      let told = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (told += text));
      await once(child, 'exit');
      const result = JSON.parse(told) as { first: number; megabytes: number };
      if (scale > 1) console.log(`        ${told}`);
      assert.equal(result.first, 50);
      assert.ok(result.megabytes <= 400, told);
      const handle = await open(file);
      const tail = Buffer.alloc(700);
      const after = await handle.stat();
      await handle.read(tail, 0, tail.length, after.size - tail.length);
      await handle.close();
      const added = after.size - size;
      assert.ok(added > 10 && added < 200, String(added));
      assert.match(tail.toString('utf8'), /"city".{0,200}$/su);
    });
  }
});
