import { parseTree, printParseErrorCode, type ParseError } from 'jsonc-parser';

/** Where and why a text is not JSON. */
export interface JsonSyntaxError {
  /** As part of a sentence: `a comma is missing`. */
  readonly reason: string;
  /** UTF-16 offset. */
  readonly offset: number;
  /** Line and column of the offset, counted from 1. */
  readonly line: number;
  readonly column: number;
}

const reasons: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a word or number is not valid',
  InvalidNumberFormat: 'a number is not valid',
  PropertyNameExpected: 'a key in double quotes is missing',
  ValueExpected: 'a value is missing',
  ColonExpected: 'a colon is missing',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: 'a closing brace is missing',
  CloseBracketExpected: 'a closing bracket is missing',
  EndOfFileExpected: 'there is more text after the value',
  InvalidCommentToken: 'there is a comment, which JSON does not allow',
  UnexpectedEndOfString: 'a string is not closed',
  UnexpectedEndOfNumber: 'a number breaks off',
  InvalidUnicode: 'a \\u escape is not valid',
  InvalidEscapeCharacter: 'an escape is not valid',
  InvalidCharacter: 'a control character stands in a string',
};

/** The first thing that makes a text no JSON; undefined for valid JSON. */
export function findSyntaxError(text: string): JsonSyntaxError | undefined {
  if (isJson(text)) return undefined;
  const errors: ParseError[] = [];
  parseTree(text, errors, { disallowComments: true });
  const [first] = errors;
  const offset = Math.min(first?.offset ?? text.length, text.length);
  const reason = first === undefined ? undefined : reasons[printParseErrorCode(first.error)];
  return { reason: reason ?? 'a value is missing', offset, ...placeOf(text, offset) };
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
