import assert from 'node:assert/strict';
import { scoreAtLevel } from '../../../src/core/entity/entity';

describe('scoreAtLevel', () => {
  const path = ['person', 'real person', 'scholar'];
  const entity = { path, score: 0.3, levelScores: [0.9, 0.8, 0.4], source: { engine: 'encoder' } };

  it('gives back what the levels below took', () => {
    assert.equal(scoreAtLevel(entity), 0.3);
    assert.equal(scoreAtLevel(entity, 2), 0.3);
    assert.equal(scoreAtLevel(entity, 1), 0.6);
    assert.equal(scoreAtLevel(entity, 0), 0.675);
  });

  it('leaves scores alone that say nothing of the type, or whose levels are not known', () => {
    assert.equal(scoreAtLevel({ ...entity, source: { engine: 'cascade' } }, 0), 0.3);
    assert.equal(scoreAtLevel({ ...entity, score: 0.7 }, 0), 0.7);
    assert.equal(scoreAtLevel({ path, score: 0.3 }, 0), 0.3);
    assert.equal(scoreAtLevel({ path }, 0), undefined);
  });
});
