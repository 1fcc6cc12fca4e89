import type { Phrase } from '../../core/messages/phrase';
import type { Range } from '../../core/text/range';
import type { TypePath } from '../../core/entity/entity';
import type { ChatAnswer, ChatMessage, ChatOptions } from '../endpoint/chatModel';
import type { Templates, TemplateSet } from '../templates';

/**
 * A prompt protocol asks one model for spans and their types at once. It is pure: it makes questions
 * and reads answers; batching of labels, asking (`endpoint/questions.ts`), placing of mentions and the
 * `Engine` around it (`protocolEngine.ts`) are shared by all protocols.
 *
 * For each sentence the labels are cut into batches of `labelsPerQuestion`; each batch is one `ask`,
 * whose answer goes to `read`; the mentions are placed by `occurrences`; where the protocol verifies,
 * each placed mention is one more question.
 */
export interface PromptProtocol<Name extends string = string> {
  /** Name in the settings: `b2ner`, `universalner`, … */
  readonly name: string;
  /** The texts of its questions, which users may replace. */
  readonly templates: TemplateSet<Name>;
  /** Most labels in one question: 1 where each type is a question. */
  readonly labelsPerQuestion: number;
  readonly occurrences: OccurrenceRule;
  /** Whether its questions need what types mean; else only when the settings say so. */
  readonly describes: boolean;

  ask(question: ProtocolQuestion, templates: Templates<Name>): ProtocolRequest;

  /** What an answer says. Never throws: what cannot be read is a problem. */
  read(answer: ProtocolAnswer, question: ProtocolQuestion): ProtocolReading;

  /** The question whether a placed mention is right; absent where the protocol does not verify. */
  verify?(
    mention: PlacedMention,
    question: ProtocolQuestion,
    templates: Templates<Name>,
  ): ProtocolRequest;

  /** What the answer to `verify` says; undefined where it says neither. */
  readVerdict?(answer: string): boolean | undefined;
}

/** Which occurrences a mention without offsets stands for. */
export type OccurrenceRule =
  /** The first free one. */
  | 'first'
  /** Every one. */
  | 'all'
  /** The next free one after the mention before, else the first free one. */
  | 'next';

/** A label as it is asked about. `name` is unlike all others of its question. */
export interface AskedLabel {
  readonly name: string;
  readonly path: TypePath;
  /** What it means, where the question says so. */
  readonly description?: string;
  /** Other names that an answer may use. */
  readonly synonyms?: readonly string[];
  /** Mentions of the type, where the question says what it means. */
  readonly examples?: readonly string[];
}

/** An annotated text shown to the model. Offsets are UTF-16 units, end exclusive. */
export interface Demonstration {
  readonly text: string;
  readonly entities: readonly (Range & { readonly path: TypePath })[];
}

export interface ProtocolQuestion {
  readonly sentence: string;
  readonly labels: readonly AskedLabel[];
  /** BCP 47 primary language, where known. */
  readonly lang?: string;
  readonly demonstrations: readonly Demonstration[];
}

export interface ProtocolRequest {
  readonly messages: readonly ChatMessage[];
  readonly options: ChatOptions;
}

/** What of an answer is read: its text, and whether it is whole. */
export type ProtocolAnswer = Pick<ChatAnswer, 'text' | 'finish'>;

/** A mention as an answer names it. */
export interface ReadMention {
  readonly mention: string;
  readonly label: AskedLabel;
  /** Where it stands in the sentence, where the answer says so; then no occurrence is looked for. */
  readonly span?: Range;
  /** Words that stand before it, which tell occurrences apart. */
  readonly before?: string;
  /** Why the model thinks so, for the hover. */
  readonly reason?: string;
}

export interface PlacedMention extends ReadMention {
  readonly span: Range;
}

export interface ProtocolReading {
  readonly mentions: readonly ReadMention[];
  /** What could not be read, each a sentence for the user. */
  readonly problems: readonly Phrase[];
}

/** The labels in batches of at most `most`, in their order, as equal in size as may be. */
export function batchLabels<Label>(labels: readonly Label[], most: number): Label[][] {
  const batches = Math.max(1, Math.ceil(labels.length / Math.max(1, most)));
  return Array.from({ length: batches }, (_, index) =>
    labels.slice(
      Math.floor((index * labels.length) / batches),
      Math.floor(((index + 1) * labels.length) / batches),
    ),
  );
}
