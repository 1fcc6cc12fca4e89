import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import iconv from 'iconv-lite';
import { run } from './testEnvironment';

interface Span {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly path?: readonly string[];
}

const scholar = ['person', 'real person', 'scholar'];
const city = ['location', 'geo-political entity', 'city'];

function jsonl(passages: readonly { id?: string; text: string; entities: readonly Span[] }[]) {
  return passages.map((passage) => `${JSON.stringify(passage)}\n`).join('');
}

describe('evaluate', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'evaluate-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  async function evaluate(gold: string | Buffer, pred: string | Buffer, ...args: string[]) {
    writeFileSync(path.join(folder, 'gold'), gold);
    writeFileSync(path.join(folder, 'pred'), pred);
    return run(['evaluate', '--gold', 'gold', '--pred', 'pred', ...args], { folder });
  }

  const gold = jsonl([
    {
      id: 'a',
      text: 'Ada in Rome',
      entities: [
        { start: 0, end: 3, label: 'scholar' },
        { start: 7, end: 11, label: 'city' },
      ],
    },
    { id: 'b', text: 'Oslo', entities: [{ start: 0, end: 4, label: 'city' }] },
  ]);
  const pred = jsonl([
    { id: 'b', text: 'Oslo', entities: [{ start: 0, end: 4, label: 'city', path: city }] },
    {
      id: 'a',
      text: 'Ada in Rome',
      entities: [
        { start: 0, end: 3, label: 'scholar', path: scholar },
        { start: 7, end: 11, label: 'mountain' },
        { start: 4, end: 6, label: 'city' },
      ],
    },
  ]);

  it('prints strict scores as JSON with every type, passages matched by id', async () => {
    const { code, stdout } = await evaluate(gold, pred, '--to', 'json');
    assert.equal(code, 0);
    const scores = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual(Object.keys(scores), ['precision', 'recall', 'f1', 'support', 'perType']);
    assert.equal(scores['precision'], 0.5);
    assert.equal(scores['recall'], 2 / 3);
    assert.equal(scores['support'], 3);
    const types = scores['perType'] as Record<string, Record<string, number>>;
    assert.deepEqual(types[city.join(' › ')], { precision: 0.5, recall: 0.5, f1: 0.5, support: 2 });
  });

  it('scores boundaries alone, and a level', async () => {
    const boundaries = await evaluate(gold, pred, '--scorer', 'boundaries', '--to', 'json');
    assert.deepEqual(JSON.parse(boundaries.stdout), {
      precision: 0.75,
      recall: 1,
      f1: 6 / 7,
      support: 3,
    });
    const coarse = await evaluate(gold, pred, '--level', 'coarse', '--to', 'json');
    assert.equal((JSON.parse(coarse.stdout) as { recall: number }).recall, 1);
  });

  it('scores as the data set’s users do', async () => {
    const { stdout } = await evaluate(gold, pred, '--scorer', 'dynamicner', '--to', 'json');
    const scores = JSON.parse(stdout) as Record<string, Record<string, number>>;
    assert.deepEqual(Object.keys(scores), ['extraction', 'classification']);
    assert.equal(scores['extraction']?.['recall'], 1);
    assert.equal(scores['extraction']?.['precision'], 0.75);
  });

  it('judges a name with several places by its name', async () => {
    const text = 'a thing';
    const bare = jsonl([{ text, entities: [{ start: 2, end: 7, label: 'other product' }] }]);
    const fine = ['product', 'other product', 'other product'];
    const whole = jsonl([
      { text, entities: [{ start: 2, end: 7, label: 'other product', path: fine }] },
    ]);
    for (const [one, other] of [
      [bare, whole],
      [whole, bare],
    ] as const) {
      const { stdout } = await evaluate(one, other, '--to', 'json');
      assert.equal((JSON.parse(stdout) as { f1: number }).f1, 1);
    }
  });

  it('prints a table, by type when asked to', async () => {
    const { stdout } = await evaluate(gold, pred, '--by', 'type');
    const lines = stdout.split('\n');
    assert.match(lines[0] ?? '', /^score +precision +recall +F1 +gold$/);
    assert.match(lines[2] ?? '', /^strict +50\.0 +66\.7 +57\.1 +3$/);
    assert.ok(lines.some((line) => /^person › real person › scholar +100\.0 +100\.0/.test(line)));
  });

  it('tells of passages that only one file has, and counts missing ones', async () => {
    const other = jsonl([{ id: 'z', text: 'Oslo', entities: [] }]);
    const { code, stdout, stderr } = await evaluate(gold, other, '--to', 'json');
    assert.equal(code, 0);
    assert.equal((JSON.parse(stdout) as { recall: number }).recall, 0);
    assert.match(stderr, /2 passages of the gold file without prediction/);
    assert.match(stderr, /1 passage without gold/);
  });

  it('fails where texts differ or a line is bad, and scores the rest', async () => {
    const changed = pred.replace('"text":"Oslo"', '"text":"Oslo."');
    const differing = await evaluate(gold, changed, '--to', 'json');
    assert.equal(differing.code, 1);
    assert.match(differing.stderr, /pred:1: The text is not that of the gold passage at gold:2/);
    const broken = await evaluate(gold, `${pred}{\n`, '--to', 'json');
    assert.equal(broken.code, 1);
    assert.match(broken.stderr, /pred:3: The line is not JSON/);
    assert.equal((JSON.parse(broken.stdout) as { recall: number }).recall, 2 / 3);
  });

  it('reads both files in the encoding that is named, or predictions in another', async () => {
    const text = jsonl([{ text: '東京 grows', entities: [{ start: 0, end: 2, label: 'city' }] }]);
    const written = iconv.encode(text, 'gbk');
    const unnamed = await evaluate(written, written);
    assert.equal(unnamed.code, 1);
    assert.match(unnamed.stderr, /gold:1: .*UTF-8.*encoding/u);
    for (const [pred, ...more] of [[written], [Buffer.from(text), '--pred-encoding', 'utf-8']]) {
      const named = ['--encoding', 'gbk', ...more.map(String), '--to', 'json'];
      const { code, stdout, stderr } = await evaluate(written, pred ?? text, ...named);
      assert.equal(code, 0, stderr);
      assert.equal((JSON.parse(stdout) as { f1: number }).f1, 1);
    }
  });

  it('ends wrong usage with 2', async () => {
    assert.equal((await run(['evaluate', '--gold', 'gold'], { folder })).code, 2);
    assert.equal((await evaluate(gold, pred, '--scorer', 'lenient')).code, 2);
    assert.equal((await evaluate(gold, pred, '--scorer', 'boundaries', '--by', 'type')).code, 2);
  });
});
