import assert from 'node:assert/strict';
import fc from 'fast-check';
import { selectSpans } from '../../../src/core/decoding/spans';
import { selectTyped, type TypedSpan } from '../../../src/engines/encoder/typedSpans';
import { runs } from '../scale';

function spanAt(start: number, length: number, rank: number): TypedSpan {
  const said = { path: [], levelScores: [], alternatives: [] };
  return { passage: 0, start, end: start + length, score: 1, rank, ...said };
}

const anySpan = fc
  .record({ start: fc.nat(60), length: fc.integer({ min: 1, max: 8 }), rank: fc.nat(4) })
  .map(({ start, length, rank }) => spanAt(start, length, rank));

describe('selectTyped', () => {
  it('gives run by run what a selection from all spans at once gives', () => {
    fc.assert(
      fc.property(
        fc.array(anySpan, { maxLength: 30 }),
        fc.constantFrom('flat' as const, 'nested' as const, 'multi-label' as const),
        (spans, overlap) => {
          const atOnce = selectSpans(
            spans.map((span) => ({
              first: span.start,
              last: span.end - 1,
              score: span.rank,
              span,
            })),
            overlap,
          ).map(({ span }) => span);
          // The very same objects, so that of equal spans the same one is taken.
          const indices = (some: readonly TypedSpan[]) => some.map((span) => spans.indexOf(span));
          assert.deepEqual(indices([...selectTyped(spans, overlap)].flat()), indices(atOnce));
        },
      ),
      runs(300),
    );
  });

  it('takes no more at once than spans that overlap', () => {
    const spans = Array.from({ length: 1000 }, (_, at) =>
      spanAt(10 * (at >> 1) + 2 * (at & 1), 3, at),
    );
    const taken = [...selectTyped(spans, 'flat')];
    assert.equal(taken.length, 500);
    assert.ok(taken.every((some) => some.length === 1));
  });
});
