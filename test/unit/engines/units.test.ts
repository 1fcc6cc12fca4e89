import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cutUnits, cutUnitsInSteps, type Unit } from '../../../src/engines/encoder/units';
import { runs } from '../scale';

const PIECES = 20;
/** One piece for each two letters. */
const rules = {
  pattern: /\p{L}+|\S/gu,
  inputOf: (word: string) => ({
    ids: Array.from({ length: Math.ceil(word.length / 2) }, () => 1),
    shape: 4,
  }),
  pieces: PIECES,
};
const wordsOf = ({ text, bounds }: Unit): string[] =>
  Array.from({ length: bounds.length / 2 }, (_, word) =>
    text.slice(bounds[2 * word], bounds[2 * word + 1]),
  );

describe('cutUnits', () => {
  it('takes a sentence that fits as it is', () => {
    const [unit, ...others] = cutUnits('Ada met 😀 Bob.', rules);
    assert.ok(unit);
    assert.deepEqual(others, []);
    assert.equal(unit.text, 'Ada met 😀 Bob.');
    assert.deepEqual(wordsOf(unit), ['Ada', 'met', '😀', 'Bob', '.']);
    assert.equal(unit.pieces, 8);
    assert.ok(unit.owns(0, 4));
  });

  it('has no unit for a sentence without words', () => {
    assert.deepEqual([...cutUnits('', rules)], []);
    assert.deepEqual([...cutUnits('  \n', rules)], []);
  });

  it('cuts a long sentence into windows that share words', () => {
    const sentence = Array.from({ length: 60 }, (_, index) => 'ab'.repeat(1 + (index % 3))).join(
      ' ',
    );
    const units = [...cutUnits(sentence, rules)];
    assert.ok(units.length > 5);
    units.slice(1).forEach((unit, index) => {
      const before = units[index];
      assert.ok(before && unit.offset < before.offset + before.text.length, 'no words are shared');
    });
  });

  it('loses no word, cuts none, keeps to the limit, and gives every span in reach one owner', () => {
    const anySentence = fc
      .array(fc.constantFrom('a', 'abcd', 'abcdefgh', '.', 'éé', '字'), { maxLength: 120 })
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(anySentence, (sentence) => {
        const owners = new Map<string, number>();
        const seen = new Set<string>();
        for (const unit of cutUnits(sentence, rules)) {
          assert.equal(sentence.slice(unit.offset, unit.offset + unit.text.length), unit.text);
          assert.ok(unit.pieces <= PIECES);
          const words = wordsOf(unit);
          for (let first = 0; first < words.length; first++) {
            for (let last = first; last < Math.min(words.length, first + 2); last++) {
              const place = `${unit.offset + (unit.bounds[2 * first] ?? NaN)}+${last - first}`;
              seen.add(place);
              if (unit.owns(first, last)) owners.set(place, (owners.get(place) ?? 0) + 1);
            }
          }
        }
        for (const place of seen) assert.equal(owners.get(place), 1, place);
        for (const { index } of sentence.matchAll(rules.pattern)) assert.ok(seen.has(`${index}+0`));
      }),
      runs(200),
    );
  });
});

describe('cutUnitsInSteps', () => {
  it('looks at some thousands of words of a long sentence at most before others have their turn', () => {
    const sentence = 'abcd '.repeat(50_000);
    let looked = 0;
    const counting = {
      ...rules,
      inputOf: (word: string) => {
        looked++;
        return rules.inputOf(word);
      },
    };
    let most = 0;
    let before = 0;
    const units: Unit[] = [];
    for (const unit of cutUnitsInSteps(sentence, counting)) {
      most = Math.max(most, looked - before);
      before = looked;
      if (unit !== undefined) units.push(unit);
    }
    assert.ok(most <= 5000, `${most} words in one step`);
    assert.deepEqual(
      units.map(({ offset, text }) => [offset, text]),
      [...cutUnits(sentence, rules)].map(({ offset, text }) => [offset, text]),
    );
  });
});
