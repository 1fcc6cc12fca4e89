import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { compareWith } from '../../../src/cli/commands/compare';
import { line } from '../checks/checking';
import { FakeEngine } from './fakeEngine';
import { run } from './testEnvironment';

const gold = [
  line('[[Augusta|scholar]] met [[Charlotte|scholar]].'),
  line('In [[Lisboa|city]] now.'),
];

interface Compared {
  readonly name: string;
  readonly scores: { readonly precision: number; readonly recall: number; readonly f1: number };
  readonly interval: { readonly low: number; readonly high: number };
  readonly speed?: number;
}

describe('compare', () => {
  let folder: string;
  let opened: string[];
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'compare-'));
    opened = [];
    writeFileSync(path.join(folder, 'gold.jsonl'), gold.join('\n'));
    writeFileSync(path.join(folder, 'perfect.jsonl'), gold.join('\n'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const compare = (...args: string[]) =>
    run(['compare', '--gold', 'gold.jsonl', ...args], {
      folder,
      modules: [
        compareWith((model) => {
          opened.push(path.basename(model));
          return Promise.resolve(new FakeEngine());
        }),
      ],
    });

  it('scores models and files of predictions side by side, with their intervals', async () => {
    const { code, stdout, stderr } = await compare(
      '--engines',
      'one,perfect.jsonl,two',
      '--to',
      'json',
    );
    assert.equal(code, 0, stderr);
    assert.deepEqual(opened, ['one', 'two']);
    const results = JSON.parse(stdout) as Compared[];
    assert.deepEqual(
      results.map(({ name, scores }) => [name, scores.precision, scores.recall]),
      [
        ['one', 2 / 3, 2 / 3],
        ['perfect.jsonl', 1, 1],
        ['two', 2 / 3, 2 / 3],
      ],
    );
    assert.ok(results.every(({ interval }) => interval.low <= interval.high));
    assert.ok(results[0]?.speed !== undefined && results[1]?.speed === undefined);
  });

  it('prints a table, the best first, and types', async () => {
    const { stdout } = await compare('--engines', 'one,perfect.jsonl', '--by', 'type');
    const lines = stdout.split('\n').map((one) => one.trim());
    assert.match(lines[2] ?? '', /^perfect\.jsonl\s+100\.0\s+100\.0\s+100\.0/);
    assert.match(lines[3] ?? '', /^one\s+66\.7/);
    assert.ok(
      lines.some((one) => /city\s+1\s+100\.0\s+0\.0$/.test(one)),
      stdout,
    );
  });

  it('keeps what it found, and takes it again', async () => {
    const first = await compare('--engines', 'one', '--keep', 'runs');
    assert.ok(existsSync(path.join(folder, 'runs/one.jsonl')));
    const again = await compare('--engines', 'one', '--keep', 'runs', '--resume', '--to', 'json');
    assert.deepEqual(opened, ['one']);
    const [one] = JSON.parse(again.stdout) as Compared[];
    assert.match(first.stdout, new RegExp((100 * (one?.scores.f1 ?? 0)).toFixed(1)));
  });

  it('reads gold and predictions in the encodings that are named', async () => {
    writeFileSync(path.join(folder, 'gold.jsonl'), Buffer.from(gold.join('\n'), 'utf16le'));
    const unnamed = await compare('--engines', 'perfect.jsonl');
    assert.equal(unnamed.code, 1);
    assert.match(unnamed.stderr, /gold\.jsonl: .*--encoding/u);
    const named = ['--encoding', 'utf-16le', '--pred-encoding', 'utf-8', '--to', 'json'];
    const { code, stdout, stderr } = await compare('--engines', 'perfect.jsonl', ...named);
    assert.equal(code, 0, stderr);
    assert.equal((JSON.parse(stdout) as Compared[])[0]?.scores.f1, 1);
  });

  it('ends wrong usage with 2', async () => {
    const patterns = await compare('--engines', 'one', '--patterns', 'list.txt');
    assert.equal(patterns.code, 2);
    assert.match(patterns.stderr, /unknown option/u, 'as the help does not have it either');
    assert.equal((await compare('--engines', 'one,one')).code, 2);
    assert.equal((await compare('--engines', ',')).code, 2);
    assert.equal((await compare('--engines', 'one', '--resume')).code, 2);
    const early = await compare('--engines', 'one,cascade');
    assert.equal(early.code, 2);
    assert.doesNotMatch(early.stderr, /one …/u, 'before anything has worked');
  });
});
