/** A place in code, as conditions and literals see it; offsets UTF-16. */
export interface Place {
  readonly text: string;
  readonly at: number;
  /** The stretch that is scanned: nothing outside it is looked at. */
  readonly start: number;
  readonly end: number;
  /** Offset of the last character of code before, neither space nor comment; -1 for none. */
  readonly lastCode: number;
}

export type Condition = (place: Place) => boolean;

/** From `open` to the end of the line. */
export interface LineCommentRule {
  readonly type: 'lineComment';
  readonly open: string;
  readonly when?: Condition;
}

export interface BlockCommentRule {
  readonly type: 'blockComment';
  readonly open: string;
  readonly close: string;
  readonly nested?: boolean;
  readonly when?: Condition;
}

/** Code inside a string, such as `${…}`. */
export interface Hole {
  readonly open: string;
  readonly nest: string;
  readonly close: string;
  /** `{{` is a brace and no hole. */
  readonly doubled?: boolean;
  /** Quotation marks and comments mean nothing in it. */
  readonly plain?: boolean;
}

export interface StringRule {
  readonly type: 'string';
  readonly open: string;
  readonly close: string;
  /** The character that takes the next one out of its meaning; none by default. */
  readonly escape?: string;
  /** The closing mark twice is the mark itself. */
  readonly doubles?: boolean;
  /** Without it an unterminated string ends with its line. */
  readonly multiline?: boolean;
  readonly holes?: readonly Hole[];
  readonly when?: Condition;
}

/** What a literal's own function found; without a kind it is code to step over. */
export interface Literal {
  readonly end: number;
  readonly kind?: 'comment' | 'string';
  readonly contentStart?: number;
  readonly contentEnd?: number;
  /** A document that begins with the next line. */
  readonly heredoc?: Heredoc;
}

export interface Heredoc {
  readonly terminator: string;
  /** Whether white space may stand before the terminator. */
  readonly indented: boolean;
  /** Whether more of the statement may follow the terminator on its line (PHP). */
  readonly goesOn?: boolean;
}

/** A literal that a table cannot describe; undefined when there is none at the place. */
export interface LiteralRule {
  readonly type: 'literal';
  readonly open: string;
  readonly scan: (place: Place) => Literal | undefined;
}

export type Rule = LineCommentRule | BlockCommentRule | StringRule | LiteralRule;

/** How a language writes comments and strings. The first rule that fits a place is taken. */
export interface Language {
  readonly rules: readonly Rule[];
  /** Outside strings too this character takes the next one out of its meaning (shell). */
  readonly codeEscape?: string;
  /** Code ends where this stands outside strings (PHP). */
  readonly codeEnd?: string;
}
