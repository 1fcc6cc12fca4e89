import { withoutKeys } from '../withoutKeys';
import type { Entity, TypePath } from '../entity/entity';
import { foldPath } from '../labels/names';
import type { EntityChange } from './edits';
import type { Authorship } from './passage';

/** What a person touched, with who it was and when. */
export function withAuthor<T extends object>(entity: T, { annotator, time }: Authorship): T {
  return { ...entity, time, ...(annotator === undefined ? {} : { annotator }) };
}

/** Accepted or rejected by a person; what was corrected or added and is accepted stays that. */
export function decideEntity(
  entity: Entity,
  state: 'accepted' | 'rejected',
  by: Authorship,
): Entity {
  const isKept = state === 'accepted' && (entity.state === 'corrected' || entity.state === 'added');
  const next = isKept ? entity.state : state;
  return next === entity.state ? entity : withAuthor({ ...entity, state: next }, by);
}

/** With another type; what was said of the old one goes. The same type is accepted. */
export function retypeEntity(entity: Entity, path: TypePath, by: Authorship): Entity {
  if (foldPath(entity.path) === foldPath(path)) return decideEntity(entity, 'accepted', by);
  const rest = withoutKeys(entity, 'candidates', 'levelScores', 'alternatives');
  const others = entity.alternatives?.filter((other) => foldPath(other.path) !== foldPath(path));
  return withAuthor(
    {
      ...rest,
      path,
      ...(others === undefined ? {} : { alternatives: others }),
      state: entity.state === 'added' ? ('added' as const) : ('corrected' as const),
    },
    by,
  );
}

/** The entity after a person's change; offsets must have been checked. */
export function changeEntity(entity: Entity, change: EntityChange, by: Authorship): Entity {
  const { start = entity.start, end = entity.end, path, state, flag, comment } = change;
  let next = entity;
  if (path !== undefined) next = retypeEntity(next, path, by);
  if (start !== next.start || end !== next.end) {
    const corrected = next.state === 'added' ? ('added' as const) : ('corrected' as const);
    next = withAuthor({ ...next, start, end, state: corrected }, by);
  }
  if (state === 'accepted' || state === 'rejected') next = decideEntity(next, state, by);
  else if (state !== undefined && state !== next.state) next = withAuthor({ ...next, state }, by);
  if (flag !== undefined && flag !== (next.flag ?? false)) {
    const rest = withoutKeys(next, 'flag');
    next = withAuthor(flag ? { ...rest, flag } : rest, by);
  }
  if (comment !== undefined && comment !== (next.comment ?? '')) {
    const rest = withoutKeys(next, 'comment');
    next = withAuthor(comment === '' ? rest : { ...rest, comment }, by);
  }
  return next;
}
