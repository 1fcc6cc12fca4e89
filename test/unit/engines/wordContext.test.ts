import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { PackManifest } from '../../../src/engines/encoder/packSchema';
import { cutUnits } from '../../../src/engines/encoder/units';
import { readerInContext } from '../../../src/engines/encoder/wordContext';
import { shapeOf } from '../../../src/engines/encoder/wordShape';
import { runs } from '../scale';
import { devLanguages, devSentencesIn } from './corpus';

/** The words of the multilingual pack: characters of scripts without spaces, and syllables. */
const pattern =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc\p{Script=Hangul}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc\p{Script=Hangul}])[\p{L}\p{N}\p{M}])+|\S/gu;
const vocabulary = new Map([
  ['□東京', 50],
  ['□東京大', 51],
  ['□大学', 52],
  ['□서울', 53],
]);
const eleven = {
  shapes: { id: 'eleven-way-1' },
  lexicon: { prefix: '□', longest: 3 },
} as unknown as PackManifest;
const idOf = (piece: string): number | undefined => vocabulary.get(piece);
const rules = {
  pattern,
  inputOf: (word: string) => ({ ids: [1], shape: shapeOf(word) }),
  inContext: readerInContext(eleven, idOf),
  pieces: 40,
};

/** Shapes and lexicon pieces of a sentence that is one unit. */
function read(sentence: string): { shapes: number[]; lexicon: number[] } {
  const [unit] = cutUnits(sentence, rules);
  const inputs = unit?.inputs ?? [];
  return {
    shapes: inputs.map(({ shape }) => shape),
    lexicon: inputs.map(({ lexicon = 0 }) => lexicon),
  };
}

describe('readerInContext', () => {
  it('tells the first word of a run of caseless words from the others', () => {
    assert.deepEqual(read('서울 사람 A는').shapes, [10, 9, 10, 9, 6, 10]);
    assert.deepEqual(read('東京。大').shapes, [10, 9, 3, 10]);
  });

  it('cuts runs from the left by the longest words of the lexicon', () => {
    assert.deepEqual(read('東京大学').lexicon, [51, 51, 51, 0]);
    assert.deepEqual(read('東京の大学').lexicon, [50, 50, 0, 52, 52]);
  });

  it('looks no further than a gap, and at no run that has a longer word in it', () => {
    assert.deepEqual(read('東 京').lexicon, [0, 0]);
    assert.deepEqual(read('서울에서 서울').lexicon, [53, 53, 0, 0, 53, 53]);
    assert.deepEqual(read('東京ไทย').lexicon, [0, 0, 0]);
  });

  it('leaves packs with ten shapes alone', () => {
    const ten = { shapes: { id: 'ten-way-1' } } as unknown as PackManifest;
    assert.equal(readerInContext(ten, idOf), undefined);
  });
});

describe('words of eight languages', () => {
  const sentences = devLanguages.flatMap((lang) =>
    devSentencesIn(lang, 25).map(({ text }) => text),
  );
  const odd = ['😀', '𠮷野家', '𝒜𝒷', 'e\u0301', 'か\u3099', '👨‍👩‍👧', '\u1112\u1161\u11ab'];
  const anyText = fc
    .tuple(
      fc.array(fc.constantFrom(...sentences, ...odd), { minLength: 1, maxLength: 4 }),
      fc.constantFrom('NFC', 'NFD'),
      fc.constantFrom('', ' ', '\u3000'),
    )
    .map(([parts, form, blank]) => parts.join(blank).normalize(form));

  it('lie at their offsets, whole, in order, and leave out nothing but space', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const covered = new Uint8Array(text.length);
        for (const { text: own, offset, bounds, inputs } of cutUnits(text, rules)) {
          assert.equal(text.slice(offset, offset + own.length), own);
          assert.equal(bounds.length, 2 * inputs.length);
          let before = 0;
          for (let at = 0; at < bounds.length; at += 2) {
            const [start = NaN, end = NaN] = bounds.subarray(at, at + 2);
            assert.ok(before <= start && start < end && end <= own.length);
            before = end;
            const word = own.slice(start, end);
            assert.ok(!/^[\udc00-\udfff]|[\ud800-\udbff]$/.test(word), 'a pair is cut');
            covered.fill(1, offset + start, offset + end);
          }
        }
        [...text].reduce((at, character) => {
          const isSpace = /\s/.test(character);
          if (!isSpace && !'*_'.includes(character)) assert.equal(covered[at], 1, character);
          return at + character.length;
        }, 0);
      }),
      runs(100),
    );
  });
});
