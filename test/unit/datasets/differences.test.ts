import assert from 'node:assert/strict';
import { diffEntities, takeSide } from '../../../src/core/dataset/diff';
import type { Entity } from '../../../src/core/entity/entity';

function entity(id: string, start: number, end: number, type: string): Entity {
  return { id, start, end, path: [type], state: 'added' };
}

const city = entity('1', 0, 5, 'city');

function shown(rows: ReturnType<typeof diffEntities>): (string | undefined)[][] {
  return rows.map(({ left, right }) => [left?.id, right?.id]);
}

describe('differences of two sides', () => {
  it('are none where span and type are the same, whatever the case of the name', () => {
    assert.deepEqual(diffEntities([city], [{ ...city, id: 'x', path: ['City'] }]), []);
  });

  it('set same spans side by side before those that overlap, each once, in text order', () => {
    const left = [entity('a', 10, 20, 'city'), entity('b', 0, 4, 'city')];
    const right = [
      entity('w', 12, 15, 'country'),
      entity('x', 10, 20, 'country'),
      entity('y', 30, 34, 'city'),
    ];
    assert.deepEqual(shown(diffEntities(left, right)), [
      ['b', undefined],
      ['a', 'x'],
      [undefined, 'w'],
      [undefined, 'y'],
    ]);
  });

  it('leave out what was rejected', () => {
    assert.deepEqual(diffEntities([{ ...city, state: 'rejected' }], []), []);
  });

  it('can be settled for the left, the right or both, and settled anew', () => {
    const other = entity('1', 0, 9, 'country');
    const rest = entity('2', 20, 25, 'city');
    const difference = { left: city, right: other };
    const right = takeSide([city, rest], difference, 'right');
    assert.deepEqual(
      right.map(({ end }) => end),
      [9, 25],
    );
    const both = takeSide(right, difference, 'both');
    assert.deepEqual(
      both.map(({ end }) => end),
      [9, 5, 25],
    );
    assert.equal(new Set(both.map(({ id }) => id)).size, 3);
    assert.deepEqual(takeSide(both, difference, 'left'), [city, rest]);
  });

  it('that one side lacks can be taken away or brought in', () => {
    assert.deepEqual(takeSide([city], { left: city }, 'right'), []);
    assert.deepEqual(takeSide([], { right: city }, 'right'), [city]);
  });
});
