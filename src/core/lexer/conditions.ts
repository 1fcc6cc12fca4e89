import type { Condition, Place } from './rules';

const identifierPart = /[\p{L}\p{N}_$]/u;
const LONGEST_PREFIX = 4;

/** The place is at the beginning of a line, white space aside. */
export const atLineStart: Condition = ({ text, at, start }) => {
  let from = at;
  while (from > start && (text.charAt(from - 1) === ' ' || text.charAt(from - 1) === '\t')) from--;
  return from === start || isBreak(text.charAt(from - 1));
};

/** The place is the first character of a line. */
export const atLineFirst: Condition = ({ text, at, start }) =>
  at === start || isBreak(text.charAt(at - 1));

/** White space, or the start of the text, stands before. */
export const afterSpace: Condition = ({ text, at, start }) =>
  at === start || /\s/.test(text.charAt(at - 1));

/** In shell a `#` begins a comment only as the first character of a word. */
export const atWordStart: Condition = ({ text, at, start }) =>
  at === start || /[\s;|&()]/.test(text.charAt(at - 1));

/** No letter, digit or underscore stands before. */
export const notInWord: Condition = ({ text, at, start }) =>
  at === start || !identifierPart.test(text.charAt(at - 1));

/** The letters right before a quotation mark, up to four, if they are a whole word. */
export function prefixBefore({ text, at, start }: Place): string {
  let from = at;
  while (
    from > start &&
    at - from <= LONGEST_PREFIX &&
    identifierPart.test(text.charAt(from - 1))
  ) {
    from--;
  }
  return at - from > LONGEST_PREFIX ? '' : text.slice(from, at);
}

/** The word before a quotation mark is one of the prefixes that the pattern allows. */
export function afterPrefix(pattern: RegExp): Condition {
  return (place) => pattern.test(prefixBefore(place));
}

/** One of the strings stands right before. */
export function after(...before: readonly string[]): Condition {
  return ({ text, at, start }) =>
    before.some((part) => at - part.length >= start && text.startsWith(part, at - part.length));
}

function isBreak(character: string): boolean {
  return character === '\n' || character === '\r';
}
