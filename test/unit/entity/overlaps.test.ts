import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isHuman, type Entity, type EntityState } from '../../../src/core/entity/entity';
import { assignIds } from '../../../src/core/entity/entityId';
import { mergeSuggestions } from '../../../src/core/entity/mergeSuggestions';
import { mayStandTogether, resolveOverlaps } from '../../../src/core/entity/resolveOverlaps';
import type { OverlapPolicy } from '../../../src/core/entity/overlap';
import { runs } from '../scale';

const policies: readonly OverlapPolicy[] = ['flat', 'nested', 'multi-label'];

function make(
  start: number,
  end: number,
  score: number,
  type = 'x',
  state: EntityState = 'suggested',
): Entity {
  return {
    id: `${start}-${end}-${type}-${state}`,
    start,
    end,
    path: type.split('/'),
    score,
    state,
  };
}
const spans = (entities: readonly Entity[]) => entities.map(({ start, end }) => [start, end]);

const anyEntity = fc
  .tuple(
    fc.nat(20),
    fc.integer({ min: 1, max: 8 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.constantFrom('x', 'x/y', 'z'),
    fc.constantFrom<EntityState>('suggested', 'suggested', 'suggested', 'accepted', 'rejected'),
  )
  .map(([start, length, score, type, state]) => make(start, start + length, score, type, state));
const entities = fc.array(anyEntity, { maxLength: 15 });

describe('resolveOverlaps', () => {
  it('takes the better of two, lets spans touch, and applies each policy', () => {
    const found = [make(0, 5, 0.5), make(5, 8, 0.6), make(0, 8, 0.9), make(0, 8, 0.8, 'z')];
    assert.deepEqual(spans(resolveOverlaps(found, 'flat')), [[0, 8]]);
    assert.deepEqual(spans(resolveOverlaps(found, 'nested')), [
      [0, 8],
      [0, 5],
      [5, 8],
    ]);
    assert.equal(resolveOverlaps(found, 'multi-label').length, 4);
    assert.deepEqual(spans(resolveOverlaps([make(0, 5, 0.5), make(3, 8, 0.9)], 'multi-label')), [
      [3, 8],
    ]);
  });

  it('keeps humans’ entities against better suggestions', () => {
    const human = make(2, 4, 0.1, 'x', 'added');
    assert.deepEqual(resolveOverlaps([make(0, 5, 0.9), human], 'flat'), [human]);
  });

  it('leaves nothing that may not stand together, and drops nothing without cause', () => {
    fc.assert(
      fc.property(entities, fc.constantFrom(...policies), (given, policy) => {
        const kept = resolveOverlaps(given, policy);
        assert.deepEqual(kept.filter(isHuman).length, given.filter(isHuman).length);
        const standing = kept.filter(({ state }) => state !== 'rejected');
        for (const [at, one] of standing.entries()) {
          for (const other of standing.slice(at + 1)) {
            assert.ok((isHuman(one) && isHuman(other)) || mayStandTogether(one, other, policy));
          }
        }
        for (const lost of given.filter((entity) => !kept.includes(entity))) {
          assert.ok(
            standing.some(
              (other) =>
                !mayStandTogether(lost, other, policy) &&
                (isHuman(other) || (other.score ?? 1) >= (lost.score ?? 1)),
            ),
          );
        }
        assert.deepEqual(resolveOverlaps(kept, policy), kept);
      }),
      runs(500),
    );
  });
});

describe('mergeSuggestions', () => {
  it('keeps human work, replaces suggestions, and lets rejected spans and types not come back', () => {
    const before = [
      make(0, 4, 0.9),
      make(5, 9, 0.9, 'x', 'accepted'),
      make(10, 12, 0.9, 'x/y', 'rejected'),
    ];
    const fresh = [
      make(4, 6, 0.9),
      make(10, 12, 0.9, 'x'),
      make(10, 12, 0.8, 'z'),
      make(13, 15, 0.5),
    ];
    assert.deepEqual(mergeSuggestions(before, fresh, 'flat'), [
      before[1],
      before[2],
      fresh[2],
      fresh[3],
    ]);
  });

  it('equals a comparison of every suggestion with every human entity', () => {
    fc.assert(
      fc.property(entities, entities, fc.constantFrom(...policies), (before, found, policy) => {
        const fresh = found.filter((entity) => !isHuman(entity));
        const merged = mergeSuggestions(before, fresh, policy);
        const human = before.filter(isHuman);
        assert.deepEqual(new Set(merged.filter(isHuman)), new Set(human));
        const branch = (a: Entity, b: Entity) =>
          a.path.join('/').startsWith(b.path.join('/')) ||
          b.path.join('/').startsWith(a.path.join('/'));
        const expected = fresh.filter((entity) =>
          human.every((own) => {
            const same = own.start === entity.start && own.end === entity.end;
            if (same && branch(own, entity)) return false;
            return own.state === 'rejected' || mayStandTogether(own, entity, policy);
          }),
        );
        assert.deepEqual(new Set(merged.filter((entity) => !isHuman(entity))), new Set(expected));
      }),
      runs(500),
    );
  });
});

describe('assignIds', () => {
  it('gives the same id to the same mention and type, and none twice', () => {
    const draft = (start: number, type = 'x', id?: string) => ({
      start,
      end: start + 2,
      path: [type],
      state: 'suggested' as const,
      ...(id === undefined ? {} : { id }),
    });
    const ids = (drafts: ReturnType<typeof draft>[]) =>
      assignIds('ab ab ab', drafts).map(({ id }) => id);
    const first = ids([draft(0), draft(3), draft(3, 'z')]);
    assert.equal(new Set(first).size, 3);
    assert.deepEqual(
      ids([draft(0), draft(3), draft(6), draft(3, 'z')]).slice(0, 2),
      first.slice(0, 2),
    );
    const [own, copy] = ids([draft(0, 'x', 'mine'), draft(3, 'x', 'mine')]);
    assert.equal(own, 'mine');
    assert.notEqual(copy, 'mine');
    assert.equal(new Set(ids([draft(0), draft(3, 'x', first[0])])).size, 2);
  });
});
