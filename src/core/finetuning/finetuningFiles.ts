import type { Entity } from '../entity/entity';
import type { PassageData } from '../formats/format';
import type { Taxonomy } from '../labels/taxonomy';
import { phrase, type Phrase } from '../messages/phrase';
import { chooseValidation } from './chooseValidation';
import { classificationsOf, writeClassification } from './classification';
import { writeConversations, type Conversation } from './conversation';
import { writeExtraction } from './extraction';
import { annotatedSentences, type AnnotatedSentence } from './sentences';

export interface FinetuningOptions {
  /** Types of the classifier's questions. */
  readonly taxonomy: Taxonomy;
  /** What is learnt as one example: a sentence, or a passage as it comes. */
  readonly unit?: 'sentence' | 'passage';
  /** Whether what engines suggest is taken as well. */
  readonly suggested?: boolean;
  /** Whether the extractor also learns sentences without entities. */
  readonly unlabelled?: boolean;
  /** Share of the sentences, in 0..1, that is kept for validation. */
  readonly validation: number;
  readonly seed: number;
}

export interface FinetuningFile {
  readonly name: string;
  /** Number of conversations in it. */
  readonly size: number;
  readonly text: string;
}

/** Something that the files do not hold, with how often. */
export interface FinetuningNote {
  readonly message: Phrase;
  readonly count: number;
}

const notes = {
  undecided: phrase`Sentences with suggestions that nobody has decided on are left out of the extractor’s files.`,
  unplaced: phrase`Passages that list mentions which do not occur in them are left out of the extractor’s files.`,
  nested: phrase`Entities inside or across longer ones are not marked for the extractor.`,
  signs: phrase`Examples whose own number signs cannot be told from marks are left out.`,
  types: phrase`Entities whose type the labels do not have are left out of the classifier’s files.`,
} as const;

interface Example {
  readonly sentence: string;
  readonly conversation: Conversation;
}

/**
 * Makes the fine-tuning files of CascadeNER's two models from annotated passages: SWIFT conversations
 * of the extractor and of the classifier, each for training and for validation. Every conversation that is
 * written reads back as the entities that it was made of; what cannot is left out and counted.
 */
export class FinetuningFiles {
  private readonly extraction: Example[] = [];
  private readonly classification: Example[] = [];
  private readonly sentences = new Set<string>();
  private readonly counts = new Map<keyof typeof notes, number>();

  constructor(private readonly options: FinetuningOptions) {}

  /** Different sentences with at least one example so far. */
  get sentenceCount(): number {
    return this.sentences.size;
  }

  /** What was left out so far. */
  get notes(): FinetuningNote[] {
    return [...this.counts].map(([kind, count]) => ({ message: notes[kind], count }));
  }

  add(passage: PassageData): void {
    const { unit = 'sentence', suggested = false } = this.options;
    const isWhole = (passage.unplaced ?? []).length === 0;
    if (!isWhole) this.note('unplaced');
    for (const sentence of annotatedSentences(passage, { unit, suggested })) {
      if (isWhole) this.addExtraction(sentence);
      for (const entity of sentence.entities) this.addClassifications(sentence.text, entity);
    }
  }

  /** The four files, those without conversations too. */
  files(): FinetuningFile[] {
    const { validation, seed } = this.options;
    const held = chooseValidation(this.sentences, validation, seed);
    const file = (name: string, examples: readonly Example[], isHeld: boolean): FinetuningFile => {
      const chosen = examples.filter(({ sentence }) => held.has(sentence) === isHeld);
      return {
        name,
        size: chosen.length,
        text: writeConversations(chosen.map(({ conversation }) => conversation)),
      };
    };
    return [
      file('extractor.train.json', this.extraction, false),
      file('extractor.validation.json', this.extraction, true),
      file('classifier.train.json', this.classification, false),
      file('classifier.validation.json', this.classification, true),
    ];
  }

  private addExtraction({ text, entities, isUndecided }: AnnotatedSentence): void {
    if (isUndecided) {
      this.note('undecided');
      return;
    }
    if (entities.length === 0 && this.options.unlabelled !== true) return;
    const { spans, others } = outermost(entities);
    this.note('nested', others);
    this.keep(this.extraction, text, writeExtraction({ sentence: text, spans }));
  }

  private addClassifications(text: string, { start, end, path }: Entity): void {
    const examples = classificationsOf(text, { start, end }, path, this.options.taxonomy);
    if (examples.length === 0) this.note('types');
    const written = examples.map((example) => writeClassification(example));
    // Half of a descent would teach that it ends there.
    if (written.includes(undefined)) this.note('signs');
    else for (const conversation of written) this.keep(this.classification, text, conversation);
  }

  private keep(
    examples: Example[],
    sentence: string,
    conversation: Conversation | undefined,
  ): void {
    if (conversation === undefined) {
      this.note('signs');
      return;
    }
    examples.push({ sentence, conversation });
    this.sentences.add(sentence);
  }

  private note(kind: keyof typeof notes, times = 1): void {
    if (times > 0) this.counts.set(kind, (this.counts.get(kind) ?? 0) + times);
  }
}

/** Places that do not overlap, the longest first as CascadeNER unites them; equal places are one. */
function outermost(entities: readonly Entity[]): {
  readonly spans: readonly { readonly start: number; readonly end: number }[];
  readonly others: number;
} {
  const longestFirst = [...entities].sort(
    (a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start,
  );
  const spans: { start: number; end: number }[] = [];
  let others = 0;
  for (const { start, end } of longestFirst) {
    const crossed = spans.find((span) => start < span.end && span.start < end);
    if (crossed === undefined) spans.push({ start, end });
    else if (crossed.start !== start || crossed.end !== end) others++;
  }
  return { spans: spans.sort((a, b) => a.start - b.start), others };
}
