import { CharacterClass, classOf, codePointAt } from './characters';
import type { Range } from './range';
import { trimRange } from './trim';

// Nobody wraps prose at less than this width; all lines shorter than it may be a list.
const LEAST_WIDTH = 40;
const RAGGED = 0.8;
const LEAST_LIST_LINES = 3;
const PEEK_UNITS = 200;

const endsOpen = /(?:[,;、，(（[{«„–—/&+-]|(?:^|\s)\p{Ll}{1,3})$/u;
const endsSentence = /[.!?…。！？][)\]"'”’»」』]*$/u;
const keyAndValue = /^[\p{L}_][\p{L}\p{N}_. -]{0,30}[:=](?:\s|$)/u;
const looseSeparator = /[,;](?=\S)(?!\d)/g;

/**
 * The ends of those lines of a wrapped paragraph at which a sentence ends although it has no
 * full stop: offsets in the text, in order. Wrapped lines go on; a line break is meant as one
 * where the next line's first word would have fitted before it, in lists of short lines, after a
 * colon, between `key: value` lines, between lines with the same number of separators (CSV), and
 * where Markdown asks for one by two spaces.
 */
export function findLineBreaks(text: string, lines: readonly Range[]): number[] {
  const rows: Line[] = [];
  for (const line of lines) {
    const trimmed = trimRange(text, line.start, line.end);
    if (trimmed !== undefined) rows.push(describe(text, line, trimmed));
  }
  const width = rows.reduce((longest, row) => Math.max(longest, row.end - row.start), 0);
  const isList =
    rows.length >= LEAST_LIST_LINES &&
    width < LEAST_WIDTH &&
    rows.every((row) => row.opensSentence && !endsSentence.test(row.tail) && !row.endsOpen);
  const breaks: number[] = [];
  for (let i = 0; i + 1 < rows.length; i++) {
    const row = rows[i];
    const next = rows[i + 1];
    if (row === undefined || next === undefined) continue;
    if (isList || isMeant(row, next, width)) breaks.push(row.lineEnd);
  }
  return breaks;
}

interface Line extends Range {
  readonly lineEnd: number;
  /** The first and the last 200 units. */
  readonly head: string;
  readonly tail: string;
  readonly firstWordUnits: number;
  readonly opensSentence: boolean;
  readonly endsOpen: boolean;
  readonly asksForBreak: boolean;
}

function describe(text: string, line: Range, { start, end }: Range): Line {
  const head = text.slice(start, Math.min(end, start + PEEK_UNITS));
  const tail = text.slice(Math.max(start, end - PEEK_UNITS), end);
  const first = classOf(codePointAt(text, start));
  const firstWordUnits =
    first === CharacterClass.unspaced ? 1 : (/^\S+/u.exec(head)?.[0].length ?? 0);
  return {
    start,
    end,
    lineEnd: line.end,
    head,
    tail,
    firstWordUnits,
    opensSentence: first !== CharacterClass.lower && !/^[,;:.!?)\]}，、。！？]/u.test(head),
    endsOpen: endsOpen.test(tail),
    asksForBreak: line.end - end >= 2,
  };
}

function isMeant(row: Line, next: Line, width: number): boolean {
  if (keyAndValue.test(row.head) && keyAndValue.test(next.head)) return true;
  if (!next.opensSentence) return false;
  const separators = countSeparators(row);
  if (separators > 0 && separators === countSeparators(next)) return true;
  if (row.endsOpen) return false;
  if (row.asksForBreak || /[:：]$/u.test(row.tail)) return true;
  const fitted = row.end - row.start + 1 + next.firstWordUnits;
  return width >= LEAST_WIDTH && fitted <= width * RAGGED;
}

function countSeparators(row: Line): number {
  if (endsSentence.test(row.tail) || row.end - row.start > PEEK_UNITS) return 0;
  return row.head.match(looseSeparator)?.length ?? 0;
}
