import assert from 'node:assert/strict';
import type { LabelSpec } from '../../../../src/core/labels/labelSpec';
import { classifyWords } from '../../../../src/engines/tokenClassification/classifyWords';
import { readTags, typesOfTags } from '../../../../src/engines/tokenClassification/tags';
import { rankTagTypes, readTagSpans } from '../../../../src/engines/tokenClassification/tagSpans';
import { placeTypes } from '../../../../src/engines/tokenClassification/typePaths';

/** Words whose likeliest class is the named one, with probability 0.6. */
function wordsOf(classes: readonly string[], named: readonly string[]) {
  const rest = 0.4 / (classes.length - 1);
  const rows = named.flatMap((name) => classes.map((own) => (own === name ? 0.6 : rest)));
  return { classes: classes.length, probabilities: Float32Array.from(rows) };
}

function spansOf(classes: readonly string[], named: string): string[] {
  const words = wordsOf(classes, named.split(' '));
  return readTagSpans(words, readTags(classes)).map(
    ({ first, last, type }) => `${first}-${last} ${type}`,
  );
}

describe('tags', () => {
  const bio = ['O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC'];
  const bioes = ['O', ...['B', 'I', 'E', 'S'].flatMap((tag) => [`${tag}-PER`, `${tag}-LOC`])];

  it('make entities in BIO, also where the beginning is missing', () => {
    assert.deepEqual(spansOf(bio, 'B-PER I-PER O B-LOC'), ['0-1 PER', '3-3 LOC']);
    assert.deepEqual(spansOf(bio, 'B-PER B-PER I-LOC I-LOC'), ['0-0 PER', '1-1 PER', '2-3 LOC']);
    assert.deepEqual(spansOf(bio, 'I-PER O I-LOC I-PER'), ['0-0 PER', '2-2 LOC', '3-3 PER']);
    assert.deepEqual(spansOf(bio, 'O O'), []);
  });

  it('make entities in BIOES and BILOU', () => {
    assert.deepEqual(spansOf(bioes, 'S-PER S-PER B-LOC I-LOC E-LOC S-LOC'), [
      ...['0-0 PER', '1-1 PER', '2-4 LOC', '5-5 LOC'],
    ]);
    const bilou = bioes.map((name) => name.replace(/^E/u, 'L').replace(/^S/u, 'U'));
    assert.deepEqual(spansOf(bilou, 'U-PER B-LOC L-LOC U-LOC'), ['0-0 PER', '1-2 LOC', '3-3 LOC']);
  });

  it('are types where one has no prefix', () => {
    const io = ['O', 'person', 'B-movie'];
    assert.deepEqual(typesOfTags(readTags(io)), ['person', 'B-movie']);
    assert.deepEqual(spansOf(io, 'person person B-movie O B-movie'), [
      ...['0-1 person', '2-2 B-movie', '4-4 B-movie'],
    ]);
  });

  it('score an entity by the mean of its words', () => {
    const words = {
      classes: 2,
      probabilities: Float32Array.of(0.25, 0.75, 0.5, 0.5, 0.125, 0.875),
    };
    const tags = readTags(['O', 'X']);
    assert.deepEqual(readTagSpans(words, tags), [
      { first: 0, last: 0, type: 'X', score: 0.75 },
      { first: 2, last: 2, type: 'X', score: 0.875 },
    ]);
  });

  it('rank types by all of their tags together', () => {
    const words = wordsOf(bio, ['B-PER', 'I-PER']);
    const ranked = rankTagTypes(words, readTags(bio), 0, 1);
    assert.deepEqual(
      ranked.map(({ type, share }) => [type, share.toFixed(3)]),
      [
        ['PER', '0.778'],
        ['LOC', '0.222'],
      ],
    );
  });
});

describe('classifyWords', () => {
  // Three tokens; the first word has two of them.
  const logits = Float32Array.from([0.9, 0.1, 0.05, 0.95, 0.5, 0.5].map(Math.log));
  const classify = (how: 'first' | 'average' | 'max'): string[] =>
    Array.from(classifyWords(logits, 2, [2, 1], how).probabilities, (value) => value.toFixed(3));

  it('takes the first token, the mean, or the surest', () => {
    assert.deepEqual(classify('first'), ['0.900', '0.100', '0.500', '0.500']);
    assert.deepEqual(classify('average'), ['0.475', '0.525', '0.500', '0.500']);
    assert.deepEqual(classify('max'), ['0.050', '0.950', '0.500', '0.500']);
  });
});

describe('placeTypes', () => {
  const spec: LabelSpec = {
    kind: 'taxonomy',
    id: 't',
    types: [
      { name: 'person', children: [{ name: 'real person' }] },
      { name: 'organization', synonyms: ['firm'] },
    ],
  };

  it('finds types by name, synonym, short name, or what the user says', () => {
    const types = ['PER', 'Firm', 'real_person', 'DRUG', 'MISC'];
    const placed = placeTypes(types, spec, { MISC: ['other', 'thing'] });
    assert.deepEqual(
      [...placed],
      [
        ['PER', ['person']],
        ['Firm', ['organization']],
        ['real_person', ['person', 'real person']],
        ['DRUG', ['DRUG']],
        ['MISC', ['other', 'thing']],
      ],
    );
  });
});
