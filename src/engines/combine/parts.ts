import type { ScoredPath, TypePath } from '../../core/entity/entity';
import type { OverlapPolicy } from '../../core/entity/overlap';
import type { LabelSpec } from '../../core/labels/labelSpec';
import type { Phrase } from '../../core/messages/phrase';
import type { Range } from '../../core/text/range';
import type { RunAccount } from '../endpoint/runAccount';
import type { EngineCapabilities, Passage } from '../engine';

/**
 * The two halves that an engine is put together from: an extractor finds spans, a classifier gives
 * them types. Each is the encoder or a language model, in any combination (`cascadeEngine.ts`).
 */

/** What both halves are told of a run. */
export interface PartOptions {
  readonly labels: LabelSpec;
  readonly threshold?: number;
  readonly overlap: OverlapPolicy;
  readonly signal: AbortSignal;
  /** Pays for the questions of this run and counts them. */
  readonly account: RunAccount;
}

/** A span without its type; UTF-16 units of its passage, end exclusive. */
export interface FoundSpan extends Range {
  /** Probability, in 0..1, that it is an entity. */
  readonly score: number;
  /** A type that its finder gave it, where it gives types. */
  readonly typing?: Typing;
}

/** The spans of one passage in text order. */
export interface Found {
  readonly passage: Passage;
  readonly spans: readonly FoundSpan[];
  /** How many sentences it has. */
  readonly sentences: number;
  readonly problems: readonly Phrase[];
}

export interface Extractor {
  readonly name: string;
  readonly capabilities: EngineCapabilities;
  /** Yields in the order of the passages, as soon as each is ready. */
  extract(
    passages: Iterable<Passage> | AsyncIterable<Passage>,
    options: PartOptions,
  ): AsyncIterable<Found>;
  dispose(): Promise<void>;
}

/** The type of a span, as deep as the classifier knows it. */
export interface Typing {
  readonly path: TypePath;
  /** Probability of each level of `path`, never rising; as long as `path`. */
  readonly levelScores: readonly number[];
  readonly alternatives?: readonly ScoredPath[];
  /** Probability that the span is an entity, where the classifier knows it better than the extractor. */
  readonly score?: number;
}

/** Types of the spans of a passage, in their order; undefined for one that none applies to. */
export interface Classified {
  readonly typings: readonly (Typing | undefined)[];
  readonly problems: readonly Phrase[];
}

export interface Classifier {
  readonly name: string;
  readonly capabilities: EngineCapabilities;
  /**
   * @param order Place of the passage in its run: of questions that wait, the earlier passage's go first.
   */
  classify(
    passage: Passage,
    spans: readonly FoundSpan[],
    options: PartOptions,
    order: number,
  ): Promise<Classified>;
  dispose(): Promise<void>;
}
