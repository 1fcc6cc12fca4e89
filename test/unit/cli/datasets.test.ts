import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import iconv from 'iconv-lite';
import { conflictsWith } from '../../../src/cli/commands/conflicts';
import { pruneWith } from '../../../src/cli/commands/prune';
import type { Engine } from '../../../src/engines/engine';
import { line } from '../checks/checking';
import { FakeEngine } from './fakeEngine';
import { run } from './testEnvironment';

/** Passages that differ in their words, with oddities of layout that must stay. */
function passages(count: number): string {
  return Array.from({ length: count }, (_, number) => {
    const [label, ...words] = number % 4 === 0 ? ['rare', 'gold'] : ['usual', 'iron'];
    const text = `${words.join(' ')} [[thing${number}|${label}]] of ${'abcdefgh'[number % 8]}${number} ${number * 31}`;
    return line(text).replace('{"text":', number % 2 === 0 ? '{ "text":' : '{"text": ');
  })
    .map((one) => `${one}\n`)
    .join('');
}

describe('commands on whole data sets', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'datasets-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const file = (name: string) => readFileSync(path.join(folder, name), 'utf8');

  it('sample draws as many of every type, each passage byte for byte', async () => {
    const all = passages(80);
    const args = ['sample', '--size', '20', '--seed', '3', '--types', '-'];
    const { code, stdout, stderr } = await run(args, { stdin: all });
    assert.equal(code, 0);
    const lines = stdout.trim().split('\n');
    assert.equal(lines.length, 20);
    assert.equal(lines.filter((one) => one.includes('"rare"')).length, 10);
    assert.ok(lines.every((one) => all.includes(`${one}\n`)));
    assert.match(stderr, /10 passages for each of 2 types/);
    assert.equal((await run(args, { stdin: all })).stdout, stdout);
  });

  it('split writes parts that are the whole, without near duplicates across them', async () => {
    const copies = Array.from({ length: 30 }, (_, number) =>
      line(`The [[ship|rare]] number one sails to the far north with ${number}`),
    );
    const all = `${passages(100)}${copies.join('\n')}\n`;
    writeFileSync(path.join(folder, 'all.jsonl'), all);
    const { code, stderr } = await run(['split', '--out', 'parts', 'all.jsonl'], { folder });
    assert.equal(code, 0, stderr);
    const parts = ['train', 'dev', 'test'].map((name) => file(`parts/${name}.jsonl`));
    assert.deepEqual(
      parts.join('').split('\n').sort(),
      all.concat('\n\n').split('\n').slice(0, -2).sort(),
    );
    assert.equal(parts.filter((part) => part.includes('number one sails')).length, 1);
    const leaks = await run(
      ['check', '--rules', 'leak', '--against', 'parts/train.jsonl', 'parts/test.jsonl'],
      { folder },
    );
    assert.equal(leaks.stdout, '');
    assert.match(stderr, /29 passages stay with others that are much the same/);
  });

  it('split writes parts in the encoding of the whole', async () => {
    const all = passages(20).replaceAll('thing', '東京東京東');
    const cases = [
      { bytes: iconv.encode(all, 'gbk'), encoding: 'gbk', named: ['--encoding', 'gbk'] },
      { bytes: Buffer.from(`\ufeff${all}`, 'utf16le'), encoding: 'utf-16le', named: [] },
      { bytes: Buffer.from(all, 'utf16le'), encoding: 'utf-16', named: ['--encoding', 'utf-16'] },
    ];
    for (const { bytes, encoding, named } of cases) {
      writeFileSync(path.join(folder, 'all.jsonl'), bytes);
      const args = ['split', ...named, '--out', encoding, 'all.jsonl'];
      const { code, stderr } = await run(args, { folder });
      assert.equal(code, 0, stderr);
      const parts = ['train', 'dev', 'test'].map((name) =>
        new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(
          readFileSync(path.join(folder, encoding, `${name}.jsonl`)),
        ),
      );
      const mark = bytes[0] === 0xff ? '\ufeff' : '';
      assert.ok(parts.every((part) => part.startsWith(mark || '{')));
      const texts = parts.map((part) => part.slice(mark.length));
      assert.deepEqual(texts.join('').split('\n').sort(), all.split('\n').sort());
    }
  });

  it('split keeps passages of one document together', async () => {
    const all = Array.from({ length: 40 }, (_, number) =>
      JSON.stringify({ text: `text ${number} ${number * 17}`, document: `d${number % 8}` }),
    );
    writeFileSync(path.join(folder, 'all.jsonl'), all.join('\n'));
    const shares = ['--shares', '1,1', '--names', 'a,b', '--group-by', 'document', '--out', '.'];
    await run(['split', ...shares, 'all.jsonl'], { folder });
    const documents = (name: string) => new Set(file(name).match(/d\d/gu));
    const [a, b] = [documents('a.jsonl'), documents('b.jsonl')];
    assert.equal(a.size + b.size, 8);
    assert.deepEqual(
      [...a].filter((one) => b.has(one)),
      [],
    );
  });

  class EmbeddingEngine extends FakeEngine {
    embedded = 0;
    stopAfter = Infinity;
    embed(texts: readonly string[]): Promise<Float32Array[]> {
      this.embedded += texts.length;
      if (this.embedded > this.stopAfter) throw new Error('The power fails.');
      return Promise.resolve(
        texts.map((text) =>
          Float32Array.of(Math.sin(text.length), Math.cos(text.charCodeAt(6)), 1),
        ),
      );
    }
  }
  const prune = (engine: Engine, args: readonly string[], signal?: AbortSignal) =>
    run(['prune', ...args], {
      folder,
      modules: [pruneWith(() => Promise.resolve(engine))],
      ...(signal === undefined ? {} : { signal }),
    });

  it('prune keeps k of every type, reports before and after, and goes on after a failure', async () => {
    writeFileSync(path.join(folder, 'all.jsonl'), passages(200));
    const whole = new EmbeddingEngine();
    const args = ['--per-type', '15', 'all.jsonl', '--out', 'pruned.jsonl'];
    const { code, stderr } = await prune(whole, args);
    assert.equal(code, 0, stderr);
    const pruned = file('pruned.jsonl');
    assert.equal(pruned.trim().split('\n').length, 30);
    assert.match(stderr, /before .*200[^]*after .*30/);
    const failing = new EmbeddingEngine();
    failing.stopAfter = 130;
    const again = ['--per-type', '15', 'all.jsonl', '--out', 'again.jsonl'];
    assert.equal((await prune(failing, again)).code, 1);
    assert.ok(!existsSync(path.join(folder, 'again.jsonl')));
    const rest = new EmbeddingEngine();
    assert.equal((await prune(rest, [...again, '--resume'])).code, 0);
    assert.equal(rest.embedded, 200 - 128);
    assert.equal(file('again.jsonl'), pruned);
    assert.ok(!existsSync(path.join(folder, 'again.jsonl.vectors.part')));
  });

  it('prune ends with 130 when it is interrupted', async () => {
    writeFileSync(path.join(folder, 'all.jsonl'), passages(10));
    const args = ['--per-type', '5', 'all.jsonl', '--out', 'pruned.jsonl'];
    const { code } = await prune(new EmbeddingEngine(), args, AbortSignal.abort());
    assert.equal(code, 130);
    assert.ok(!existsSync(path.join(folder, 'pruned.jsonl')));
  });

  it('conflicts prints a table, and rules that convert applies', async () => {
    writeFileSync(
      path.join(folder, 'a.jsonl'),
      line('[[Ada|PER]] in [[Rome|town]] or [[Oslo|town]]'),
    );
    writeFileSync(
      path.join(folder, 'b.jsonl'),
      line('[[Ada|person]]: [[Rome|city]], [[Oslo|city]]'),
    );
    const least = ['--least', '2', 'a.jsonl', 'b.jsonl'];
    const table = await run(['conflicts', ...least], { folder });
    assert.equal(table.code, 0, table.stderr);
    assert.match(table.stdout, /name .*“person” \(b\) and “PER” \(a\) are one name/);
    await run(['conflicts', '--to', 'rules', '--out', 'rules.json', ...least], { folder });
    const mapped = await run(['convert', '--map', 'rules.json', '--to', 'jsonl', 'b.jsonl'], {
      folder,
    });
    const labels = mapped.stdout.match(/"label":"(\w+)"/gu);
    assert.deepEqual(labels, ['"label":"person"', '"label":"town"', '"label":"town"']);
    assert.equal((await run(['conflicts', 'a.jsonl'], { folder })).code, 2);

    const gold = line('[[Ada|person]]: [[Rome|town]], [[Oslo|town]]');
    writeFileSync(path.join(folder, 'gold.jsonl'), gold);
    copyFileSync(path.join(folder, 'b.jsonl'), path.join(folder, 'found.jsonl'));
    const score = async (pred: string) => {
      const files = ['--gold', 'gold.jsonl', '--pred', pred, '--map', 'rules.json'];
      const { stdout, stderr } = await run(['evaluate', ...files, '--to', 'json'], { folder });
      return { f1: (JSON.parse(stdout) as { f1: number }).f1, stderr };
    };
    const ofSet = await score('b.jsonl');
    assert.equal(ofSet.f1, 1);
    assert.match(ofSet.stderr, /types changed by the rules: 1\./u);
    const ofNone = await score('found.jsonl');
    assert.ok(ofNone.f1 < 1);
    assert.match(ofNone.stderr, /rules\.json: No rule is for “found”/u);
  });

  it('conflicts compares a set with a model', async () => {
    const all = Array.from({ length: 4 }, (_, number) =>
      line(`[[Augusta|artist]] in [[London|city]] ${number}`),
    );
    writeFileSync(path.join(folder, 'a.jsonl'), all.join('\n'));
    const modules = [conflictsWith(() => Promise.resolve(new FakeEngine()))];
    const { code, stdout } = await run(['conflicts', '--pack', 'x', '--to', 'json', 'a.jsonl'], {
      folder,
      modules,
    });
    assert.equal(code, 0);
    const found = JSON.parse(stdout) as { kind: string; sets: string[]; labels: string[] }[];
    assert.deepEqual(
      found.map(({ kind, sets, labels }) => [kind, sets, labels]),
      [['name', ['a', 'fake on a'], ['city', 'artist']]],
    );
  });

  it('names a bad line, uses the rest, and ends with 1', async () => {
    const { code, stdout, stderr } = await run(['sample', '--size', '5', '-'], {
      stdin: `${line('[[a|b]]')}\n{"tex": 1}\n`,
    });
    assert.equal(code, 1);
    assert.equal(stdout, `${line('[[a|b]]')}\n`);
    assert.match(stderr, /<stdin>:2/);
  });
});
