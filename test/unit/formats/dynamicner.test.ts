import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { dynamicnerFormat as format } from '../../../src/core/formats/dynamicner';
import type { PassageData } from '../../../src/core/formats/format';
import { dynamicNerTaxonomy } from '../../../src/core/labels/dynamicner';
import { runs } from '../scale';
import { anyPassage, anyText } from './arbitraries';
import { bytesOf, chunksOf, readAll, readPassages, textOf, write } from './streams';

const fixture = readFileSync('test/fixtures/formats/alignment.json', 'utf8');

const edit = (content: string, replaced: Map<number, PassageData | null>, inserted = new Map()) =>
  textOf(format.edit(chunksOf(bytesOf(content), 11), { replaced, inserted }));

describe('dynamicnerFormat', () => {
  it('finds each mention by the rules and reports each doubtful one', async () => {
    const passages = await readPassages(format, fixture, { taxonomy: dynamicNerTaxonomy });
    const seen = passages.map((passage) => [
      passage.id,
      passage.entities.map(({ start, end }) => passage.text.slice(start, end)).join(' | '),
      passage.problems.map(({ kind, line }) => `${kind}:${line}`).join(' '),
    ]);
    assert.deepEqual(seen, [
      ['sentence1', 'Ada Lovelace | London', ''],
      ['sentence2', 'Maine District | Maine', ''],
      ['sentence3', 'Paris', 'ambiguous-mention:24'],
      ['sentence5', 'Lima | Quito', 'out-of-order-mention:33'],
      ['sentence8', 'New\u00a0Delhi', 'fuzzy-mention:44'],
      ['sentence9', 'Oslo', 'missing-mention:53'],
      ['sentence10', 'art', ''],
      ['sentence11', '🧭 Kompass | e\u0301clair', ''],
      ['sentence12', '東京 | 京都', 'overlapping-mention:84'],
      ['sentence13', 'Rome', 'ambiguous-type:95'],
      ['sentence14', 'Bern | Bern', ''],
      ['sentence15', '', ''],
    ]);
    const art = passages.find(({ id }) => id === 'sentence10');
    assert.equal(art?.entities[0]?.start, art?.text.lastIndexOf('art'));
    assert.deepEqual(passages.find(({ id }) => id === 'sentence9')?.unplaced, [
      { mention: 'Bergen', label: 'city' },
    ]);
    assert.deepEqual(passages.find(({ id }) => id === 'sentence15')?.extra, {
      note: 'nothing here',
    });
  });

  it('writes what it read, byte for byte, when nothing changed', async () => {
    assert.equal(await edit(fixture, new Map()), fixture);
    for (const content of [`\ufeff${fixture}`, fixture.replaceAll('\n', '\r\n'), '{}', '{ }\n']) {
      assert.equal(await edit(content, new Map()), content);
    }
  });

  it('gives byte ranges that hold exactly the entry', async () => {
    const bytes = bytesOf(`\ufeff${fixture}`);
    for (const { id, source } of await readPassages(format, chunksOf(bytes, 3))) {
      const entry = new TextDecoder().decode(bytes.subarray(source.start, source.end));
      const [key, value] =
        Object.entries(JSON.parse(`{${entry}}`) as Record<string, unknown>)[0] ?? [];
      assert.equal(key, id);
      assert.ok(value);
      const before = new TextDecoder().decode(bytes.subarray(0, source.start));
      assert.equal(before.split('\n').length, source.line);
    }
  });

  it('changes one entry and leaves all others, its own other keys and mentions without place', async () => {
    const passages = await readPassages(format, fixture);
    const index = passages.findIndex(({ id }) => id === 'sentence9');
    const passage = passages[index];
    assert.ok(passage?.entities[0]);
    const changed = { ...passage, entities: [{ ...passage.entities[0], path: ['port'] }] };
    const result = await edit(fixture, new Map([[index, changed]]));
    const before = fixture.split('\n');
    const after = result.split('\n');
    const differing = before.flatMap((line, number) => (line === after[number] ? [] : [line]));
    assert.equal(before.length, after.length);
    assert.deepEqual(
      differing.map((line) => line.trim()),
      ['"city",'],
    );
    assert.deepEqual(
      (JSON.parse(result) as Record<string, { category: string[] }>)['sentence9']?.category,
      ['port', 'city'],
    );
  });

  it('removes and inserts entries anywhere and stays JSON with the same layout', async () => {
    const fresh = { text: 'Neu', entities: [] };
    const small =
      '{\n  "a": {\n    "sentence": "x",\n    "entity": [],\n    "category": []\n  },\n  "b": {"sentence": "y"}\n}\n';
    const added = (indent: string) =>
      `"sentence3": {\n${indent}${indent}"sentence": "Neu",\n${indent}${indent}"entity": [],\n${indent}${indent}"category": []\n${indent}}`;
    assert.equal(
      await edit(small, new Map([[0, null]]), new Map([[2, [fresh]]])),
      `{\n  "b": {"sentence": "y"},\n  ${added('  ')}\n}\n`,
    );
    assert.equal(
      await edit(small, new Map([[1, null]]), new Map([[0, [fresh]]])),
      `{\n  ${added('  ')},\n  "a": {\n    "sentence": "x",\n    "entity": [],\n    "category": []\n  }\n}\n`,
    );
    for (const content of ['{}', '{"a":{"sentence":"x"}}']) {
      const result = JSON.parse(await edit(content, new Map(), new Map([[0, [fresh]]]))) as object;
      assert.ok(Object.keys(result).some((key) => key.startsWith('sentence')));
    }
    assert.deepEqual(JSON.parse(await edit('{"a":{"sentence":"x"}}', new Map([[0, null]]))), {});
  });

  it('finds the same spans again after writing, with the key span only where it is needed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyPassage, { maxLength: 4 }), async (passages) => {
        const written = await write(format, passages);
        const read = await readPassages(format, chunksOf(bytesOf(written), 7));
        assert.deepEqual(
          read.map(({ text }) => text),
          passages.map(({ text }) => text),
        );
        const bare = (passage: PassageData) =>
          passage.entities.map(({ start, end, path }) => `${start} ${end} ${path.at(-1)}`).sort();
        assert.deepEqual(read.map(bare), passages.map(bare));
        assert.equal(await write(format, read), written);
      }),
      runs(200),
    );
  });

  it('needs no span for what the walk finds by itself', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const words = [...text.matchAll(/[^\s]+/gu)].map(({ 0: word, index }) => ({
          id: String(index),
          start: index,
          end: index + word.length,
          path: ['x'],
          state: 'suggested' as const,
        }));
        assert.doesNotMatch(await write(format, [{ text, entities: words }]), /"span"/);
      }),
      runs(100),
    );
    const later = { id: 'x', start: 6, end: 11, path: ['city'], state: 'suggested' as const };
    const written = await write(format, [{ text: 'Paris Paris', entities: [later] }]);
    assert.deepEqual(JSON.parse(written), {
      sentence1: {
        sentence: 'Paris Paris',
        entity: ['Paris'],
        category: ['city'],
        span: [[6, 11]],
      },
    });
    assert.ok(written.startsWith('{\n    "sentence1": {\n        "sentence": '));
  });

  it('says what it leaves out', async () => {
    const kinds: string[] = [];
    const base = { path: ['a', 'b'], state: 'accepted' as const, score: 0.5 };
    const passage: PassageData = {
      text: 'x y x',
      entities: [
        { ...base, id: '1', start: 0, end: 5 },
        { ...base, id: '2', start: 4, end: 5, source: { user: 'u' }, comment: 'c' },
        { ...base, id: '3', start: 0, end: 1, state: 'rejected' },
      ],
    };
    await textOf(format.write([passage], { onNote: ({ kind }) => kinds.push(kind) }));
    assert.deepEqual(
      kinds.sort(),
      ['details', 'nested', 'paths', 'rejected', 'scores', 'sources', 'span-key', 'states'].sort(),
    );
  });

  it('yields bad entries in their place, and a broken file up to where it breaks', async () => {
    const records = await readAll(
      format,
      '{\n"a": {"sentence": "x"},\n"b": 5,\n"c": {"sentence": "y", "entity": ["y"], "category": []},\n"d": {"sentence": "z" "entity": []},\n"a": {"sentence": "w"},\n"e": {"sent',
    );
    assert.deepEqual(
      records.map((record) => [
        record.index,
        record.kind === 'bad' ? record.problem.line : record.source.line,
        record.kind === 'bad'
          ? record.problem.kind
          : record.problems.map(({ kind }) => kind).join(),
      ]),
      [
        [0, 2, ''],
        [1, 3, 'entry'],
        [2, 4, 'entry'],
        [3, 5, 'syntax'],
        [4, 6, 'repeated-key'],
        [5, 7, 'syntax'],
      ],
    );
    const broken = '{"a": {"sentence": "x"}, "b": {"sentence": "y"';
    const changed = await edit(broken, new Map([[0, { id: 'a', text: 'z', entities: [] }]]));
    assert.match(changed, /^\{"a": \{"sentence": "z".*\}, "b": \{"sentence": "y"$/u);
    const strange = Buffer.from('{"a": {"sentence": "?"}, "b": {"sentence": "x"}}');
    strange[strange.indexOf('?')] = 0xff;
    const [bad, good] = await readAll(format, [strange]);
    assert.ok(bad?.kind === 'bad' && bad.problem.kind === 'encoding');
    assert.ok(good?.kind === 'passage' && good.text === 'x');
  });

  it('gives new entries keys that no other one has, wherever that stands', async () => {
    const content = '{"sentence1": {"sentence": "a"}, "sentence3": {"sentence": "b"}}';
    const fresh = { text: 'new', entities: [] };
    const inserted = new Map([[1, [fresh, { ...fresh, id: 'sentence3' }, { ...fresh, id: 'x' }]]]);
    const passages = await readPassages(format, await edit(content, new Map(), inserted));
    assert.deepEqual(
      passages.map(({ id }) => id),
      ['sentence1', 'sentence4', 'sentence5', 'x', 'sentence3'],
    );
  });

  it('prefers places that the file says, and falls back with a problem where they are wrong', async () => {
    const entry = (span: unknown) =>
      JSON.stringify({ s: { sentence: '🧭 a a', entity: ['a'], category: ['x'], span } });
    const read = async (span: unknown) => (await readPassages(format, entry(span)))[0];
    assert.deepEqual((await read([[4, 5]]))?.entities[0]?.start, 5);
    assert.deepEqual((await read([[4, 5]]))?.problems, []);
    for (const wrong of [[[3, 4]], [[4, 99]], [], 'x', [[5, 4]]]) {
      const passage = await read(wrong);
      assert.equal(passage?.entities[0]?.start, 3);
      assert.equal(passage?.problems[0]?.kind, 'span');
    }
  });
});
