import type { Character } from './characters';

/** For each character of an answer, the one of the sentence that it stands for, or -1. */
export type CharacterMap = Int32Array;

const SAME = 2;
const ALIKE = 1.8;
const OTHER = -3;
const OPEN = -3;
const EXTEND = -0.25;

/** Cells of one table: about 15 ms. */
const MOST_CELLS = 1_000_000;
const ANCHOR = 12;

/**
 * Aligns an answer with its sentence by differences: the pairing of characters, in order, that keeps
 * most of them together (Gotoh's affine gaps). Words before and after the sentence cost nothing. Long
 * texts are cut where a piece that stands once in both stands at the same place in their order.
 */
export function alignCharacters(
  answer: readonly Character[],
  sentence: readonly Character[],
): CharacterMap {
  const map = new Int32Array(answer.length).fill(-1);
  const whole = [
    { characters: answer, from: 0, to: answer.length },
    { characters: sentence, from: 0, to: sentence.length },
  ] as const;
  const { start, tail } = pairEnds(map, answer, sentence);
  if (start === answer.length && start === sentence.length) return map;
  if (answer.length * sentence.length <= MOST_CELLS) {
    // Ends that are the same may still belong elsewhere, as after words before the sentence.
    map.fill(-1);
    alignTable(map, ...whole);
  } else {
    alignBlocks(
      map,
      { characters: answer, from: start, to: answer.length - tail },
      { characters: sentence, from: start, to: sentence.length - tail },
    );
  }
  return map;
}

/** Pairs what is the same at the beginning and at the end, and tells how many characters that is. */
function pairEnds(
  map: CharacterMap,
  answer: readonly Character[],
  sentence: readonly Character[],
): { start: number; tail: number } {
  let start = 0;
  const shorter = Math.min(answer.length, sentence.length);
  while (start < shorter && answer[start]?.exact === sentence[start]?.exact) {
    map[start] = start;
    start++;
  }
  let tail = 0;
  while (
    tail < shorter - start &&
    answer[answer.length - 1 - tail]?.exact === sentence[sentence.length - 1 - tail]?.exact
  ) {
    tail++;
    map[answer.length - tail] = sentence.length - tail;
  }
  return { start, tail };
}

interface Block {
  readonly characters: readonly Character[];
  readonly from: number;
  readonly to: number;
}

function alignBlocks(map: CharacterMap, answer: Block, sentence: Block): void {
  const cells = (answer.to - answer.from) * (sentence.to - sentence.from);
  if (cells === 0) return;
  if (cells <= MOST_CELLS) {
    alignTable(map, answer, sentence);
    return;
  }
  // What lies between two anchors is aligned by itself; where there are none, nothing is.
  let before = { answer: answer.from, sentence: sentence.from };
  const anchors = findAnchors(answer, sentence);
  if (anchors.length === 0) return;
  for (const anchor of [...anchors, { answer: answer.to, sentence: sentence.to }]) {
    const [left, right] = [
      { ...answer, from: before.answer, to: anchor.answer },
      { ...sentence, from: before.sentence, to: anchor.sentence },
    ];
    if ((left.to - left.from) * (right.to - right.from) <= MOST_CELLS) alignTable(map, left, right);
    before = anchor;
  }
}

/** Places of pieces that stand once in each block, rising in both. */
function findAnchors(answer: Block, sentence: Block): { answer: number; sentence: number }[] {
  const inSentence = placesOfPieces(sentence);
  const anchors: { answer: number; sentence: number }[] = [];
  for (const [piece, place] of placesOfPieces(answer)) {
    const other = inSentence.get(piece);
    if (place < 0 || other === undefined || other < 0) continue;
    const last = anchors.at(-1);
    if (last === undefined || other > last.sentence) {
      if (last === undefined || place - last.answer >= ANCHOR) {
        anchors.push({ answer: place, sentence: other });
      }
    }
  }
  return anchors;
}

/** Each piece of a block with its place, or -1 where it stands more than once. */
function placesOfPieces({ characters, from, to }: Block): Map<string, number> {
  const text = characters.slice(from, to).map(({ folded }) => String.fromCodePoint(folded));
  const places = new Map<string, number>();
  for (let at = 0; at + ANCHOR <= text.length; at++) {
    const piece = text.slice(at, at + ANCHOR).join('');
    places.set(piece, places.has(piece) ? -1 : from + at);
  }
  return places;
}

