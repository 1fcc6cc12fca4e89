import type { Range } from '../../core/text/range';
import { splitSentences } from '../../core/text/sentences';
import type { Passage } from '../engine';

/** A model repeats what it is asked about: longer sentences are cut between words. */
const MOST_UNITS = 3000;

/**
 * What of a passage is asked about at once (UTF-16 units, end exclusive), in order: its sentences, or
 * all of it; without outer blanks, and nothing that has neither letters nor digits.
 */
export function readingUnits({ text, lang }: Passage, unit: 'sentence' | 'passage'): Range[] {
  const whole = trimmed(text, { start: 0, end: text.length });
  const units =
    unit === 'passage' ? [whole] : splitSentences(text, lang === undefined ? {} : { lang });
  return units
    .flatMap((range) => cutLong(text, range))
    .filter(({ start, end }) => /[\p{L}\p{N}]/u.test(text.slice(start, end)));
}

/** The units that a span touches, as one range; the span itself where it touches none. */
export function unitAround(units: readonly Range[], span: Range): Range {
  const touched = units.filter(({ start, end }) => start < span.end && span.start < end);
  const start = Math.min(span.start, touched[0]?.start ?? span.start);
  return { start, end: Math.max(span.end, touched.at(-1)?.end ?? span.end) };
}

function cutLong(text: string, range: Range): Range[] {
  const parts: Range[] = [];
  let { start } = range;
  while (range.end - start > MOST_UNITS) {
    const latest = start + MOST_UNITS;
    const blank = text.slice(start, latest).search(/\s\S*$/u);
    let end = blank > 0 ? start + blank : latest;
    if (blank <= 0 && (text.charCodeAt(end) & 0xfc00) === 0xdc00) end--;
    parts.push(trimmed(text, { start, end }));
    start = end;
  }
  parts.push(trimmed(text, { start, end: range.end }));
  return parts;
}

function trimmed(text: string, { start, end }: Range): Range {
  const piece = text.slice(start, end);
  const from = start + (piece.length - piece.trimStart().length);
  return { start: from, end: Math.max(from, start + piece.trimEnd().length) };
}
