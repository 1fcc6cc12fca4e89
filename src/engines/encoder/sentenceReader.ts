import { findSentences } from '../../core/text/sentences';
import type { Range } from '../../core/text/range';
import type { Passage } from '../engine';
import { wordsIn, type TextFeatures } from './textFeatures';
import { cutUnitsInSteps, type Unit, type UnitRules } from './units';

/** A unit at its place, with its features where they are known. */
export interface ReadUnit {
  /** Index of the passage among those read together. */
  readonly passage: number;
  /** Where the unit's text begins in the passage (UTF-16 units). */
  readonly offset: number;
  readonly text: string;
  readonly words: number;
  /** See {@link Unit.owns}. */
  readonly owns: (first: number, last: number) => boolean;
  /** Whether the unit is a whole sentence, not a window of one. */
  readonly isSentence: boolean;
  /** What to encode, or what is known of the text already. */
  readonly content: { readonly unit: Unit } | { readonly features: TextFeatures };
}

export interface ReadingRules extends UnitRules {
  /** Features of a text read before. */
  readonly known: (text: string) => TextFeatures | undefined;
}

/**
 * The units of passages, in text order, lazily: sentence by sentence, windows where a sentence is
 * too long. Nothing is left out.
 */
export function* readUnits(
  passages: readonly Passage[],
  rules: ReadingRules,
): Generator<ReadUnit, void, undefined> {
  for (const unit of readUnitsInSteps(passages, rules)) if (unit !== undefined) yield unit;
}

/** What `readUnits` gives, and undefined after every step that came to no unit: long texts take seconds. */
export function* readUnitsInSteps(
  passages: readonly Passage[],
  rules: ReadingRules,
): Generator<ReadUnit | undefined, void, undefined> {
  for (const [index, passage] of passages.entries()) {
    const lang = passage.lang === undefined ? {} : { lang: passage.lang };
    for (const sentence of findSentences(passage.text, lang)) {
      if (sentence === undefined) yield undefined;
      else yield* readSentence(passage.text, sentence, index, rules);
    }
  }
}

function* readSentence(
  text: string,
  { start, end }: Range,
  passage: number,
  rules: ReadingRules,
): Generator<ReadUnit | undefined, void, undefined> {
  const sentence = text.slice(start, end);
  const features = rules.known(sentence);
  if (features) {
    yield {
      passage,
      offset: start,
      text: sentence,
      words: wordsIn(features),
      owns: () => true,
      isSentence: true,
      content: { features },
    };
    return;
  }
  for (const unit of cutUnitsInSteps(sentence, rules)) {
    yield (
      unit && {
        passage,
        offset: start + unit.offset,
        text: unit.text,
        words: unit.inputs.length,
        owns: unit.owns,
        isSentence: unit.text.length === sentence.length,
        content: { unit },
      }
    );
  }
}