/** Ways into a cell: by a pair, by a character of the answer alone, by one of the sentence alone. */
const PAIR = 0;
const ADDED = 1;
const DROPPED = 2;

function alignTable(map: CharacterMap, answer: Block, sentence: Block): void {
  const rows = answer.to - answer.from;
  const columns = sentence.to - sentence.from;
  if (rows === 0 || columns === 0) return;
  const width = columns + 1;
  // Two bits each: where the best pair, addition and omission that end in the cell come from.
  const ways = new Uint8Array((rows + 1) * width);
  let pair = new Float64Array(width).fill(-Infinity);
  let added = new Float64Array(width).fill(-Infinity);
  let dropped = new Float64Array(width).fill(-Infinity);
  pair[0] = 0;
  for (let column = 1; column <= columns; column++) {
    dropped[column] = OPEN + EXTEND * column;
    ways[column] = (column === 1 ? PAIR : DROPPED) << 4;
  }
  for (let row = 1; row <= rows; row++) {
    const one = answer.characters[answer.from + row - 1] as Character;
    const pairNow = new Float64Array(width).fill(-Infinity);
    const addedNow = new Float64Array(width).fill(-Infinity);
    const droppedNow = new Float64Array(width).fill(-Infinity);
    for (let column = 0; column <= columns; column++) {
      // Words before the sentence and after it are free.
      const free = column === 0 || column === columns;
      const open = free ? 0 : OPEN + EXTEND;
      const extend = free ? 0 : EXTEND;
      let way = 0;
      const fromPair = (pair[column] as number) + open;
      const fromAdded = (added[column] as number) + extend;
      const fromDropped = (dropped[column] as number) + open;
      addedNow[column] = Math.max(fromPair, fromAdded, fromDropped);
      way |=
        (addedNow[column] === fromPair ? PAIR : addedNow[column] === fromAdded ? ADDED : DROPPED) <<
        2;
      if (column > 0) {
        const other = sentence.characters[sentence.from + column - 1] as Character;
        const best = Math.max(
          pair[column - 1] as number,
          added[column - 1] as number,
          dropped[column - 1] as number,
        );
        way |= best === pair[column - 1] ? PAIR : best === added[column - 1] ? ADDED : DROPPED;
        pairNow[column] = best + scoreOf(one, other);
        const openDrop = (pairNow[column - 1] as number) + OPEN + EXTEND;
        const extendDrop = (droppedNow[column - 1] as number) + EXTEND;
        const afterAdded = (addedNow[column - 1] as number) + OPEN + EXTEND;
        droppedNow[column] = Math.max(openDrop, extendDrop, afterAdded);
        way |=
          (droppedNow[column] === openDrop
            ? PAIR
            : droppedNow[column] === extendDrop
              ? DROPPED
              : ADDED) << 4;
      }
      ways[row * width + column] = way;
    }
    pair = pairNow;
    added = addedNow;
    dropped = droppedNow;
  }
  let state = bestOf(pair[columns] as number, added[columns] as number, dropped[columns] as number);
  let row = rows;
  let column = columns;
  while (row > 0 || column > 0) {
    const way = ways[row * width + column] as number;
    if (state === PAIR && row > 0 && column > 0) {
      const one = answer.characters[answer.from + row - 1] as Character;
      const other = sentence.characters[sentence.from + column - 1] as Character;
      // A pair of different characters keeps its place in a word, but is no match of its own.
      map[answer.from + row - 1] = scoreOf(one, other) > 0 ? sentence.from + column - 1 : -1;
      state = way & 3;
      row--;
      column--;
    } else if (state === DROPPED && column > 0) {
      state = (way >> 4) & 3;
      column--;
    } else if (row > 0) {
      state = (way >> 2) & 3;
      row--;
    } else {
      column--;
    }
  }
}

function bestOf(pair: number, added: number, dropped: number): number {
  if (pair >= added && pair >= dropped) return PAIR;
  return added >= dropped ? ADDED : DROPPED;
}

function scoreOf(one: Character, other: Character): number {
  if (one.exact === other.exact) return SAME;
  return one.folded === other.folded ? ALIKE : OTHER;
}
