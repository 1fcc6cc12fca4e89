import type { PackManifest } from './packSchema';
import type { WordInput } from './wordPieces';
import { WordShape } from './wordShape';

/** Words of a unit in order: their inputs as they are alone, and their places. */
export interface WordsInContext {
  readonly text: string;
  /** UTF-16 offsets of the words in `text`: start, end, start, end, … */
  readonly bounds: readonly number[];
  readonly inputs: readonly WordInput[];
}

/** Gives words what only their neighbours tell. */
export type ReadInContext = (words: WordsInContext) => readonly WordInput[];

/**
 * How a pack reads words in their context: where a run of words without case begins, and which words
 * of the lexicon such a run is made of. Undefined for packs that read every word by itself.
 */
export function readerInContext(
  { shapes, lexicon }: PackManifest,
  idOf: (piece: string) => number | undefined,
): ReadInContext | undefined {
  if (shapes.id !== 'eleven-way-1') return undefined;
  return ({ text, bounds, inputs }) => {
    const read = inputs.map((input, word) => {
      const isInside =
        word > 0 &&
        inputs[word - 1]?.shape === WordShape.caseless &&
        bounds[2 * word - 1] === bounds[2 * word];
      return input.shape === WordShape.caseless && !isInside
        ? { ...input, shape: WordShape.caselessFirst }
        : input;
    });
    if (lexicon === undefined) return read;
    const wordOf = (word: number): string => text.slice(bounds[2 * word], bounds[2 * word + 1]);
    for (const { first, end } of caselessRuns(read)) {
      const letters = Array.from({ length: end - first }, (_, at) => letterOf(wordOf(first + at)));
      if (!letters.every((letter) => letter !== undefined)) continue;
      const pieces = cutByLexicon(letters, lexicon.longest, (string) =>
        idOf(lexicon.prefix + string),
      );
      pieces.forEach((piece, at) => {
        const input = read[first + at];
        if (piece !== 0 && input) read[first + at] = { ...input, lexicon: piece };
      });
    }
    return read;
  };
}

/** Runs of words without case and without gaps; each begins with the shape that says so. */
function* caselessRuns(
  inputs: readonly WordInput[],
): Generator<{ first: number; end: number }, void, undefined> {
  for (let first = 0; first < inputs.length; first++) {
    if (inputs[first]?.shape !== WordShape.caselessFirst) continue;
    let end = first + 1;
    while (inputs[end]?.shape === WordShape.caseless) end++;
    yield { first, end };
  }
}

/** The one code point that a word is, composed; undefined for a word of several. */
function letterOf(word: string): string | undefined {
  const letter = word.toLowerCase().normalize('NFC');
  return [...letter].length === 1 ? letter : undefined;
}

/**
 * Cuts a run from the left, at each position the longest string of 2 to `longest` letters that has a
 * piece: the piece of each letter's string, 0 for letters that go alone.
 */
function cutByLexicon(
  letters: readonly string[],
  longest: number,
  pieceOf: (string: string) => number | undefined,
): number[] {
  const pieces: number[] = [];
  let at = 0;
  while (at < letters.length) {
    let length = Math.min(longest, letters.length - at);
    let piece: number | undefined;
    for (; length > 1; length--) {
      piece = pieceOf(letters.slice(at, at + length).join(''));
      if (piece !== undefined) break;
    }
    for (let letter = 0; letter < Math.max(1, length); letter++) pieces.push(piece ?? 0);
    at += Math.max(1, length);
  }
  return pieces;
}
