import { parseTree, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { phrase, type Phrase } from '../messages/phrase';

/** Where and why a text is not JSON. */
export interface JsonSyntaxError {
  /** As part of a sentence: `a comma is missing`. */
  readonly reason: Phrase;
  /** UTF-16 offset. */
  readonly offset: number;
  /** Line and column of the offset, counted from 1. */
  readonly line: number;
  readonly column: number;
}

const reasons: Readonly<Record<string, Phrase>> = {
  InvalidSymbol: phrase`a word or number is not valid`,
  InvalidNumberFormat: phrase`a number is not valid`,
  PropertyNameExpected: phrase`a key in double quotes is missing`,
  ValueExpected: phrase`a value is missing`,
  ColonExpected: phrase`a colon is missing`,
  CommaExpected: phrase`a comma is missing`,
  CloseBraceExpected: phrase`a closing brace is missing`,
  CloseBracketExpected: phrase`a closing bracket is missing`,
  EndOfFileExpected: phrase`there is more text after the value`,
  InvalidCommentToken: phrase`there is a comment, which JSON does not allow`,
  UnexpectedEndOfString: phrase`a string is not closed`,
  UnexpectedEndOfNumber: phrase`a number breaks off`,
  InvalidUnicode: phrase`a \\u escape is not valid`,
  InvalidEscapeCharacter: phrase`an escape is not valid`,
  InvalidCharacter: phrase`a control character stands in a string`,
};

/** The first thing that makes a text no JSON; undefined for valid JSON. */
export function findSyntaxError(text: string): JsonSyntaxError | undefined {
  if (isJson(text)) return undefined;
  const errors: ParseError[] = [];
  parseTree(text, errors, { disallowComments: true });
  const [first] = errors;
  const offset = Math.min(first?.offset ?? text.length, text.length);
  const reason = first === undefined ? phrase`a value is missing` : reasonOf(first.error);
  return { reason, offset, ...placeOf(text, offset) };
}

/** What an error of jsonc-parser says, as part of a sentence. */
export function reasonOf(error: ParseError['error']): Phrase {
  return reasons[printParseErrorCode(error)] ?? phrase`a value is missing`;
}

/** Line and column of a UTF-16 offset, counted from 1. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  for (;;) {
    const at = text.indexOf('\n', lineStart);
    if (at < 0 || at >= offset) break;
    line++;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
