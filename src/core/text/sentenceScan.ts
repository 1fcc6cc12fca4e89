import { CharacterClass, classOf, codePointAt, isSpace } from './characters';
import { endOfCodeSpan } from './codeSpans';
import type { Range } from './range';
import { endOfClosers } from './sentenceClosers';
import { endsSentence, type Stop } from './sentenceRules';
import { trimRange } from './trim';

const BACKTICK = 0x60;
const FULL_STOP = 0x2e;
const STRAIGHT_QUOTE = 0x22;

const strongStops = new Set([...'。！？｡۔।॥։።‽။។'].map((stop) => stop.charCodeAt(0)));
const weakStops = new Set([...'.!?…．‼⁇⁈⁉؟'].map((stop) => stop.charCodeAt(0)));

/** How far is read at once where no sentence ends: less than a millisecond's work. */
const STEP_UNITS = 16_384;

/**
 * The sentences of a stretch of prose, and undefined after every step in which none ended. One pass:
 * only at marks that can end a sentence are the words around looked at, and never further than a
 * fixed distance.
 */
export function* scanSentences(
  text: string,
  stretch: Range,
  lang: string | undefined,
): Generator<Range | undefined, void, undefined> {
  const { end } = stretch;
  let sentenceStart = stretch.start;
  let straightQuotes = 0;
  let at = stretch.start;
  let pause = at + STEP_UNITS;
  while (at < end) {
    if (at >= pause) {
      yield undefined;
      pause = at + STEP_UNITS;
    }
    const unit = text.charCodeAt(at);
    if (unit === BACKTICK) {
      at = endOfCodeSpan(text, at, end);
      continue;
    }
    if (unit === STRAIGHT_QUOTE) straightQuotes++;
    if (!isStop(unit) || (unit < 0x80 && isPlainLetter(text.charCodeAt(at + 1)))) {
      at++;
      continue;
    }
    const stopEnd = endOfStops(text, at, end);
    const closers = endOfClosers(text, at, stopEnd, end, straightQuotes % 2 === 1);
    const stop: Stop = {
      text,
      sentenceStart,
      start: at,
      stopEnd,
      ...closers,
      limit: end,
      kind: kindOfStop(text, at, stopEnd),
      lang,
    };
    if (closers.end < end && endsSentence(stop)) {
      const sentence = trimRange(text, sentenceStart, closers.end);
      if (sentence !== undefined) yield sentence;
      at = closers.end;
      sentenceStart = at;
      straightQuotes = 0;
      pause = at + STEP_UNITS;
    } else {
      at = stopEnd;
    }
  }
  const last = trimRange(text, sentenceStart, end);
  if (last !== undefined) yield last;
}

function isStop(unit: number): boolean {
  if (unit < 0x80) return unit === FULL_STOP || unit === 0x21 || unit === 0x3f;
  return strongStops.has(unit) || weakStops.has(unit);
}

/** A letter or digit of ASCII right after a stop: "3.5", "example.com", the most frequent case. */
function isPlainLetter(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || ((unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a);
}

/** End of the marks that belong together: `?!`, `...`, and the tokenised `. . .`. */
function endOfStops(text: string, start: number, end: number): number {
  let at = start;
  for (;;) {
    while (at < end && isStop(text.charCodeAt(at))) at++;
    const isSpacedEllipsis =
      at + 1 < end &&
      text.charCodeAt(at) === 0x20 &&
      text.charCodeAt(at - 1) === FULL_STOP &&
      text.charCodeAt(at + 1) === FULL_STOP &&
      (at + 2 >= end || !isLetter(text, at + 2));
    if (!isSpacedEllipsis) return at;
    at++;
  }
}

function isLetter(text: string, at: number): boolean {
  const kind = classOf(codePointAt(text, at));
  return kind !== CharacterClass.other && !isSpace(codePointAt(text, at));
}

function kindOfStop(text: string, start: number, end: number): Stop['kind'] {
  let kind: Stop['kind'] = end - start === 1 ? 'period' : 'ellipsis';
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x80 && strongStops.has(unit)) return 'strong';
    if (unit === 0x2026) kind = kind === 'period' ? 'ellipsis' : kind;
    else if (unit !== FULL_STOP && unit !== 0x20 && unit !== 0xff0e) kind = 'exclamation';
  }
  return kind;
}
