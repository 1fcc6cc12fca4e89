import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bootstrapInterval } from '../../../src/core/scoring/bootstrap';
import { addCounts, noCounts, scoresOf } from '../../../src/core/scoring/counts';
import { DynamicNerScorer } from '../../../src/core/scoring/dynamicnerScorer';
import { pairPassages } from '../../../src/core/scoring/pairPassages';
import { SpanScorer } from '../../../src/core/scoring/spanScorer';
import { runs } from '../scale';

const at = (
  start: number,
  end: number,
  path: string,
  state: 'suggested' | 'rejected' = 'suggested',
) => ({
  start,
  end,
  path: path.split('/'),
  state,
});

const gold = [at(0, 3, 'person/actor'), at(4, 6, 'city/port'), at(8, 9, 'person/author')];
const predicted = [
  at(0, 3, 'Person/Actor'),
  at(4, 6, 'city/capital'),
  at(4, 6, 'city/capital'),
  at(7, 9, 'person/author'),
  at(10, 12, 'person/actor', 'rejected'),
];

describe('SpanScorer', () => {
  it('counts exact spans with their type, once each, without rejected ones', () => {
    const scorer = new SpanScorer('strict');
    assert.deepEqual(scorer.add(gold, predicted), { correct: 1, predicted: 3, gold: 3 });
    assert.deepEqual(scorer.scores, {
      precision: 1 / 3,
      recall: 1 / 3,
      f1: 1 / 3,
      support: 3,
      perType: {
        'person › actor': { precision: 1, recall: 1, f1: 1, support: 1 },
        'city › port': { precision: 0, recall: 0, f1: 0, support: 1 },
        'person › author': { precision: 0, recall: 0, f1: 0, support: 1 },
        'city › capital': { precision: 0, recall: 0, f1: 0, support: 0 },
      },
    });
  });

  it('compares at a level, or spans alone', () => {
    const coarse = new SpanScorer('strict', { level: 0 });
    assert.deepEqual(coarse.add(gold, predicted), { correct: 2, predicted: 3, gold: 3 });
    const boundaries = new SpanScorer('boundaries');
    assert.deepEqual(boundaries.add(gold, predicted), { correct: 2, predicted: 3, gold: 3 });
    assert.deepEqual(Object.keys(boundaries.scores), ['precision', 'recall', 'f1', 'support']);
  });

  it('gives 0 and not NaN without entities, 1 for itself, and sums over types to the whole', () => {
    assert.equal(new SpanScorer('strict').scores.f1, 0);
    const entity = fc
      .tuple(fc.nat(9), fc.integer({ min: 1, max: 4 }), fc.constantFrom('a', 'a/b', 'c'))
      .map(([start, length, path]) => at(start, start + length, path));
    fc.assert(
      fc.property(fc.array(entity, { minLength: 1 }), fc.array(entity), (one, other) => {
        const self = new SpanScorer('strict');
        self.add(one, one);
        assert.equal(self.scores.f1, 1);
        const forth = new SpanScorer('strict');
        const back = new SpanScorer('strict');
        forth.add(one, other);
        back.add(other, one);
        assert.equal(forth.scores.f1, back.scores.f1);
        assert.equal(forth.scores.precision, back.scores.recall);
        const supports = Object.values(forth.scores.perType ?? {}).map(({ support }) => support);
        assert.equal(
          supports.reduce((sum, support) => sum + support, 0),
          forth.scores.support,
        );
      }),
      runs(200),
    );
  });
});

describe('DynamicNerScorer', () => {
  it('compares sets of lower-cased mentions and of pairs, over the labels of the gold', () => {
    const scorer = new DynamicNerScorer();
    scorer.add(
      {
        text: 'Oslo and OSLO and Bergen',
        entities: [at(0, 4, 'l/city'), at(9, 13, 'l/city'), at(18, 24, 'l/city')],
      },
      {
        text: 'Oslo and OSLO and Bergen',
        entities: [at(9, 13, 'x/City'), at(18, 24, 'l/river'), at(5, 8, 'word')],
      },
    );
    assert.deepEqual(scorer.scores, {
      extraction: { precision: 2 / 3, recall: 1, f1: 0.8 },
      classification: { precision: 1, recall: 0.5, f1: 2 / 3 },
    });
  });
});

describe('pairPassages', () => {
  async function* stream<T>(items: readonly T[]): AsyncGenerator<T, void> {
    for (const item of items) yield await Promise.resolve(item);
  }
  async function pairs(one: readonly { id?: string }[], other: readonly { id?: string }[]) {
    const found: string[] = [];
    for await (const pair of pairPassages(stream(one), stream(other))) {
      found.push(`${pair.gold?.id ?? '-'}:${pair.predicted?.id ?? '-'}`);
    }
    return found;
  }
  const named = (...ids: string[]) => ids.map((id) => ({ id }));

  it('pairs by id in any order and shows what one side lacks', async () => {
    assert.deepEqual(await pairs(named('a', 'b', 'c'), named('a', 'c', 'd', 'b')), [
      'a:a',
      'c:c',
      'b:b',
      '-:d',
    ]);
    assert.deepEqual(await pairs(named('a', 'b'), named('b')), ['b:b', 'a:-']);
  });

  it('pairs by order without ids, and refuses other numbers and doubled ids', async () => {
    assert.deepEqual(await pairs([{}, {}], [{}, {}]), ['-:-', '-:-']);
    await assert.rejects(pairs([{}], [{}, {}]), /more predicted/);
    await assert.rejects(pairs([{}, {}], [{}]), /fewer predicted/);
    await assert.rejects(pairs(named('a', 'a'), named('a', 'b')), /stands twice/);
  });
});

describe('bootstrapInterval', () => {
  const passages = Array.from({ length: 60 }, (_, index) => ({
    correct: index % 3,
    predicted: 2,
    gold: 3,
  }));

  it('surrounds the score, repeats for a seed, and narrows with more passages', () => {
    const score = scoresOf(passages.reduce(addCounts, noCounts)).f1;
    const interval = bootstrapInterval(passages, 7);
    assert.ok(interval.low < score && score < interval.high);
    assert.deepEqual(bootstrapInterval(passages, 7), interval);
    assert.notDeepEqual(bootstrapInterval(passages, 8), interval);
    const more = bootstrapInterval([...passages, ...passages, ...passages, ...passages], 7);
    assert.ok(more.high - more.low < interval.high - interval.low);
    assert.deepEqual(bootstrapInterval([], 1), { low: 0, high: 0 });
    assert.deepEqual(bootstrapInterval([{ correct: 1, predicted: 1, gold: 1 }], 1), {
      low: 1,
      high: 1,
    });
  });
});
