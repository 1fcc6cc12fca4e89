import { phrase, phraseText, type Phrase, type Translate } from './messages/phrase';

/** An error for users: its message is English, and its wording can be said in their language. */
export abstract class WordedError extends Error {
  /** @param wording What the message says, whole sentences. */
  constructor(
    readonly wording: Phrase,
    options?: ErrorOptions,
  ) {
    super(phraseText(wording), options);
  }
}

/** What anything thrown says, to be put into a phrase: its wording where it has one, else its message. */
export function wordingOf(error: unknown): Phrase | string {
  if (error instanceof WordedError) return error.wording;
  return error instanceof Error ? error.message : String(error);
}

/** What anything thrown says, in the language of `translate`; in English without it. */
export function errorText(error: unknown, translate?: Translate): string {
  const wording = wordingOf(error);
  return typeof wording === 'string' ? wording : phraseText(wording, translate);
}

/** Where in an input something went wrong; every part is optional because not every input has it. */
export interface InputPlace {
  /** File name or other name of the input, as the user knows it. */
  readonly source?: string;
  /** Line number, counted from 1. */
  readonly line?: number;
  /** Key or column that holds the bad value. */
  readonly field?: string;
}

/** Bad input. The message names the place, what is wrong, and how to mend it. */
export class InputError extends WordedError {
  override readonly name = 'InputError';

  /**
   * @param problem What is wrong, as a sentence without its final full stop.
   * @param mend What the user can do about it, as a sentence.
   */
  constructor(
    readonly problem: Phrase,
    readonly mend: Phrase,
    readonly place: InputPlace = {},
  ) {
    super(wordingOfInput(problem, mend, place));
  }

  /** The same error with more of its place known; what is known already stays. */
  at(place: InputPlace): InputError {
    return new InputError(this.problem, this.mend, { ...place, ...this.place });
  }
}

function wordingOfInput(problem: Phrase, mend: Phrase, place: InputPlace): Phrase {
  const where = [
    place.source,
    place.line,
    place.field === undefined ? undefined : `"${place.field}"`,
  ]
    .filter((part) => part !== undefined)
    .join(':');
  return where === '' ? phrase`${problem}. ${mend}` : phrase`${where}: ${problem}. ${mend}`;
}
