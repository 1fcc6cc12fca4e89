import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Entity } from '../../../src/core/entity/entity';
import { EntityTable } from '../../../src/editor/documents/entityTable';
import { runs } from '../scale';

const spans = fc.array(
  fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 20 })).map(([start, length]) => ({
    start,
    end: start + length,
  })),
  { maxLength: 40 },
);

function tableOf(list: readonly { readonly start: number; readonly end: number }[]): EntityTable {
  const table = new EntityTable();
  table.assign(
    list.map((span, index): Entity => ({
      ...span,
      id: String(index),
      path: ['x'],
      state: 'suggested',
    })),
  );
  return table;
}

describe('the table of entities', () => {
  it('finds exactly what touches a range, the outer before the inner', () => {
    fc.assert(
      fc.property(spans, fc.nat(220), fc.nat(30), (list, start, length) => {
        const table = tableOf(list);
        const end = start + length;
        const found = table.touching(start, end).map((index) => table.at(index));
        const expected = table
          .all()
          .filter((one) => one.start < Math.max(end, start + 1) && one.end > start);
        assert.deepEqual(found, expected);
        for (let i = 1; i < found.length; i++) {
          assert.ok((found[i - 1]?.start ?? 0) <= (found[i]?.start ?? 0));
        }
      }),
      runs(200),
    );
  });

  it('moves spans along with edits as a text with marks in it would', () => {
    const edit = fc.record({ offset: fc.nat(220), removed: fc.nat(15), inserted: fc.nat(15) });
    fc.assert(
      fc.property(spans, fc.array(edit, { maxLength: 5 }), (list, edits) => {
        const table = tableOf(list);
        let text = Array.from({ length: 240 }, (_, index) => index);
        const expected = new Map(
          table.all().map((one) => [one.id, text.slice(one.start, one.end)]),
        );
        for (const { offset, removed, inserted } of edits) {
          const at = Math.min(offset, text.length);
          const cut = Math.min(removed, text.length - at);
          text = [
            ...text.slice(0, at),
            ...Array.from({ length: inserted }, () => -1),
            ...text.slice(at + cut),
          ];
          table.edit({ offset: at, removed: cut, inserted });
        }
        for (const { id, start, end } of table.all()) {
          const kept = new Set(text);
          const own = (expected.get(id) ?? []).filter((unit) => kept.has(unit));
          assert.deepEqual(
            text.slice(start, end).filter((unit) => unit >= 0),
            own,
          );
        }
      }),
      runs(200),
    );
  });

  it('keeps its order and its offsets when a part is replaced', () => {
    const table = tableOf([
      { start: 0, end: 4 },
      { start: 10, end: 14 },
      { start: 20, end: 24 },
    ]);
    table.edit({ offset: 5, removed: 0, inserted: 100 });
    const added: Entity = { id: 'new', start: 106, end: 109, path: ['y'], state: 'suggested' };
    const [from, to] = [table.firstFrom(105), table.firstFrom(115)];
    table.splice([{ from, to, entities: [added] }]);
    assert.deepEqual(
      table.all().map(({ id, start, end }) => [id, start, end]),
      [
        ['0', 0, 4],
        ['new', 106, 109],
        ['2', 120, 124],
      ],
    );
  });

  it('makes entity objects anew only where the offsets changed', () => {
    const table = tableOf([
      { start: 0, end: 4 },
      { start: 10, end: 14 },
    ]);
    const [first, second] = table.all();
    table.edit({ offset: 6, removed: 0, inserted: 1 });
    assert.equal(table.at(0), first);
    assert.notEqual(table.at(1), second);
    assert.equal(table.at(1), table.at(1));
  });

  it('knows its entities by their ids after each kind of change', () => {
    const table = tableOf([
      { start: 0, end: 4 },
      { start: 10, end: 14 },
      { start: 20, end: 24 },
    ]);
    const places = (...ids: string[]): number[] => ids.map((id) => table.indexOf(id));
    assert.deepEqual(places('0', '1', '2', 'new'), [0, 1, 2, -1]);
    const added: Entity = { id: 'new', start: 5, end: 9, path: ['y'], state: 'suggested' };
    table.splice([{ from: 1, to: 2, entities: [added] }]);
    assert.deepEqual(places('0', '1', '2', 'new'), [0, -1, 2, 1]);
    table.remove((index) => index === 0);
    assert.deepEqual(places('0', '1', '2', 'new'), [-1, -1, 1, 0]);
    table.set(0, { ...added, id: 'other' });
    assert.deepEqual(places('new', 'other'), [-1, 0]);
    table.insert([{ ...added, id: 'first', start: 0, end: 1 }]);
    assert.deepEqual(places('first', 'other', '2'), [0, 1, 2]);
  });

  it('lists entities after an edit without making them anew', () => {
    const table = tableOf([
      { start: 0, end: 4 },
      { start: 10, end: 14 },
    ]);
    const before = table.all();
    table.edit({ offset: 6, removed: 0, inserted: 1 });
    assert.deepEqual(
      table.list(() => true),
      before,
    );
    assert.equal(table.list(({ id }) => id === '1')[0], before[1]);
  });
});
