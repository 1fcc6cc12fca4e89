import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readPatterns } from '../../../../src/engines/patterns/patternFile';
import { PatternsEngine } from '../../../../src/engines/patterns/patternsEngine';
import type { ExtractOptions } from '../../../../src/engines/engine';
import { runs } from '../../scale';
import { collect, flat, taxonomy, text } from '../engineSuite';

/** What the patterns of a file find: mention and type. */
async function find(
  file: string,
  content: string,
  options: Partial<ExtractOptions> = {},
): Promise<string[]> {
  const engine = new PatternsEngine('set', readPatterns(file, 'set'));
  const passages = [{ id: 'a', text: content }];
  const { results } = await collect(engine, passages, { labels: flat(), ...options });
  return (results[0]?.entities ?? []).map(
    ({ start, end, path }) => `${content.slice(start, end)}/${path.join('>')}`,
  );
}

const jsonl = (...lines: unknown[]): string => lines.map((line) => JSON.stringify(line)).join('\n');

describe('patterns', () => {
  it('find phrases as whole words, the longest first', async () => {
    const file = jsonl(
      { label: 'city', pattern: 'San Francisco' },
      { label: 'name', pattern: 'Francisco' },
      { label: 'company', pattern: 'Apple' },
    );
    assert.deepEqual(await find(file, 'Apples of Apple, in San Francisco. Francisco!'), [
      'Apple/company',
      'San Francisco/city',
      'Francisco/name',
    ]);
    assert.deepEqual(await find(file, 'San Francisco', { overlap: 'nested' }), [
      'San Francisco/city',
      'Francisco/name',
    ]);
  });

  it('find token patterns in spaCy’s notation', async () => {
    const cases: readonly [pattern: unknown[], content: string, found: string[]][] = [
      [[{ LOWER: 'new' }, { LOWER: 'york' }], 'NEW York', ['NEW York']],
      [[{ IS_TITLE: true, OP: '+' }], 'by Ada King Byron and Bob', ['Ada King Byron', 'Bob']],
      [
        [{ LIKE_NUM: true }, { LOWER: { IN: ['kg', 'km'] } }],
        '5 kg, 7 cm, 1,5 km',
        ['5 kg', '5 km'],
      ],
      [[{ TEXT: { REGEX: '^v\\d+$' } }], 'v12 v vv1', ['v12']],
      [[{ ORTH: 'a' }, { OP: '?' }, { ORTH: 'b' }], 'a b a x b a y y b', ['a b', 'a x b']],
      [[{ SHAPE: 'Xxxxx' }], 'Apple apple IBM', ['Apple']],
      [[{ LENGTH: { '>=': 4 }, IS_ALPHA: true }], 'one four seven', ['four', 'seven']],
      [[{ ORTH: 'no' }, { ORTH: 'x', OP: '!' }], 'no x no y', ['no y']],
      [[{ ORTH: 'a', OP: '{2,3}' }], 'a b a a b a a a', ['a a', 'a a a']],
    ];
    for (const [pattern, content, found] of cases) {
      const file = jsonl({ label: 'x', pattern });
      assert.deepEqual(
        await find(file, content),
        found.map((mention) => `${mention}/x`),
        JSON.stringify(pattern),
      );
    }
  });

  it('find regular expressions, and stop those that take too long', async () => {
    const date = { label: 'date', regex: '\\d{4}-\\d{2}-\\d{2}' };
    assert.deepEqual(await find(jsonl(date), 'on 2024-05-06, 2025-01-02'), [
      '2024-05-06/date',
      '2025-01-02/date',
    ]);
    const bad = jsonl({ label: 'x', regex: '(a+)+$' });
    await assert.rejects(find(bad, `${'a'.repeat(40)}!`), /takes too long.*\(a\+\)\+/u);
  });

  it('are word lists too, with the type above or before the mention', async () => {
    const list = '# ours\n[city]\nLondon\nNew York\nperson > scholar\tAda Lovelace\n';
    assert.deepEqual(await find(list, 'Ada Lovelace left London for New York.'), [
      'Ada Lovelace/person>scholar',
      'London/city',
      'New York/city',
    ]);
  });

  it('get the paths of the label list, and are types of their own where it has none', async () => {
    const file = 'scholar\tMarie Curie\nmy type\tiPhone\n';
    assert.deepEqual(await find(file, text, { labels: taxonomy }), [
      'Marie Curie/person>real person>scholar',
      'iPhone/my type',
    ]);
  });

  it('name the line that cannot be used', () => {
    const bad: readonly [content: string, message: RegExp][] = [
      ['{"label": "a", "pattern": "b"}\n{"label": ', /set:2: The line is not JSON/u],
      ['{"pattern": "b"}', /set:1: The pattern has no label/u],
      ['{"label": "a", "pattern": [{"POS": "NOUN"}]}', /set:1: The attribute "POS"/u],
      ['{"label": "a", "pattern": [{"LOWER": "x", "OP": "%"}]}', /set:1: .*"OP"/u],
      ['{"label": "a", "regex": "("}', /set:1: The regular expression is not valid/u],
      ['\nLondon', /set:2: The line has no label/u],
    ];
    for (const [content, message] of bad)
      assert.throws(() => readPatterns(content, 'set'), message);
  });

  it('find every phrase of a list where it stands, whatever it is', async () => {
    const word = fc.stringMatching(/^[a-zA-Zäöü字東0-9]{1,6}$/u);
    const phrases = fc.array(word, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(phrases, { minLength: 1, maxLength: 5 }), async (lists) => {
        const mentions = lists.map((list) => list.join(' '));
        const file = mentions.map((mention) => `t\t${mention}`).join('\n');
        const found = await find(file, mentions.join(' . '), { overlap: 'multi-label' });
        for (const mention of mentions) assert.ok(found.includes(`${mention}/t`), mention);
      }),
      runs(50),
    );
  });

  it('rank the types of just a span', async () => {
    const engine = new PatternsEngine('set', readPatterns('a\tWarsaw\nb\tWarsaw', 'set'));
    const start = text.indexOf('Warsaw');
    const spans = [
      { start, end: start + 6 },
      { start, end: start + 3 },
    ];
    const ranked = await engine.rankTypes({ id: 'x', text }, spans, { labels: flat() });
    assert.deepEqual(ranked, [
      [
        { path: ['a'], score: 0.5 },
        { path: ['b'], score: 0.5 },
      ],
      [],
    ]);
  });
});
