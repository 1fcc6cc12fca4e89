import assert from 'node:assert/strict';
import { followMend } from '../../../src/core/checks/followMend';
import type { Entity } from '../../../src/core/entity/entity';

const entity = (id: string, start: number, end: number, type = 'city'): Entity => ({
  id,
  start,
  end,
  path: [type],
  state: 'suggested',
});

describe('entities after a mend of their file', () => {
  it('have the new place or type, and all else that was known of them', () => {
    const known = { state: 'corrected', comment: 'sure', annotator: 'ada' } as const;
    const now = [{ ...entity('a', 4, 9), ...known }, entity('b', 12, 16, 'Town')];
    const before = [entity('x', 4, 9), entity('y', 12, 16, 'Town')];
    const after = [entity('x', 5, 9), entity('y', 12, 16)];
    assert.deepEqual(followMend(now, before, after), [
      { ...entity('a', 5, 9), ...known },
      entity('b', 12, 16),
    ]);
  });

  it('go with what the mend removed, and stay where the file does not say them', () => {
    const rejected = { ...entity('r', 0, 3), state: 'rejected' as const };
    const now = [rejected, entity('a', 4, 9), entity('b', 4, 9, 'town')];
    const before = [entity('x', 4, 9), entity('y', 4, 9, 'town')];
    assert.deepEqual(followMend(now, before, [entity('x', 4, 9)]), [rejected, entity('a', 4, 9)]);
  });

  it('are the same one by one where one stands twice', () => {
    const twice = [entity('a', 4, 9), entity('b', 4, 9)];
    const after = followMend(twice, twice, [entity('x', 4, 9)]);
    assert.equal(after.length, 1);
  });
});
