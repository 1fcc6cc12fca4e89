import { isDecided, type Entity } from '../entity/entity';
import type { PassageData } from '../formats/format';
import type { Range } from '../text/range';
import { splitSentences } from '../text/sentences';

/** A sentence with what is known of its entities; offsets are UTF-16 units of the sentence. */
export interface AnnotatedSentence {
  readonly text: string;
  /** Entities to be learnt, in text order. */
  readonly entities: readonly Entity[];
  /** Whether an engine suggests something in it that nobody has decided on. */
  readonly isUndecided: boolean;
}

export interface SentenceChoice {
  /** What is learnt as one example. */
  readonly unit: 'sentence' | 'passage';
  /** Whether what engines suggest is taken as well. */
  readonly suggested: boolean;
}

/**
 * The sentences of a passage, without outer blanks. Those that an entity goes across are joined.
 * Rejected entities are left out.
 */
export function annotatedSentences(
  passage: PassageData,
  { unit, suggested }: SentenceChoice,
): AnnotatedSentence[] {
  const { text, lang } = passage;
  const standing = passage.entities.filter(({ state }) => state !== 'rejected');
  const whole = { start: 0, end: text.length };
  const sentences =
    unit === 'passage' ? [whole] : splitSentences(text, lang === undefined ? {} : { lang });
  return joinAcross(sentences, standing)
    .filter(({ start, end }) => /[\p{L}\p{N}]/u.test(text.slice(start, end)))
    .map(({ start, end }) => {
      const inside = standing
        .filter((entity) => start <= entity.start && entity.end <= end)
        .map((entity) => ({ ...entity, start: entity.start - start, end: entity.end - start }))
        .sort((a, b) => a.start - b.start || b.end - a.end);
      const taken = inside.filter((entity) => suggested || isDecided(entity));
      return {
        text: text.slice(start, end),
        entities: taken,
        isUndecided: taken.length < inside.length,
      };
    });
}

function joinAcross(sentences: readonly Range[], entities: readonly Range[]): Range[] {
  const joined: Range[] = [];
  for (const sentence of sentences) {
    const last = joined.at(-1);
    const crosses =
      last !== undefined &&
      entities.some(({ start, end }) => start < last.end && end > sentence.start);
    if (crosses) joined[joined.length - 1] = { start: last.start, end: sentence.end };
    else joined.push(sentence);
  }
  // An entity may begin or end in the blanks around a sentence.
  return joined.map(({ start, end }) => {
    const touching = entities.filter((entity) => entity.start < end && entity.end > start);
    return {
      start: Math.min(start, ...touching.map((entity) => entity.start)),
      end: Math.max(end, ...touching.map((entity) => entity.end)),
    };
  });
}
