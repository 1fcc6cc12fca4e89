import type { Entity } from '../entity/entity';
import { phrase } from '../messages/phrase';
import { CharacterClass, classOf, codePointAt, isSpacedLetter } from '../text/characters';
import type { Range } from '../text/range';
import type { Draft, Fix } from './finding';

const blankStart = /^[\s\p{Z}]+/u;
const blankEnd = /[\s\p{Z}]+$/u;
/** Marks that no name begins with, and such that no name ends with. */
const markStart = /^[,;:!?)\]}’”»、。，；：！？」』）】…]+/u;
const markEnd = /[,;:([{‘“«、。，；：「『（【…]+$/u;
const quoted = /^(?:["“„«‹「『](?=.).*["”“»›」』]|'.*'|\(.*\)|\[.*\])$/su;

/** White space, marks and halves of words at the edges of an entity. */
export function* checkEdges(index: number, text: string, entity: Entity): Generator<Draft> {
  const mention = text.slice(entity.start, entity.end);
  const blank = trimmed(entity, mention, blankStart, blankEnd);
  if (blank !== undefined) {
    yield {
      rule: 'blank-edge',
      span: spanOf(entity),
      message: phrase`“${mention}” has white space at its edge`,
      mend: phrase`Leave the white space out of the entity.`,
      fixes: fixesTo(index, entity, blank, true),
    };
    return;
  }
  const marks = quoted.test(mention)
    ? { start: entity.start + 1, end: entity.end - 1 }
    : (trimmed(entity, mention, markStart, markEnd) ?? withoutFullStop(entity, text));
  if (marks !== undefined) {
    yield {
      rule: 'punctuation-edge',
      span: spanOf(entity),
      message: phrase`“${mention}” has punctuation at its edge`,
      mend: phrase`Leave the punctuation out, if it is no part of the name.`,
      fixes: fixesTo(index, entity, marks, false),
    };
  }
  const whole = wholeWords(text, entity);
  if (whole.start === entity.start && whole.end === entity.end) return;
  yield {
    rule: 'cut-word',
    span: spanOf(entity),
    message: phrase`“${mention}” is a part of “${text.slice(whole.start, whole.end)}”`,
    mend: phrase`Take the whole word into the entity, if that is meant.`,
    fixes: fixesTo(index, entity, whole, false),
  };
}

function spanOf({ start, end }: Range): Range {
  return { start, end };
}

function trimmed(
  { start, end }: Range,
  mention: string,
  first: RegExp,
  last: RegExp,
): Range | undefined {
  const before = first.exec(mention)?.[0].length ?? 0;
  const after = before === mention.length ? 0 : (last.exec(mention)?.[0].length ?? 0);
  return before + after === 0 ? undefined : { start: start + before, end: end - after };
}

/** A full stop that ends the sentence rather than an abbreviation: only after a long word of small letters. */
function withoutFullStop({ start, end }: Range, text: string): Range | undefined {
  const mention = text.slice(start, end);
  const ends = /\p{Ll}{4,}\.$/u.test(mention) && mention.indexOf('.') === mention.length - 1;
  return ends && /^\s*$/u.test(text.slice(end)) ? { start, end: end - 1 } : undefined;
}

const longestWord = 100;

/** The range with the words that its edges stand in; in scripts without spaces nothing is cut. */
function wholeWords(text: string, { start, end }: Range): Range {
  let from = start;
  while (from > 0 && start - from < longestWord && isInside(text, from)) from--;
  let to = end;
  while (to < text.length && to - end < longestWord && isInside(text, to)) to++;
  if (hasEnding(text, end, to)) to = end;
  return { start: from, end: to };
}

/** Whether an offset stands between two letters of one word, or inside a character. */
function isInside(text: string, offset: number): boolean {
  const [before, after] = [codePointBefore(text, offset), codePointAt(text, offset)];
  // Between the halves of a pair both are the pair, or its second half.
  if (/[\ud800-\udbff]/.test(text[offset - 1] ?? '') && after >= 0xdc00 && after <= 0xdfff)
    return true;
  if (classOf(after) === CharacterClass.mark) return true;
  return isLetter(before) && isLetter(after);
}

function isLetter(codePoint: number): boolean {
  return isSpacedLetter(codePoint) || classOf(codePoint) === CharacterClass.mark;
}

function codePointBefore(text: string, offset: number): number {
  const pair = codePointAt(text, offset - 2);
  return pair > 0xffff ? pair : codePointAt(text, offset - 1);
}

/** In Korean particles and endings are written to the word, and are no part of the name. */
function hasEnding(text: string, end: number, to: number): boolean {
  return /^[\uac00-\ud7a3]+$/.test(text.slice(end, to));
}

function fixesTo(index: number, { id }: Entity, span: Range, safe: boolean): Fix[] {
  if (span.start >= span.end) return [];
  return [
    {
      title: phrase`Correct the edges of the entity`,
      changes: [{ index, entity: id, to: { span } }],
      safe,
    },
  ];
}
