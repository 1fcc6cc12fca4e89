import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readPassage, type ReadingLimits } from '../../../../src/engines/models/modelReadings';
import { splitModelWords } from '../../../../src/engines/models/modelWords';
import { placeSpans } from '../../../../src/engines/models/placeSpans';

const surfaces = (text: string, rule: 'core' | 'trained'): string[] =>
  splitModelWords(text, rule).map(({ start, end }) => text.slice(start, end));

/** A token for every unit of a word; none for an invisible one. */
const idsOf = (word: string): number[] =>
  word === '\u200b' ? [] : Array.from(word, (_, index) => index);
const read = (text: string, limits: ReadingLimits) =>
  readPassage({ id: '', text }, 0, (part) => splitModelWords(part, 'core'), idsOf, limits);

describe('words of models', () => {
  it('are Python’s, or split where scripts have no spaces', () => {
    const text = 'Jean-Luc’s e_mail 😀 北京大学';
    assert.deepEqual(surfaces(text, 'trained'), [
      ...['Jean-Luc', '’', 's', 'e_mail', '😀', '北京大学'],
    ]);
    assert.deepEqual(surfaces(text, 'core').slice(0, 5), ['Jean-Luc', '’', 's', 'e_mail', '😀']);
    assert.ok(surfaces('我在北京大学读书', 'core').length > 2);
    assert.deepEqual(surfaces('我在北京大学读书', 'trained'), ['我在北京大学读书']);
  });

  it('have Korean particles by themselves', () => {
    assert.deepEqual(surfaces('서울에서 만났다', 'core').slice(0, 2), ['서울', '에서']);
    assert.deepEqual(surfaces('서울에서', 'trained'), ['서울에서']);
  });

  it('know Python’s white space', () => {
    assert.deepEqual(surfaces('a\u001cb\u0085c\ufeffd', 'trained'), ['a', 'b', 'c', '\ufeff', 'd']);
  });
});

describe('readPassage', () => {
  it('reads a passage that fits as a whole, without words that the tokenizer drops', () => {
    const [reading, ...more] = read('Ada \u200b met. Bob left.', { words: 50, pieces: 50 });
    assert.equal(more.length, 0);
    assert.deepEqual(
      reading?.words.map(({ start, end }) => [start, end]),
      [
        [0, 3],
        [6, 9],
        [9, 10],
        [11, 14],
        [15, 19],
        [19, 20],
      ],
    );
    assert.equal(reading.pieces, 15);
    assert.deepEqual(read(' \n', { words: 5, pieces: 5 }), []);
  });

  it('reads whole sentences together where they fit', () => {
    const text = 'Ada met Bob there. Bob went home then. They were glad of it all.';
    const readings = read(text, { words: 11, pieces: 1000 });
    assert.deepEqual(
      readings.map(({ words }) => text.slice(words[0]?.start, words.at(-1)?.end)),
      ['Ada met Bob there. Bob went home then.', 'They were glad of it all.'],
    );
  });

  it('leaves out no word, keeps to the limits, and gives every span one owner at most', () => {
    const sentence = fc
      .array(fc.constantFrom('Ada', 'x', 'Wintersemester', 'of', '北京'), { maxLength: 40 })
      .map((parts) => `${parts.join(' ')}. `);
    const texts = fc.array(sentence, { maxLength: 4 }).map((parts) => parts.join(''));
    const sizes = fc.record({
      words: fc.integer({ min: 2, max: 20 }),
      pieces: fc.integer({ min: 4, max: 40 }),
    });
    fc.assert(
      fc.property(texts, sizes, (text, limits) => {
        const readings = read(text, limits);
        const seen = new Set<number>();
        const owned = new Map<string, number>();
        for (const { words, ids, pieces, owns } of readings) {
          assert.ok(words.length <= limits.words && pieces <= limits.pieces);
          assert.equal(words.length, ids.length);
          words.forEach(({ start, end }, word) => {
            seen.add(start);
            if (!owns(word, word)) return;
            owned.set(`${start}-${end}`, (owned.get(`${start}-${end}`) ?? 0) + 1);
          });
        }
        assert.deepEqual(
          [...seen].sort((a, b) => a - b),
          splitModelWords(text, 'core').map(({ start }) => start),
        );
        assert.equal(owned.size, seen.size);
        assert.ok([...owned.values()].every((count) => count === 1));
      }),
    );
  });
});

describe('placeSpans', () => {
  it('finds the words that a span touches', () => {
    const readings = read('Ada met Bob.', { words: 50, pieces: 50 });
    const places = placeSpans(readings, [
      { start: 1, end: 5 },
      { start: 3, end: 4 },
      { start: 8, end: 12 },
    ]);
    assert.deepEqual(
      places.map((place) => place && [place.first, place.last]),
      [[0, 1], undefined, [2, 3]],
    );
  });
});
