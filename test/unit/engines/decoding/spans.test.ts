import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  findCandidates,
  leastOf,
  selectSpans,
  type WordSpan,
} from '../../../../src/core/decoding/spans';
import { runs } from '../../scale';

/** Scores [W,3] from one line per word: start, inside, end. */
const scores = (...words: [number, number, number][]): Float64Array =>
  Float64Array.from(words.flat());
const find = (words: Float64Array, least: number, longest = 25, most = 1000): WordSpan[] =>
  findCandidates(words, { least, longest, most });
const decode = (words: Float64Array, threshold: number): WordSpan[] =>
  selectSpans(find(words, threshold, 5), 'flat');
const plain = (spans: { first: number; last: number }[]): string[] =>
  spans.map(({ first, last }) => `${first}-${last}`);

describe('findCandidates', () => {
  it('scores a span by the least of its start, every inside and its end', () => {
    const [span, ...others] = find(
      scores([0.9, 0.8, 0.1], [0.2, 0.75, 0.1], [0.1, 0.9, 0.95]),
      0.5,
    );
    assert.deepEqual(others, []);
    assert.deepEqual(
      { ...span, score: span?.score.toFixed(3) },
      { first: 0, last: 2, score: '0.750' },
    );
  });

  it('is broken by a word whose inside score is too low, its first and last word too', () => {
    assert.deepEqual(find(scores([0.9, 0.4, 0.1], [0.1, 0.9, 0.9]), 0.5, 25), []);
    assert.deepEqual(find(scores([0.9, 0.9, 0.1], [0.1, 0.4, 0.9]), 0.5, 25), []);
  });

  it('takes scores that equal the threshold', () => {
    assert.deepEqual(plain(find(scores([0.5, 0.5, 0.5]), 0.5, 25)), ['0-0']);
  });

  it('looks no further than the longest span', () => {
    const line = scores([0.9, 0.9, 0.1], [0.1, 0.9, 0.1], [0.1, 0.9, 0.9]);
    assert.deepEqual(plain(find(line, 0.5, 3)), ['0-2']);
    assert.deepEqual(plain(find(line, 0.5, 2)), []);
  });

  it('keeps the best ones, best first, earlier ones in ties', () => {
    const line = scores([0.7, 0.9, 0.7], [0.9, 0.9, 0.8], [0.7, 0.9, 0.7]);
    assert.deepEqual(plain(find(line, 0.5, 1)), ['1-1', '0-0', '2-2']);
    assert.deepEqual(plain(find(line, 0.5, 1, 2)), ['1-1', '0-0']);
    assert.deepEqual(plain(find(line, 0.5, 2, 3)), ['1-1', '0-0', '0-1']);
  });

  it('scores every span as `leastOf` does', () => {
    const line = scores([0.7, 0.9, 0.7], [0.9, 0.6, 0.8], [0.7, 0.9, 0.65]);
    for (const { first, last, score } of find(line, 0.1)) {
      assert.equal(leastOf(line, first, last), score);
    }
    assert.equal(leastOf(line, 0, 2), 0.6);
  });

  it('finds nothing in nothing, and nothing in numbers that are none', () => {
    assert.deepEqual(find(new Float64Array(0), 0.5, 25), []);
    assert.deepEqual(find(scores([NaN, NaN, NaN]), 0, 25), []);
  });
});

describe('selectSpans', () => {
  const span = (
    first: number,
    last: number,
    score: number,
  ): { first: number; last: number; score: number } => ({
    first,
    last,
    score,
  });

  it('takes the better of two that overlap, and both that touch', () => {
    const spans = [span(0, 2, 0.6), span(2, 3, 0.9), span(4, 4, 0.5)];
    assert.deepEqual(plain(selectSpans(spans, 'flat')), ['2-3', '4-4']);
  });

  it('breaks ties by the smaller first word, then by the smaller last word', () => {
    const spans = [span(1, 2, 0.7), span(0, 1, 0.7), span(0, 0, 0.7)];
    assert.deepEqual(plain(selectSpans(spans, 'flat')), ['0-0', '1-2']);
  });

  it('keeps what contains one another under "nested", but no crossing and no twin', () => {
    const spans = [span(0, 3, 0.6), span(3, 3, 0.9), span(2, 4, 0.5), span(3, 3, 0.8)];
    assert.deepEqual(plain(selectSpans(spans, 'nested')), ['0-3', '3-3']);
  });

  it('keeps twins under "multi-label", but no other overlap', () => {
    const spans = [span(0, 1, 0.9), span(0, 1, 0.9), span(1, 1, 0.8)];
    assert.deepEqual(plain(selectSpans(spans, 'multi-label')), ['0-1', '0-1']);
  });

  const anySpans = fc.array(
    fc
      .record({ first: fc.nat(20), length: fc.nat(5), score: fc.nat(20) })
      .map(({ first, length, score }) => span(first, first + length, score / 20)),
    { maxLength: 30 },
  );

  it('never overlaps when flat, and leaves out nothing that would fit', () => {
    fc.assert(
      fc.property(anySpans, (spans) => {
        const taken = selectSpans(spans, 'flat');
        const overlaps = (a: { first: number; last: number }, b: typeof a): boolean =>
          a.first <= b.last && b.first <= a.last;
        taken.forEach((a, index) =>
          taken.slice(index + 1).forEach((b) => assert.ok(!overlaps(a, b))),
        );
        for (const other of spans) {
          assert.ok(taken.some((one) => overlaps(one, other) && one.score >= other.score));
        }
      }),
      runs(200),
    );
  });

  it('gives with a higher threshold what a filter on the scores gives', () => {
    const anyScores = fc
      .array(fc.tuple(fc.nat(10), fc.nat(10), fc.nat(10)), { maxLength: 12 })
      .map((words) => Float64Array.from(words.flat(), (value) => value / 10));
    fc.assert(
      fc.property(anyScores, fc.nat(10), fc.nat(10), (words, a, b) => {
        const [low, high] = [Math.min(a, b) / 10, Math.max(a, b) / 10];
        const filtered = decode(words, low).filter(({ score }) => score >= high);
        assert.deepEqual(decode(words, high), filtered);
      }),
      runs(200),
    );
  });
});
