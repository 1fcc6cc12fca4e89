import type { Range } from '../text/range';

/** What a human has said about an entity; `suggested` means nobody has said anything. */
export type EntityState = 'suggested' | 'accepted' | 'corrected' | 'added' | 'rejected';

/** The place of a type in its taxonomy, from the top level down: `['person', 'real person', 'scholar']`. */
export type TypePath = readonly string[];

/** Who found an entity: an engine with its model, or a person. */
export interface EntitySource {
  readonly engine?: string;
  readonly model?: string;
  readonly user?: string;
}

/** A type with a probability in 0..1. */
export interface ScoredPath {
  readonly path: TypePath;
  readonly score: number;
}

/** A typed span of a text. Offsets are UTF-16 units, end exclusive, from the beginning of that text. */
export interface Entity extends Range {
  /** Stable over edits of the text and over saving and loading. */
  readonly id: string;
  /** Never empty. A name outside the taxonomy in force is a path of one part. */
  readonly path: TypePath;
  /** The paths that a bare name may mean, where it stands at several places of the taxonomy. */
  readonly candidates?: readonly TypePath[];
  /** Probability, in 0..1, that the span is an entity, and of this type where its engine can tell. */
  readonly score?: number;
  /** Probability, in 0..1, of each level of `path` given the span; as long as `path`. */
  readonly levelScores?: readonly number[];
  /** The next best types of the deepest level, best first, without `path` itself. */
  readonly alternatives?: readonly ScoredPath[];
  readonly source?: EntitySource;
  /** Why its engine takes it for an entity of this type, in the engine's words. */
  readonly reason?: string;
  readonly state: EntityState;
  readonly annotator?: string;
  /** When a human last touched it, ISO 8601. */
  readonly time?: string;
  readonly flag?: boolean;
  readonly comment?: string;
  /** Keys of the file it came from that the product does not know; written back as they were. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** Whether a human decided on the entity; such an entity is never replaced by an engine. */
export function isHuman(entity: Pick<Entity, 'state'>): boolean {
  return entity.state !== 'suggested';
}

/**
 * The entity's score as one of a type at a level (0 = top): what the levels below took from it is given
 * back, where its engine says how sure it is of each level. Without a level, of its whole path.
 */
export function scoreAtLevel(
  { path, score, levelScores, source }: Pick<Entity, 'path' | 'score' | 'levelScores' | 'source'>,
  level?: number,
): number | undefined {
  const [own, whole] = [levelScores?.[level ?? path.length - 1], levelScores?.at(-1)];
  if (score === undefined || own === undefined || whole === undefined) return score;
  // Other engines score the span alone, whatever its type.
  const scoresType = source?.engine === 'encoder' && score <= whole;
  if (!scoresType || whole === 0 || own === whole) return score;
  // Four decimals: more than models are reproducible to.
  return Math.round(1e4 * Math.min(1, (score * own) / whole)) / 1e4;
}

/** Whether a human stands behind it: who decided on it, or who wrote the data set it comes from. */
export function isDecided({ state, source }: Pick<Entity, 'state' | 'source'>): boolean {
  return state !== 'suggested' || source?.engine === undefined;
}
