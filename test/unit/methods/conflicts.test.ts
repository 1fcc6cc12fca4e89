import assert from 'node:assert/strict';
import { LabelComparison } from '../../../src/core/methods/conflicts';
import { findConflicts } from '../../../src/core/methods/findConflicts';
import { parseLabelRules } from '../../../src/core/methods/labelRules';
import { unifyName } from '../../../src/core/methods/names';
import { phraseText } from '../../../src/core/messages/phrase';
import { readPassage } from '../../../src/core/formats/passageJson';
import type { PassageData } from '../../../src/core/formats/format';
import { line } from '../checks/checking';

function passage(marked: string): PassageData {
  const read = readPassage(JSON.parse(line(marked)), {});
  assert.ok(read.passage);
  return read.passage;
}

function compare(sets: Record<string, string[]>) {
  const comparison = new LabelComparison();
  for (const pass of ['learn', 'meet'] as const) {
    for (const [set, lines] of Object.entries(sets)) {
      for (const marked of lines) comparison[pass](set, passage(marked));
    }
  }
  return comparison;
}

const told = (sets: Record<string, string[]>) =>
  findConflicts(compare(sets)).map(({ kind, message }) => `${kind}: ${phraseText(message)}`);

describe('unifyName', () => {
  it('writes short names out, parts words and takes off plurals', () => {
    const pairs = [
      ['PER', 'person'],
      ['Organisation', 'organization'],
      ['GeopoliticalEntity', 'geopolitical entity'],
      ['work_of_art', 'work of art'],
      ['cities', 'city'],
      ['Diseases', 'disease'],
      ['glass', 'glass'],
      ['politics', 'politics'],
      ['bus', 'bus'],
    ] as const;
    for (const [label, name] of pairs) assert.equal(unifyName(label), name);
  });
});

describe('conflicts between data sets', () => {
  it('finds names for one thing, by the name and by its mentions', () => {
    const sets = {
      one: ['[[Ada|PER]] met [[Bo|PER]] in [[Rome|town]].', '[[Oslo|town]], [[Bern|town]]'],
      two: ['[[Rome|city]] and [[Oslo|city]] and [[Bern|city]]', '[[Ida|person]]'],
    };
    assert.deepEqual(told(sets), [
      'name: What two calls “city”, one calls “town” (3 of 3)',
      'name: “person” (two) and “PER” (one) are one name',
    ]);
    const [town] = findConflicts(compare(sets));
    assert.deepEqual(town?.proposal, { set: 'two', from: 'city', to: 'town' });
  });

  it('finds one name for two things, labelled otherwise or not at all', () => {
    const sets = {
      one: [
        '[[Kew|place]] [[Rome|place]] [[Nile|place]] [[Monday|time]] [[noon|time]] [[May|time]]',
      ],
      two: [
        '[[Kew|park]] [[Rome|city]] [[Nile|river]] [[Elm Street|place]]',
        'Monday noon in May until [[1990|time]]',
      ],
    };
    const conflicts = findConflicts(compare(sets));
    assert.deepEqual(
      conflicts.map(({ kind, labels, support, share }) => [kind, labels, support, share]),
      [
        ['guideline', ['place', 'place'], 3, 1],
        ['guideline', ['time', 'time'], 3, 1],
      ],
    );
    const rules = parseLabelRules(
      JSON.stringify({ rules: [conflicts[0]?.proposal] }),
      'rules.json',
    );
    const split = rules.apply(passage('[[Kew|place]] near [[Elm Street|place]]'), 'one');
    assert.deepEqual(
      split.entities.map(({ path }) => path),
      [['park'], ['place']],
    );
  });

  it('finds words with different labels, with their counts', () => {
    const many = (label: string, count: number) =>
      Array.from({ length: count }, () => `[[Apple|${label}]]`);
    const conflicts = told({ one: many('company', 3), two: many('fruit', 2) });
    assert.ok(
      conflicts.includes('surface: “Apple” is “fruit” in two (2) and “company” in one (3)'),
    );
  });

  it('says nothing of sets that agree', () => {
    const lines = ['[[Ada|person]] in [[Rome|city]]', '[[Ada|person]] in [[Rome|city]]'];
    assert.deepEqual(told({ one: lines, two: lines }), []);
  });

  it('compares a model with a set span by span', () => {
    const comparison = new LabelComparison();
    const [gold, found] = [
      passage('[[Ada|person]] at [[Kew|park]]'),
      passage('[[Ada|person]] at [[Kew|city]]'),
    ];
    for (let times = 0; times < 3; times++) {
      comparison.pair(gold.text, { set: 'set', ...gold }, { set: 'model', ...found });
    }
    const conflicts = findConflicts(comparison);
    assert.deepEqual(
      conflicts.map(({ kind, sets, labels }) => [kind, sets, labels]),
      [['name', ['set', 'model'], ['park', 'city']]],
    );
  });
});

describe('label rules', () => {
  const rules = parseLabelRules(
    JSON.stringify({
      rules: [
        { set: 'conll*', from: 'PER', to: 'person > real person' },
        {
          from: 'location',
          split: [
            { mentions: ['rome'], to: 'city' },
            { pattern: ' river$', to: 'river' },
          ],
          to: 'place',
        },
        { from: 'misc', remove: true },
      ],
    }),
    'rules.json',
  );

  it('rename, split and remove', () => {
    const marked =
      '[[Ada|PER]] [[Rome|location]] [[Red River|location]] [[Alps|location]] [[x|misc]] [[y|z]]';
    assert.deepEqual(
      rules.apply(passage(marked), 'conll2003').entities.map(({ path }) => path),
      [['person', 'real person'], ['city'], ['river'], ['place'], ['z']],
    );
    assert.deepEqual(rules.apply(passage('[[Ada|PER]]'), 'other').entities[0]?.path, ['PER']);
  });

  it('name the rule that is wrong', () => {
    const read = (value: unknown) => () => parseLabelRules(JSON.stringify(value), 'r.json');
    assert.throws(read({ rules: [{ from: 'a' }] }), /r\.json:"rules\.0": .*needs "to"/);
    assert.throws(
      read({ rules: [{ from: 'a', split: [{ pattern: '(', to: 'b' }] }] }),
      /rules\.0\.split\.0\.pattern.*no regular expression/,
    );
    assert.throws(
      () => parseLabelRules('{"rules": [', 'r.json'),
      /r\.json:1: The rules are no JSON/,
    );
  });
});
