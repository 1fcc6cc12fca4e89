import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Journal, type JournalState } from '../../../src/core/dataset/journal';
import type { Operation } from '../../../src/core/dataset/operations';
import type { PassageData } from '../../../src/core/formats/format';
import { runs } from '../scale';

const records = 12;
const passage = (text: string): PassageData => ({ text, entities: [] });

/** What a journal has made of its file. */
function contents(journal: Journal): string[] {
  return journal.order.idsBetween(0, journal.order.size).map((id) => {
    const read = () => ({ passage: passage(`record ${id}`), hasProblems: false, isBad: false });
    const facts = journal.content(id, read);
    return `${id} ${facts?.passage.text} ${JSON.stringify(facts?.passage.extra ?? {})}`;
  });
}

const by = { time: '2026-01-01T00:00:00.000Z' };

type Step =
  | { kind: 'replace' | 'remove' | 'insert'; at: number; count: number }
  | { kind: 'rule' | 'undo' | 'redo' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('replace' as const, 'remove' as const, 'insert' as const),
    at: fc.nat(20),
    count: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ kind: fc.constantFrom('rule' as const, 'undo' as const, 'redo' as const) }),
);

function operationOf(journal: Journal, { kind, ...place }: Step, number: number): Operation[] {
  const { size } = journal.order;
  if (kind === 'rule') {
    const change = { kind: 'review', change: { comment: `c${number}` } } as const;
    const query = { text: { find: number % 2 === 0 ? '1' : 'new' } };
    return [{ kind: 'rule', rule: { change, scope: { kind: 'query', query }, by } }];
  }
  const { at: wanted, count } = place as { at: number; count: number };
  const at = size === 0 ? 0 : wanted % size;
  if (kind === 'insert') {
    const passages = Array.from({ length: count }, () => ({
      id: journal.newId(),
      passage: passage(`new ${number}`),
    }));
    return [{ kind, at, passages }];
  }
  if (size === 0) return [];
  if (kind === 'remove') return [{ kind, at, count: Math.min(count, size - at) }];
  const id = journal.order.idAt(at) ?? 0;
  return [{ kind: 'replace', id, passage: passage(`text ${number}`) }];
}

describe('A journal', () => {
  it('takes back and makes again whatever was done, and goes on from its state', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const journal = new Journal();
        journal.grow(records);
        const past = [contents(journal)];
        let at = 0;
        steps.forEach((one, number) => {
          if (one.kind === 'undo') {
            if (journal.undo() !== undefined) at--;
          } else if (one.kind === 'redo') {
            if (journal.redo() !== undefined) at++;
          } else {
            const operations = operationOf(journal, one, number);
            if (operations.length === 0) return;
            journal.apply(operations);
            past.length = ++at;
            past.push(contents(journal));
          }
          assert.deepEqual(contents(journal), past[at]);
        });
        const again = new Journal(JSON.parse(JSON.stringify(journal.state())) as JournalState);
        again.grow(records);
        assert.deepEqual(contents(again), contents(journal));
        again.apply([
          { kind: 'insert', at: 0, passages: [{ id: again.newId(), passage: passage('x') }] },
        ]);
        assert.equal(new Set(again.order.idsBetween(0, 99)).size, again.order.size);
        again.undo();
        assert.deepEqual(contents(again), contents(journal));
      }),
      runs(200),
    );
  });

  it('tells the format what to write: records removed, passages put in before which', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const journal = new Journal();
        journal.grow(records);
        steps.forEach((one, number) => {
          if (one.kind === 'undo') journal.undo();
          else if (one.kind === 'redo') journal.redo();
          else {
            const operations = operationOf(journal, one, number);
            if (operations.length > 0) journal.apply(operations);
          }
        });
        const removed = new Set(journal.removedRecords());
        const inserted = journal.insertedIds();
        const written: number[] = [];
        for (let record = 0; record <= records; record++) {
          written.push(...(inserted.get(record) ?? []));
          if (record < records && !removed.has(record)) written.push(record);
        }
        assert.deepEqual(written, journal.order.idsBetween(0, journal.order.size));
        written.forEach((id, number) => assert.equal(journal.order.numberOf(id), number));
      }),
      runs(200),
    );
  });

  it('leaves alone what could not be read', () => {
    const journal = new Journal();
    journal.grow(1);
    const change = { kind: 'review', change: { flag: true } } as const;
    journal.apply([{ kind: 'rule', rule: { change, scope: { kind: 'all' }, by } }]);
    const bad = { passage: passage('no json'), hasProblems: true, isBad: true };
    assert.equal(journal.content(0, () => bad)?.isEdited, false);
    assert.equal(journal.content(0, () => ({ ...bad, isBad: false }))?.isEdited, true);
  });
});
