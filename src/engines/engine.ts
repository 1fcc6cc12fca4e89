import type { Entity } from '../core/entity/entity';
import type { OverlapPolicy } from '../core/entity/overlap';
import type { LabelSpec } from '../core/labels/labelSpec';
import type { AdapterSet } from '../core/learning/adapterSet';
import type { AlikePair } from '../core/similarity/alikeVectors';
import type { Phrase } from '../core/messages/phrase';
import type { QuestionStatistics } from './endpoint/events';
import type { RunAccount } from './endpoint/runAccount';

/** A piece of text to extract from: a paragraph, a comment, a line of a data set. */
export interface Passage {
  readonly id: string;
  readonly text: string;
  /** BCP 47 primary language, where known; else the engine looks at the script. */
  readonly lang?: string;
}

/** The entities of one passage; offsets are UTF-16 units from the passage's beginning, in text order. */
export interface PassageResult {
  readonly id: string;
  readonly entities: readonly Entity[];
  /** What could not be read or mapped, each a sentence for the user. */
  readonly diagnostics?: readonly Phrase[];
}

export interface ExtractOptions {
  readonly labels: LabelSpec;
  /** Least span probability in 0..1; the engine's own default when absent. */
  readonly threshold?: number;
  readonly overlap?: OverlapPolicy;
  readonly signal?: AbortSignal;
  /** Pays for the questions, where this is a part of a larger run; else each call is a run of its own. */
  readonly account?: RunAccount;
  /** Called while a long passage is worked on, by engines that tell: how many of its words are done. */
  readonly onReading?: (passage: { readonly id: string; readonly words: number }) => void;
  /** Called once, when all passages are done. */
  readonly onDone?: (statistics: ExtractStatistics) => void;
}

/** A passage with what humans said of it. */
export interface AnnotatedPassage extends Passage {
  readonly entities: readonly AnnotatedEntity[];
  /**
   * Whether every entity of it is marked. Else only sentences in which a human decided on something
   * say of other spans that they are none.
   */
  readonly complete?: boolean;
}

export type AnnotatedEntity = Pick<Entity, 'start' | 'end' | 'path' | 'candidates' | 'state'>;

export interface LearnOptions {
  readonly labels: LabelSpec;
  /** Whether to estimate how well each label was learned, which takes about ten times as long. */
  readonly estimates?: boolean;
  readonly signal?: AbortSignal;
}

export interface EngineCapabilities {
  /** Whether another label list costs no new reading of the text. */
  readonly freeLabels: boolean;
  /** Whether a request costs money. */
  readonly paid: boolean;
  /** Whether text leaves the machine. */
  readonly remote: boolean;
  /** The only types that it knows, where its labels are not free to change. */
  readonly labels?: readonly string[];
}

/** How much work a reading was; `encoded` counts sentences that the cache did not hold. */
export interface ReadingCounts {
  readonly passages: number;
  readonly sentences: number;
  readonly encoded: number;
  readonly words: number;
  readonly seconds: number;
}

/** How much work an extraction was. */
export interface ExtractStatistics extends ReadingCounts {
  /** What asking a language model took, where one was asked. */
  readonly asked?: QuestionStatistics;
}

/**
 * Finds typed entities. Implementations run in this process, in the encoder's process, or behind an
 * endpoint; one test suite runs against all of them.
 */
export interface Engine {
  /** Shown to the user and kept as the entities' source: `encoder`, `cascade`, … */
  readonly name: string;
  /** The model's name. */
  readonly model: string;
  readonly capabilities: EngineCapabilities;

  /**
   * Yields one result per passage, in the order of the passages, as soon as each is ready.
   * Entities above `threshold` only; changing the threshold upwards later is a filter on `score`.
   * @throws the signal's reason when aborted; a `ModelError` when the model cannot be used.
   */
  extract(
    passages: Iterable<Passage> | AsyncIterable<Passage>,
    options: ExtractOptions,
  ): AsyncIterable<PassageResult>;

  /**
   * Probabilities of all types for given spans (UTF-16 units) of a passage, best first, at most
   * `limit` per span: for the next best types of a span a human marked.
   */
  rankTypes(
    passage: Passage,
    spans: readonly { readonly start: number; readonly end: number }[],
    options: ExtractOptions & { readonly limit?: number },
  ): Promise<readonly (readonly { readonly path: readonly string[]; readonly score: number }[])[]>;

  /**
   * One vector for each text, near for texts that are about the same; absent where the engine has none.
   * @throws the signal's reason when aborted.
   */
  embed?(texts: readonly string[], signal?: AbortSignal): Promise<readonly Float32Array[]>;

  /** One vector for each name of a type, near for types that mean the same; absent where there are none. */
  embedLabels?(names: readonly string[]): Promise<readonly Float32Array[]>;

  /**
   * Of each label of a group the one before it that means nearly the same: the cosine of their vectors
   * is at least `from`. Absent where there are no vectors.
   */
  alikeLabels?(groups: readonly (readonly string[])[], from: number): Promise<readonly AlikePair[]>;

  /**
   * What annotated passages teach of a label list; absent where the engine cannot learn. Extraction
   * with `withAdapters(labels, learned)` then makes use of it. The same passages give the same.
   * @throws the signal's reason when aborted.
   */
  learn?(passages: readonly AnnotatedPassage[], options: LearnOptions): Promise<AdapterSet>;

  /** Frees what the engine holds; later calls throw. */
  dispose(): Promise<void>;
}
