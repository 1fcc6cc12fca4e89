import assert from 'node:assert/strict';
import { float16Table } from '../../../src/engines/encoder/float16';
import { shapeOf, WordShape } from '../../../src/engines/encoder/wordShape';

describe('shapeOf', () => {
  const cases: Record<keyof typeof WordShape, string[]> = {
    special: [],
    digits: ['1903', '٣', '½', 'Ⅳ'],
    mixed: ['3D', 'B2', '1st'],
    punctuation: ['.', '…', '😀', '-', '\u0301', '\ud800', ''],
    lower: ['word', 'été', 'ß', 'cafe\u0301', 'ªb'],
    upper: ['NASA', 'ÉTÉ', 'Ǆǅ'],
    singleCapital: ['A', 'É', 'E\u0301', '𝐀'],
    capitalised: ['Marie', 'Élan', 'Ǆivan'],
    camel: ['iPhone', 'McDonald', 'eBay', 'pH'],
    caseless: ['東京', 'ไทย', 'א', '서울'],
    // Told by the words before it, see wordContext.test.ts.
    caselessFirst: [],
  };
  for (const [name, words] of Object.entries(cases)) {
    for (const word of words) {
      it(`says ${name} of ${JSON.stringify(word)}`, () =>
        assert.equal(shapeOf(word), WordShape[name as keyof typeof WordShape]));
    }
  }
});

describe('float16Table', () => {
  it('holds the values of IEEE 754 binary16', () => {
    const table = float16Table();
    assert.deepEqual(
      [0x0000, 0x3c00, 0xc000, 0x3555, 0x7bff, 0x0001, 0x03ff, 0x0400, 0x7c00, 0xfc00].map(
        (bits) => table[bits],
      ),
      [0, 1, -2, 0.333251953125, 65504, 2 ** -24, 1023 * 2 ** -24, 2 ** -14, Infinity, -Infinity],
    );
    assert.ok(Number.isNaN(table[0x7e00]));
    assert.ok(Object.is(table[0x8000], -0));
  });
});
