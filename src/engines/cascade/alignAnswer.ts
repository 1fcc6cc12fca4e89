import { Occurrences } from '../../core/formats/occurrences';
import { phrase, type Phrase } from '../../core/messages/phrase';
import type { Range } from '../../core/text/range';
import { alignCharacters, type CharacterMap } from './alignCharacters';
import { readCharacters, type CharacterText } from './characters';
import { findMarks } from './findMarks';
import { pairMarks, type MarkedRange, type PairedMarks } from './pairMarks';

export interface AlignedAnswer {
  /** Marked places of the sentence (UTF-16 units, end exclusive) in text order, none twice. */
  readonly spans: readonly Range[];
  /** What could not be mapped, each a sentence for the user. */
  readonly problems: readonly Phrase[];
}

/** Least share of characters that a mention and its place must have in common. */
const LIKE = 0.7;
/** Least share of the sentence that an answer without any mention must repeat. */
const REPEATED = 0.5;
/** Answers are not longer than this many times their sentence, and some words. */
const LONGEST = { times: 6, plus: 2000 };

/**
 * Finds the places of a sentence that an answer marks: the answer is the sentence with `##` around
 * each entity, or should be. Blanks, quotes, case and accents may differ, words may be missing,
 * added or changed, there may be words before and after, number signs of the sentence itself, marks
 * inside marks, marks without a partner: every mention that still maps to the sentence is kept.
 * @param cut Whether the answer ended before it was whole.
 */
export function alignAnswer(sentence: string, answer: string, cut = false): AlignedAnswer {
  const problems: Phrase[] = [];
  const cleaned = cleanAnswer(answer);
  const most = LONGEST.times * sentence.length + LONGEST.plus;
  if (cut) {
    problems.push(
      phrase`The answer broke off at its longest: what comes after “…${tailOf(cleaned)}” was not marked.`,
    );
  }
  if (cleaned.length > most) {
    problems.push(
      phrase`The answer is ${cleaned.length} characters long; only the first ${most} were read.`,
    );
  }
  const read = readCharacters(cleaned.slice(0, most));
  const source = readCharacters(sentence);
  const map = alignCharacters(read.characters, source.characters);
  const { ranges, lonely, empty } = readMarks(read, source, map);
  for (const { gap } of lonely) {
    problems.push(phrase`A mark near “${around(read, gap)}” has no partner.`);
  }
  if (empty > 0) problems.push(phrase`Marks with nothing between them: ${empty}.`);

  const spans: Range[] = [];
  const unmapped: MarkedRange[] = [];
  for (const range of ranges) {
    const span = mapRange(range, read, source, map);
    if (span === undefined) unmapped.push(range);
    else spans.push(span);
  }
  const occurrences = new Occurrences(sentence);
  for (const range of unmapped) {
    const mention = surfaceOf(range, read);
    const span = findSurface(occurrences, mention, spans);
    if (span === undefined)
      problems.push(phrase`The answer marks “${mention}”, which the text does not have.`);
    else spans.push(span);
  }
  if (ranges.length === 0 && repeatedShare(map, source) < REPEATED) {
    problems.push(phrase`The answer is not the text with marks: “${headOf(cleaned)}”.`);
  }
  return { spans: inOrder(spans), problems };
}

function readMarks(answer: CharacterText, sentence: CharacterText, map: CharacterMap): PairedMarks {
  const paired = pairMarks(findMarks(answer, sentence, map));
  if (paired.lonely.length === 0 || sentence.signs.length === 0) return paired;
  const others = pairMarks(findMarks(answer, sentence, map, false));
  return others.lonely.length < paired.lonely.length ? others : paired;
}

/** The answer without what a model thought before it, and with plain number signs. */
function cleanAnswer(answer: string): string {
  return answer
    .replace(/^\s*<think(?:ing)?>[\s\S]*?(?:<\/think(?:ing)?>|$)/u, '')
    .replace(/\\#/gu, '#')
    .trim();
}

/** The place that a marked range stands for, where it has enough in common with it. */
function mapRange(
  { first, end }: MarkedRange,
  answer: CharacterText,
  { characters, signs }: CharacterText,
  map: CharacterMap,
): Range | undefined {
  let from = Infinity;
  let to = -1;
  let same = 0;
  for (let at = first; at < end; at++) {
    const place = map[at] ?? -1;
    if (place < 0) continue;
    from = Math.min(from, place);
    to = Math.max(to, place + 1);
    same++;
  }
  if (to < 0) return undefined;
  // Where the first or last letter stands for nothing, its word is taken whole.
  if ((map[first] ?? -1) < 0) while (isInsideWord(characters, from)) from--;
  if ((map[end - 1] ?? -1) < 0) while (isInsideWord(characters, to)) to++;
  if ((2 * same) / (end - first + (to - from)) < LIKE) return undefined;
  let start = characters[from]?.start ?? 0;
  let stop = characters[to - 1]?.end ?? 0;
  // A single number sign belongs to what it touches: “#1”, “C#”.
  for (const run of signs) {
    if (run.end - run.start !== 1) continue;
    if (run.end === start && hasStuckSigns(answer, first)) start = run.start;
    if (run.start === stop && hasStuckSigns(answer, end)) stop = run.end;
  }
  return { start, end: stop };
}

/** Whether a letter of the same word stands left of the place. */
function isInsideWord(characters: CharacterText['characters'], place: number): boolean {
  const left = characters[place - 1];
  const right = characters[place];
  return (
    left !== undefined &&
    right !== undefined &&
    left.end === right.start &&
    left.joins &&
    right.joins
  );
}

function hasStuckSigns({ signs }: CharacterText, gap: number): boolean {
  return signs.some((run) => run.gap === gap && run.end - run.start >= 3);
}

/** A mention that the alignment lost, by its words: a place that no other mention has. */
function findSurface(
  occurrences: Occurrences,
  mention: string,
  taken: readonly Range[],
): Range | undefined {
  const isFree = ({ start, end }: Range): boolean =>
    taken.every((other) => other.end <= start || end <= other.start);
  const pick = (places: readonly Range[]): Range | undefined =>
    places.find((place) => occurrences.isBounded(place) && isFree(place));
  return pick(occurrences.exact(mention)) ?? pick(occurrences.fuzzy(mention));
}

function repeatedShare(map: CharacterMap, { characters }: CharacterText): number {
  const paired = map.reduce((sum, place) => sum + Number(place >= 0), 0);
  return characters.length === 0 ? 1 : paired / characters.length;
}

function inOrder(spans: readonly Range[]): Range[] {
  const all = new Map(spans.map((span) => [`${span.start} ${span.end}`, span]));
  return [...all.values()].sort((a, b) => a.start - b.start || b.end - a.end);
}

/** The words of a range, without marks inside it. */
function surfaceOf({ first, end }: MarkedRange, { text, characters }: CharacterText): string {
  const piece = text.slice(characters[first]?.start ?? 0, characters[end - 1]?.end ?? 0);
  return piece.replace(/##/gu, '').trim();
}

function around({ text, characters }: CharacterText, gap: number): string {
  const at = characters[gap]?.start ?? text.length;
  return text.slice(Math.max(0, at - 15), at + 15).trim();
}

function headOf(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function tailOf(text: string): string {
  return text.slice(-30);
}
