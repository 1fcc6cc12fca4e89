import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { heldOut, slipType, taught, toolType, type WrittenPassage } from './tinySet';

const root = path.join(__dirname, '../..');
const run = promisify(execFile);
const buffer = { cwd: root, maxBuffer: 64 * 1024 * 1024 };
const limit = 60 * 60_000;
/** Thirty steps of one batch: about a minute on two cores. */
const changes = [
  'steps=30',
  'warm=5',
  'decay=15',
  'micros=1',
  'average=0.9',
  'report=30',
  'shares={"own": 0.85, "written": 0.15}',
  'rates={"text": 1e-4, "label": 1e-4, "heads": 1e-3}',
];

/** The Python of the environment variable PYTHON, or of an environment made from the lock file. */
async function findPython(): Promise<string> {
  const given = process.env['PYTHON'];
  if (given !== undefined && given !== '') return given;
  const folder = path.join(root, '.cache/training');
  const python =
    process.platform === 'win32'
      ? path.join(folder, 'Scripts/python.exe')
      : path.join(folder, 'bin/python');
  const done = path.join(folder, 'installed');
  const lock = path.join(root, 'training/requirements.lock');
  const wanted = await readFile(lock, 'utf8');
  if (existsSync(done) && (await readFile(done, 'utf8')) === wanted) return python;
  await rm(folder, { recursive: true, force: true });
  const system = process.platform === 'win32' ? 'python' : 'python3';
  await run(system, ['-m', 'venv', folder], buffer);
  await run(python, ['-m', 'pip', 'install', '--require-hashes', '-r', lock], buffer);
  await writeFile(done, wanted);
  return python;
}

function toJsonl(passages: readonly WrittenPassage[]): string {
  return passages.map((passage) => `${JSON.stringify(passage)}\n`).join('');
}

/** What the command line finds, as “mention: label”. */
async function extract(model: string, labels: string, file: string): Promise<string[][]> {
  const { stdout } = await run(
    process.execPath,
    ['dist/cli.js', 'extract', '--model', model, '--labels', labels, '--from', 'text', file],
    buffer,
  );
  return stdout
    .trim()
    .split('\n')
    .map((line) => mentionsOf(JSON.parse(line) as WrittenPassage));
}

function mentionsOf({ text, entities }: WrittenPassage): string[] {
  const characters = [...text];
  return entities.map(
    ({ start, end, label }) => `${characters.slice(start, end).join('')}: ${label}`,
  );
}

/** Micro F1 of mentions with their labels. */
function f1(found: readonly string[][]): number {
  const gold = heldOut.map(mentionsOf);
  const right = gold.flatMap((mentions, row) => mentions.filter((m) => found[row]?.includes(m)));
  return (2 * right.length) / (gold.flat().length + found.flat().length);
}

describe('training on a data set of one’s own', function () {
  this.timeout(limit);
  let folder: string;
  let python: string;
  const at = (name: string) => path.join(folder, name);
  /** PyTorch keeps what it compiles in a folder of the system's temporary one, unless it is told another. */
  const inFolder = () => ({
    ...buffer,
    env: { ...process.env, TORCHINDUCTOR_CACHE_DIR: at('compiled'), PYTHONPATH: 'training' },
  });
  const train = (...args: string[]) =>
    run(python, ['training', ...args], inFolder()).then(({ stdout }) => stdout);

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'dynamicner-training-'));
    python = await findPython();
    await mkdir(at('run'));
    await writeFile(at('all.jsonl'), toJsonl(taught));
    await writeFile(at('held-out.txt'), heldOut.map(({ text }) => `${text}\n`).join(''));
    // As the extension exports it: DynamicNER's format, which has no offsets.
    const convert = ['dist/cli.js', 'convert', '--to', 'dynamicner', at('all.jsonl')];
    await run(process.execPath, [...convert, '--out', at('all.json')], buffer);
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it('passes the tests written in Python', async () => {
    await run(python, ['-m', 'unittest', 'discover', '-s', 'training/tests'], inFolder());
  });

  it('names the file and the line of what cannot be read', async () => {
    await writeFile(at('bad.jsonl'), `${toJsonl(taught.slice(0, 2))}{"text": "a", "entities": 3}\n`);
    await assert.rejects(train('prepare', at('bad.jsonl'), '--out', at('bad')), (error: Error) =>
      /bad\.jsonl:3: "entities" is no array/u.test((error as Error & { stderr: string }).stderr),
    );
  });

  it('makes a pack that the command line loads, and that finds what it was taught', async () => {
    await train('prepare', at('all.json'), '--out', at('run/data'), '--name', 'workshop');
    const config = 'training/configs/own.json';
    const common = ['--config', config, '--data', at('run/data'), '--out', at('run')];
    await train('train', ...common, '--set', ...changes, '--until', '10');
    const log = await train('train', ...common, '--set', ...changes);
    assert.match(log, /^\{"step": 10,/u, 'a second call goes on from the checkpoint');
    await train('calibrate', '--run', at('run'));
    await train('export', '--run', at('run'), '--out', at('workshop'));

    const types = at('workshop/types.txt');
    assert.equal(await readFile(types, 'utf8'), `${slipType}\n${toolType}\n`);
    const base = path.join(root, 'models/dynamicner-en-small');
    const untaught = f1(await extract(base, types, at('held-out.txt')));
    const trained = f1(await extract(at('workshop'), types, at('held-out.txt')));
    assert.ok(trained >= 0.8, `strict F1 ${trained.toFixed(2)} after training`);
    assert.ok(
      trained > untaught,
      `${trained.toFixed(2)} is no better than the base’s ${untaught.toFixed(2)}`,
    );

    const compared = await train('compare', base, at('workshop'), '--data', at('run/data'));
    assert.match(compared, /\| all, mean \|.*\| \d\.\d{3} \|/u);
    await train('plot', at('run'));
    assert.match(await readFile(at('run/curves.svg'), 'utf8'), /<svg .*own-dev strict.*<\/svg>/su);
  });
});
