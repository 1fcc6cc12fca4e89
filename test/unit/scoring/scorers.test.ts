import assert from 'node:assert/strict';
import { SpanScorer, type SpanScorerKind } from '../../../src/core/scoring/spanScorer';

const text = 'Ada King of Lovelace lived in London';
const entity = (start: number, end: number, ...path: string[]) =>
  ({ start, end, path, state: 'suggested' }) as const;
const gold = [entity(0, 20, 'person', 'noble'), entity(30, 36, 'place', 'city')];
const predicted = [
  entity(0, 8, 'person', 'noble'),
  entity(30, 36, 'place', 'country'),
  entity(21, 26, 'event'),
];

function score(kind: SpanScorerKind) {
  const scorer = new SpanScorer(kind);
  const counts = scorer.add(gold, predicted, text);
  return { counts, scorer };
}

describe('scorers', () => {
  it('count what must agree', () => {
    const correct = (kind: SpanScorerKind) => score(kind).counts;
    assert.deepEqual(correct('strict'), { correct: 0, predicted: 3, gold: 2 });
    assert.deepEqual(correct('boundaries'), { correct: 1, predicted: 3, gold: 2 });
    assert.deepEqual(correct('type'), { correct: 1, predicted: 3, gold: 2 });
    assert.deepEqual(correct('partial'), { correct: 1.5, predicted: 3, gold: 2 });
    // Ada, King of four and one words; London has another type.
    assert.deepEqual(correct('token'), { correct: 2, predicted: 4, gold: 5 });
    // place of place › city; the person's span is another.
    assert.deepEqual(correct('hierarchical'), { correct: 1, predicted: 5, gold: 4 });
  });

  it('pair each entity with one other at most, exact ones first', () => {
    const scorer = new SpanScorer('partial');
    const one = [entity(0, 8, 'a'), entity(0, 20, 'a')];
    assert.deepEqual(scorer.add([entity(0, 20, 'a')], one, text), {
      correct: 1,
      predicted: 2,
      gold: 1,
    });
  });

  it('tell lengths and frequencies apart', () => {
    const { scorer } = score('boundaries');
    assert.deepEqual(
      Object.entries(scorer.perLength).map(([name, { f1, support }]) => [name, f1, support]),
      [
        ['1 word', 2 / 3, 1],
        ['2 words', 0, 0],
        ['4–5 words', 0, 1],
      ],
    );
    assert.deepEqual(
      Object.entries(score('strict').scorer.perFrequency).map(([name, { support }]) => [
        name,
        support,
      ]),
      [
        ['not in the gold', 0],
        ['types with 1–9', 2],
      ],
    );
  });

  it('give full marks to what equals the gold', () => {
    for (const kind of [
      'strict',
      'boundaries',
      'type',
      'partial',
      'token',
      'hierarchical',
    ] as const) {
      const scorer = new SpanScorer(kind);
      scorer.add(gold, gold, text);
      assert.equal(scorer.scores.f1, 1, kind);
    }
  });
});
