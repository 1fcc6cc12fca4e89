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
export class InputError extends Error {
  override readonly name = 'InputError';

  /**
   * @param problem What is wrong, as a sentence without its final full stop.
   * @param mend What the user can do about it, as a sentence.
   */
  constructor(
    readonly problem: string,
    readonly mend: string,
    readonly place: InputPlace = {},
  ) {
    super(formatInputError(problem, mend, place));
  }

  /** The same error with more of its place known; what is known already stays. */
  at(place: InputPlace): InputError {
    return new InputError(this.problem, this.mend, { ...place, ...this.place });
  }
}

function formatInputError(problem: string, mend: string, place: InputPlace): string {
  const where = [
    place.source,
    place.line,
    place.field === undefined ? undefined : `"${place.field}"`,
  ]
    .filter((part) => part !== undefined)
    .join(':');
  return `${where === '' ? '' : `${where}: `}${problem}. ${mend}`;
}
