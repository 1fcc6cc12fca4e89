import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CodePointMap, Utf8Map } from '../../../src/core/text/offsets';
import { isInsidePair } from '../../../src/core/text/range';
import { anyText } from './arbitraries';

describe('CodePointMap', () => {
  it('counts as code points are iterated, both ways', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const map = new CodePointMap(text);
        let offset = 0;
        let codePoint = 0;
        for (const character of text) {
          assert.equal(map.toCodePoint(offset), codePoint);
          assert.equal(map.toUtf16(codePoint), offset);
          offset += character.length;
          codePoint++;
        }
        assert.equal(map.length, codePoint);
        assert.equal(map.toCodePoint(offset), codePoint);
        assert.equal(map.toUtf16(codePoint), offset);
      }),
    );
  });

  it('puts the middle of a pair at its start', () => {
    assert.equal(new CodePointMap('a😀b').toCodePoint(2), 1);
  });

  it('refuses offsets outside the text', () => {
    const map = new CodePointMap('a😀');
    assert.equal(map.toCodePoint(3), 2);
    assert.throws(() => map.toCodePoint(4), RangeError);
    assert.throws(() => map.toUtf16(3), RangeError);
    assert.throws(() => map.toUtf16(-1), RangeError);
    assert.throws(() => map.toUtf16(0.5), RangeError);
  });
});

describe('Utf8Map', () => {
  it('counts the bytes that an encoder writes, both ways, past its checkpoints', () => {
    fc.assert(
      fc.property(anyText, fc.nat(5), (piece, repeats) => {
        const text = 'x'.repeat(100) + piece.repeat(repeats + 1);
        const map = new Utf8Map(text);
        assert.equal(map.length, Buffer.byteLength(text));
        for (let offset = 0; offset <= text.length; offset += 7) {
          if (isInsidePair(text, offset)) continue;
          const bytes = Buffer.byteLength(text.slice(0, offset));
          assert.equal(map.toByte(offset), bytes);
          assert.equal(map.toUtf16(bytes), offset);
        }
      }),
    );
  });

  it('puts the inside of a character at its start', () => {
    const map = new Utf8Map('é😀z');
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5, 6, 7].map((byte) => map.toUtf16(byte)),
      [0, 0, 1, 1, 1, 1, 3, 4],
    );
    assert.equal(map.toByte(2), 2);
    assert.throws(() => map.toUtf16(8), RangeError);
  });

  it('handles a pair across a checkpoint', () => {
    const map = new Utf8Map(`${'a'.repeat(255)}😀b`);
    assert.equal(map.toByte(257), 259);
    assert.equal(map.toByte(256), 255);
    assert.deepEqual(
      [255, 257, 259].map((byte) => map.toUtf16(byte)),
      [255, 255, 257],
    );
  });
});
