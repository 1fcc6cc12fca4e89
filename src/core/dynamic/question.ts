/** A classification question: which of the options an entity is. */
export interface Question {
  /** Number of the entity; the questions of one entity follow each other, from coarse to fine. */
  readonly entity: number;
  readonly options: readonly string[];
  /** One of the options, or `unknown` where none of them is right. */
  readonly answer: string;
}

/** The answer where no option is right and the list has none for the rest. */
export const UNKNOWN = 'unknown';

/** Whether an option stands for the rest: `miscellaneous …`, `other …`. */
export function isRest(option: string): boolean {
  return /^(?:misc\b|miscellaneous|others?\b)/iu.test(option.trim());
}
