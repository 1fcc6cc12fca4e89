import { phrase, type Phrase } from './messages/phrase';

/** A replacement of `[start, end)`, in UTF-16 units of the whole file, by `text`. */
export interface TextFix {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Something wrong or doubtful in an input that could still be read. Every problem reaches the user. */
export interface Problem {
  /** What kind it is, the same in every version: `spelling`, `ambiguous-mention`, … */
  readonly kind: string;
  /** What is wrong, as a sentence without its final full stop. */
  readonly message: Phrase;
  /** What the user can do about it, as a sentence. */
  readonly mend: Phrase;
  /** Line of the input, counted from 1. */
  readonly line?: number;
  /** Key or column that holds the value, as `entities[2].start`. */
  readonly field?: string;
  /** An edit that mends it. */
  readonly fix?: TextFix;
}

/** What is wrong and how to mend it, as whole sentences without the place. */
export function describeProblem({ message, mend }: Pick<Problem, 'message' | 'mend'>): Phrase {
  return phrase`${message}. ${mend}`;
}
