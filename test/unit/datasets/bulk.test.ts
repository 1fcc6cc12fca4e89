import assert from 'node:assert/strict';
import { applyBulk, countChangedEntities } from '../../../src/core/dataset/bulk';
import type { Entity } from '../../../src/core/entity/entity';

const by = { annotator: 'ada', time: '2026-01-01T00:00:00.000Z' };
const text = 'Oslo and Bonn and Rome';
const entity = (id: string, mention: string, more: Partial<Entity>): Entity => {
  const start = text.indexOf(mention);
  const state = 'suggested';
  return { id, start, end: start + mention.length, path: ['place', 'city'], state, ...more };
};
const passage = {
  text,
  entities: [
    entity('o', 'Oslo', { score: 0.9, levelScores: [0.9, 0.8] }),
    entity('b', 'Bonn', { state: 'rejected' }),
    entity('r', 'Rome', { path: ['ship'], state: 'added' }),
  ],
};

describe('a change of many passages', () => {
  it('gives another type as a person’s decision, but not to what was rejected as the old one', () => {
    const change = { kind: 'retype', from: ['place'], to: ['town'] } as const;
    const after = applyBulk(passage, change, by);
    assert.deepEqual(
      after.entities.map(({ path, state, annotator }) => [path.join('/'), state, annotator]),
      [
        ['town', 'corrected', 'ada'],
        ['place/city', 'rejected', undefined],
        ['ship', 'added', undefined],
      ],
    );
  });

  it('takes types to another list, with what goes nowhere removed and states as they were', () => {
    const entries = [
      { from: ['place'], to: ['site'] },
      { from: ['ship'], to: null },
    ];
    const after = applyBulk(passage, { kind: 'map', entries }, by);
    assert.deepEqual(
      after.entities.map(({ id, path, state, score, levelScores }) => [
        id,
        path,
        state,
        score,
        levelScores,
      ]),
      [
        ['o', ['site'], 'suggested', 0.9, undefined],
        ['b', ['site'], 'rejected', undefined, undefined],
      ],
    );
    assert.equal(countChangedEntities(passage, after), 3);
  });

  it('is the passage itself where a map says nothing of its types', () => {
    const entries = [{ from: ['river'], to: ['water'] }];
    assert.equal(applyBulk(passage, { kind: 'map', entries }, by), passage);
  });
});
