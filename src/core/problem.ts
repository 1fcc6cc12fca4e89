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
  readonly message: string;
  /** What the user can do about it, as a sentence. */
  readonly mend: string;
  /** Line of the input, counted from 1. */
  readonly line?: number;
  /** Key or column that holds the value, as `entities[2].start`. */
  readonly field?: string;
  /** An edit that mends it. */
  readonly fix?: TextFix;
}
