import type { Entity } from '../entity/entity';
import { inTextOrder } from '../entity/resolveOverlaps';
import { phrase, type Phrase } from '../messages/phrase';
import type { PassageData, WriteOptions } from './format';

/** What a format can say about a passage beside its text and the places and types of entities. */
export interface Capabilities {
  readonly scores?: boolean;
  readonly states?: boolean;
  readonly sources?: boolean;
  /** Annotators, times, flags and comments. */
  readonly details?: boolean;
  /** Other keys of entities. */
  readonly entityKeys?: boolean;
  readonly paths?: boolean;
  readonly ids?: boolean;
  readonly languages?: boolean;
  /** Other keys of passages. */
  readonly keys?: boolean;
  /** Entities inside others. */
  readonly nested?: boolean;
  /** Entities that overlap without containing each other. */
  readonly crossing?: boolean;
}

/** Tells `onNote` what the format cannot say of a passage. */
export function noteLosses(
  passage: PassageData,
  can: Capabilities,
  { onNote }: WriteOptions,
  others: readonly (readonly [applies: boolean, kind: string, message: Phrase])[] = [],
): void {
  if (onNote === undefined) return;
  const { entities, unplaced = [], unread = [], lang, id, extra } = passage;
  const shown = standingEntities(passage);
  const has = (...keys: (keyof Entity)[]) =>
    entities.some((entity) => keys.some((key) => entity[key] !== undefined));
  const losses: readonly (readonly [boolean, string, Phrase])[] = [
    [
      can.scores !== true && has('score'),
      'scores',
      phrase`The format has no scores; they are left out.`,
    ],
    [
      can.sources !== true && has('source'),
      'sources',
      phrase`The format does not say who found an entity.`,
    ],
    [
      can.states !== true && shown.some(({ state }) => state !== 'suggested'),
      'states',
      phrase`The format does not say what a person decided on an entity.`,
    ],
    [
      can.states !== true && shown.length < entities.length,
      'rejected',
      phrase`Rejected entities are left out.`,
    ],
    [
      (can.details !== true && has('annotator', 'time', 'flag', 'comment')) ||
        (can.entityKeys !== true && has('extra')),
      'details',
      phrase`The format has no annotators, times, flags, comments and other keys of entities.`,
    ],
    [
      can.paths !== true && shown.some(({ path }) => path.length > 1),
      'paths',
      phrase`The format has one name for a type; the levels above come from the taxonomy.`,
    ],
    [
      can.languages !== true && lang !== undefined,
      'language',
      phrase`The format does not say the language.`,
    ],
    [can.ids !== true && id !== undefined, 'ids', phrase`The format has no ids of passages.`],
    [
      can.keys !== true && Object.keys(extra ?? {}).length > 0,
      'keys',
      phrase`The format has no other keys of passages; they are left out.`,
    ],
    [
      unplaced.length > 0,
      'unplaced',
      phrase`Mentions that do not occur in their text have no offsets and are left out.`,
    ],
    [
      can.keys !== true && unread.length > 0,
      'unread',
      phrase`Entities that could not be read are left out.`,
    ],
    [
      flattenEntities(shown, can).length < shown.length,
      'nested',
      can.nested === true
        ? phrase`Of entities that overlap without containing each other the longest is written.`
        : phrase`The format has no nested entities; of those that overlap the longest is written.`,
    ],
    ...others,
  ];
  for (const [applies, kind, message] of losses) {
    if (applies) onNote({ kind, message, lost: true }, passage);
  }
}

/** The entities that were not rejected, in text order, the longer of two with the same start first. */
export function standingEntities({ entities }: Pick<PassageData, 'entities'>): Entity[] {
  return entities.filter(({ state }) => state !== 'rejected').sort(inTextOrder);
}

/** The entities that a format can write beside each other, longer ones first to be kept; text order. */
export function flattenEntities(
  entities: readonly Entity[],
  { nested = false, crossing = false }: Pick<Capabilities, 'nested' | 'crossing'>,
): Entity[] {
  if (crossing) return [...entities];
  const kept: Entity[] = [];
  const byLength = [...entities].sort((a, b) => b.end - b.start - (a.end - a.start));
  for (const entity of byLength) {
    const fits = kept.every((other) => {
      if (entity.end <= other.start || other.end <= entity.start) return true;
      return nested && other.start <= entity.start && entity.end <= other.end;
    });
    if (fits) kept.push(entity);
  }
  return kept.sort(inTextOrder);
}
