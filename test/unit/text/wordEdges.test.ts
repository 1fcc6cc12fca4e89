import assert from 'node:assert/strict';
import fc from 'fast-check';
import { moveEdge, neighbourWord, snapToWords } from '../../../src/core/text/wordEdges';

const text = 'Ada Lovelace, e\u0301crivain 👩‍👩‍👧 in 東京都';

function part({ start, end }: { readonly start: number; readonly end: number }): string {
  return text.slice(start, end);
}

describe('edges of spans', () => {
  it('snap to the words that a selection cuts, without the white space around them', () => {
    assert.equal(part(snapToWords(text, { start: 1, end: 6 }) ?? assert.fail()), 'Ada Lovelace');
    assert.equal(part(snapToWords(text, { start: 3, end: 12 }) ?? assert.fail()), 'Lovelace');
    assert.equal(
      part(snapToWords(text, { start: 15, end: 17 }) ?? assert.fail()),
      'e\u0301crivain',
    );
    assert.equal(snapToWords(text, { start: 3, end: 4 }), null);
  });

  it('move by words and by characters as readers count them', () => {
    const ada = { start: 0, end: 3 };
    assert.equal(part(moveEdge(text, ada, 'end', 'grow', 'word')), 'Ada Lovelace');
    const both = { start: 0, end: 12 };
    assert.equal(part(moveEdge(text, both, 'start', 'shrink', 'word')), 'Lovelace');
    assert.equal(part(moveEdge(text, both, 'end', 'shrink', 'word')), 'Ada');
    const family = text.indexOf('👩');
    const emoji = { start: family - 1, end: family };
    assert.equal(part(moveEdge(text, emoji, 'end', 'grow', 'character')), ' 👩‍👩‍👧');
    const accent = { start: text.indexOf('e\u0301'), end: text.indexOf('crivain') + 2 };
    assert.equal(part(moveEdge(text, accent, 'start', 'shrink', 'character')), 'cr');
  });

  it('stay where moving them would leave the text or nothing of the span', () => {
    assert.deepEqual(moveEdge('a b', { start: 0, end: 1 }, 'start', 'grow', 'word'), {
      start: 0,
      end: 1,
    });
    assert.deepEqual(moveEdge('a b', { start: 0, end: 1 }, 'end', 'shrink', 'character'), {
      start: 0,
      end: 1,
    });
    const moves = fc.tuple(
      fc.constantFrom('start' as const, 'end' as const),
      fc.constantFrom('grow' as const, 'shrink' as const),
      fc.constantFrom('word' as const, 'character' as const),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.array(moves), (any, steps) => {
        let range = { start: 0, end: any.length };
        for (const [edge, direction, unit] of steps) {
          range = moveEdge(any, range, edge, direction, unit);
          assert.ok(0 <= range.start && range.start < range.end && range.end <= any.length);
        }
      }),
    );
  });

  it('go from word to word, also where no spaces divide them', () => {
    const words: string[] = [];
    for (let word = neighbourWord(text, null, true); word !== null;) {
      words.push(part(word));
      word = neighbourWord(text, word, true);
    }
    assert.deepEqual(words.slice(0, 4), ['Ada', 'Lovelace', ',', 'e\u0301crivain']);
    assert.equal(words.slice(-2).join(''), '東京都');
    assert.equal(part(neighbourWord(text, null, false) ?? assert.fail()), words.at(-1));
  });
});
