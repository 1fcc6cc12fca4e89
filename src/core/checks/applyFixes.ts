import type { PassageData } from '../formats/format';
import type { Change, EntityChange } from './finding';

/** Changes by the number of their record. */
export function changesByRecord(changes: Iterable<Change>): Map<number, Change[]> {
  const byRecord = new Map<number, Change[]>();
  for (const change of changes) {
    const known = byRecord.get(change.index);
    if (known === undefined) byRecord.set(change.index, [change]);
    else known.push(change);
  }
  return byRecord;
}

/** The passage after changes of it; `null` when it is removed. Of several for one entity the first counts. */
export function applyChanges<T extends PassageData>(
  passage: T,
  changes: readonly Change[],
): T | null {
  if (changes.some((change) => !isEntityChange(change))) return null;
  const byEntity = new Map<string, EntityChange>();
  for (const change of changes.filter(isEntityChange)) {
    if (!byEntity.has(change.entity)) byEntity.set(change.entity, change);
  }
  const entities = passage.entities.flatMap((entity) => {
    const to = byEntity.get(entity.id)?.to;
    if (to === undefined) return [entity];
    if (to === 'remove') return [];
    if ('span' in to) return [{ ...entity, ...to.span }];
    // What was known of the levels of the old type does not hold for the new one.
    const { candidates, levelScores, alternatives, ...rest } = entity;
    void [candidates, levelScores, alternatives];
    return [{ ...rest, path: to.path }];
  });
  return { ...passage, entities };
}

function isEntityChange(change: Change): change is EntityChange {
  return 'entity' in change;
}
