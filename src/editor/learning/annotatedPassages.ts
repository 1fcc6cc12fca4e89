import { isDecided, isHuman, type Entity } from '../../core/entity/entity';
import type { PassageId } from '../../core/dataset/passage';
import { allPassages } from '../datasets/allPassages';
import type { OpenDataset } from '../datasets/contract';
import type { DocumentSession } from '../contract';
import type { EngineAccess } from '../engine/engineAccess';
import type { AnnotatedPassage } from '../../engines/engine';
import { sessionPassages } from '../features/sessionPassages';

export type Annotated = Omit<AnnotatedPassage, 'id'>;

/** Passages of a data set that are learned from at most; those that people decided on here come first. */
const MOST = 5000;

/** The passages of a document that people decided on entities in. */
export async function* annotatedInDocument(
  session: DocumentSession,
  access: EngineAccess,
): AsyncGenerator<Annotated> {
  if (![...session.entities, ...session.rejected].some(isHuman)) return;
  for await (const passage of sessionPassages(session, access, { rejected: true })) {
    const { text, lang, entities } = passage;
    if (entities.some(isHuman)) yield { text, entities, ...(lang === undefined ? {} : { lang }) };
  }
}

/**
 * The passages of a data set that people stand behind: those that they decided on entities in, then
 * those whose entities came with the data set. One that was accepted as a whole has no other entities.
 */
export async function* annotatedInDataset(dataset: OpenDataset): AsyncGenerator<Annotated> {
  const seen = new Set<PassageId>();
  for (const states of [['accepted', 'corrected', 'added', 'rejected'], ['suggested']] as const) {
    const ids = await dataset.filter({ entity: { states } });
    const fresh = ids.filter((id) => !seen.has(id)).slice(0, MOST - seen.size);
    for await (const { id, passage, review } of allPassages(dataset, fresh)) {
      seen.add(id);
      const { text, lang, entities } = passage;
      if (!entities.some(isDecided)) continue;
      yield {
        text,
        entities: entities.map(decided),
        complete: review.status === 'accepted',
        ...(lang === undefined ? {} : { lang }),
      };
    }
  }
}

/** Data sets do not say who accepted their entities; what names an engine was found by it. */
function decided(entity: Entity): Entity {
  return isHuman(entity) || !isDecided(entity) ? entity : { ...entity, state: 'accepted' };
}
