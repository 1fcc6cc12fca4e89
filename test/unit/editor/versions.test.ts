import assert from 'node:assert/strict';
import { anchorOf, viewOfString } from '../../../src/core/realign/anchor';
import { EntityState } from '../../../src/editor/documents/entityState';
import { Versions } from '../../../src/editor/documents/versions';

const text = 'Ada '.repeat(20_000);

function annotated(): EntityState {
  const view = viewOfString(text);
  const state = new EntityState(view, {
    newId: () => 'none',
    overlap: () => 'nested',
  } as unknown as ConstructorParameters<typeof EntityState>[1]);
  const records = Array.from({ length: 20_000 }, (_, index) => {
    const start = 4 * index;
    const entity = {
      id: String(index),
      start,
      end: start + 3,
      path: ['person'],
      state: 'added' as const,
    };
    return { entity, anchor: anchorOf(view, entity) };
  });
  state.restore(records, []);
  return state;
}

describe('Versions of annotations', () => {
  it('are told apart in turns, and are the same as those told apart at once', async () => {
    const state = annotated();
    const prepared = new Versions();
    let turns = 0;
    let isDone = false;
    const others = (): void => {
      turns++;
      if (!isDone) setImmediate(others);
    };
    setImmediate(others);
    await prepared.prepare(state);
    isDone = true;
    assert.ok(turns > 1, 'others had their turns');
    assert.deepEqual(prepared.ofState(state), new Versions().ofState(state));
    assert.equal(prepared.ofState(state).size, 20_000);
  });
});
