import type { Entity } from '../../core/entity/entity';
import type { DocumentSession, EditorParts } from '../contract';
import { findSameMentions } from './sameMentions';
import { pickTypeOf } from './pickType';

/** Ids of the shown entities with the surface and type of `entity`, itself included. */
export function sameMentionIds(session: DocumentSession, entity: Entity): readonly string[] {
  const text = session.document.getText();
  return findSameMentions(text, session.entities, entity).map(({ id }) => id);
}

/** Asks for a type and gives it to the entities; nothing happens when the question is dismissed. */
export async function changeTypeByAsking(
  parts: EditorParts,
  session: DocumentSession,
  entity: Entity,
  ids: readonly string[],
): Promise<void> {
  const path = await pickTypeOf(parts.labels, session, entity);
  if (path !== undefined) await session.changeType(ids, path);
}
