import { graphemeWidth, splitGraphemes, textWidth } from './width';

/** A stretch of text in one style. `glued`: one unit that stays on the line of what is before it. */
export interface Run {
  readonly text: string;
  readonly paint: (text: string) => string;
  readonly glued?: boolean;
}

/** A piece that is never cut, with the columns it takes. */
interface Piece {
  text: string;
  readonly width: number;
  readonly paint: (text: string) => string;
  readonly blank: boolean;
  readonly breakBefore: boolean;
}

/** Punctuation that must not begin a line (JIS X 4051), and such as must not end one. */
const notAtBeginning = /^[、。，．：；！？）］｝〉》」』】〕〟’”…・ー々‹›»)\]}.,:;!?%]/u;
const notAtEnd = /[（［｛〈《「『【〔〝‘“([{«]$/u;

/**
 * The runs as lines of at most `columns`, joined by line breaks. Breaks at blanks and between wide
 * characters; line breaks of the text stay. A piece wider than a line stands on a line of its own.
 */
export function wrapRuns(runs: readonly Run[], columns: number): string {
  const lines: string[] = [];
  let line: Piece[] = [];
  let width = 0;
  const flush = () => {
    while (line.at(-1)?.blank === true) line.pop();
    lines.push(paintLine(line));
    line = [];
    width = 0;
  };
  let unit: Piece[] = [];
  let unitWidth = 0;
  const placeUnit = () => {
    if (width > 0 && width + unitWidth > columns && unit.some((piece) => !piece.blank)) flush();
    line.push(...unit);
    width += unitWidth;
    unit = [];
    unitWidth = 0;
  };
  for (const piece of splitPieces(runs)) {
    if (piece.text === '\n') {
      placeUnit();
      flush();
      continue;
    }
    if (piece.breakBefore) placeUnit();
    unit.push(piece);
    unitWidth += piece.width;
  }
  placeUnit();
  if (line.length > 0) flush();
  return lines.join('\n');
}

function* splitPieces(runs: readonly Run[]): Generator<Piece> {
  let before = '\n';
  for (const run of runs) {
    if (run.glued === true) {
      const { text, paint } = run;
      yield { text, paint, width: textWidth(text), blank: false, breakBefore: false };
      before = text;
      continue;
    }
    for (const text of splitText(run.text)) {
      const blank = text.trim() === '';
      const breakBefore = mayBreak(before, text);
      yield { text, paint: run.paint, width: textWidth(text), blank, breakBefore };
      before = text;
    }
  }
}

/** Line breaks, blanks, words, and single characters where they are wide. */
function* splitText(text: string): Generator<string> {
  for (const [part] of text.matchAll(/\n|[^\S\n]+|\S+/gu)) {
    if (/^[\x20-\x7e]*$/.test(part) || part === '\n') {
      yield part;
      continue;
    }
    let narrow = '';
    for (const grapheme of splitGraphemes(part)) {
      if (graphemeWidth(grapheme) < 2) {
        narrow += grapheme;
        continue;
      }
      if (narrow !== '') yield narrow;
      narrow = '';
      yield grapheme;
    }
    if (narrow !== '') yield narrow;
  }
}

function mayBreak(before: string, text: string): boolean {
  if (/\s$/u.test(before)) return true;
  if (/^\s/u.test(text)) return true;
  if (notAtBeginning.test(text) || notAtEnd.test(before)) return false;
  return isWide(text) || isWide(before);
}

function isWide(text: string): boolean {
  return splitGraphemes(text).some((grapheme) => graphemeWidth(grapheme) === 2);
}

/** Neighbouring pieces of one style are painted together. */
function paintLine(pieces: readonly Piece[]): string {
  let painted = '';
  let text = '';
  let paint: Run['paint'] | undefined;
  for (const piece of pieces) {
    if (piece.paint !== paint) {
      if (paint !== undefined) painted += paint(text);
      text = '';
      paint = piece.paint;
    }
    text += piece.text;
  }
  return paint === undefined ? painted : painted + paint(text);
}
