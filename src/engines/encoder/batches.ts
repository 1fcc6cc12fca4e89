import type { Unit } from './units';
import type { SpecialIds } from './wordPieces';

/** A batch of rows of ids, padded to the same length. */
export interface IdBatch {
  readonly rows: number;
  readonly length: number;
  /** [rows, length] */
  readonly ids: BigInt64Array;
  readonly mask: BigInt64Array;
}

export interface TextBatch extends IdBatch {
  readonly shapes: BigInt64Array;
  /** Piece of the lexicon's word that a piece lies in, 0 where there is none. */
  readonly lexicon: BigInt64Array;
  readonly words: number;
  /** [rows, words]: index of a word's first and last piece in its row, 0 beyond the row's words. */
  readonly first: BigInt64Array;
  readonly last: BigInt64Array;
}

/**
 * Cuts items into batches of similar length, so that little is padding: longest first, at most
 * `tokens` tokens with the padding and `rows` rows a batch, at least one item.
 */
export function batchByLength<Item>(
  items: readonly Item[],
  lengthOf: (item: Item) => number,
  limits: { readonly tokens: number; readonly rows: number },
): Item[][] {
  const longestFirst = [...items].sort((a, b) => lengthOf(b) - lengthOf(a));
  const batches: Item[][] = [];
  let batch: Item[] = [];
  let width = 0;
  for (const item of longestFirst) {
    if (
      batch.length > 0 &&
      (batch.length === limits.rows || (batch.length + 1) * width > limits.tokens)
    ) {
      batches.push(batch);
      batch = [];
    }
    if (batch.length === 0) width = lengthOf(item);
    batch.push(item);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

/** The tensors of a batch of units: `[CLS]`, the pieces of all words, `[SEP]`, padding of zeros. */
export function packUnits(units: readonly Unit[], special: SpecialIds): TextBatch {
  const length = 2 + Math.max(...units.map(({ pieces }) => pieces));
  const words = Math.max(...units.map(({ inputs }) => inputs.length));
  const rows = units.length;
  const ids = new BigInt64Array(rows * length);
  const mask = new BigInt64Array(rows * length);
  const shapes = new BigInt64Array(rows * length);
  const lexicon = new BigInt64Array(rows * length);
  const first = new BigInt64Array(rows * words);
  const last = new BigInt64Array(rows * words);
  // A BigInt64Array takes BigInts, which are slow to make: 32-bit halves are written instead.
  const low = {
    ids: lowHalves(ids),
    shapes: lowHalves(shapes),
    lexicon: lowHalves(lexicon),
    mask: lowHalves(mask),
  };
  const place = { first: lowHalves(first), last: lowHalves(last) };
  units.forEach((unit, row) => {
    let at = row * length;
    const start = at;
    low.ids[2 * at++] = special.cls;
    unit.inputs.forEach(({ ids: pieces, shape, lexicon: inLexicon = 0 }, word) => {
      place.first[2 * (row * words + word)] = at - start;
      for (const piece of pieces) {
        low.shapes[2 * at] = shape;
        low.lexicon[2 * at] = inLexicon;
        low.ids[2 * at++] = piece;
      }
      place.last[2 * (row * words + word)] = at - start - 1;
    });
    low.ids[2 * at++] = special.sep;
    for (let piece = start; piece < at; piece++) low.mask[2 * piece] = 1;
  });
  return { rows, length, words, ids, mask, shapes, lexicon, first, last };
}

/** The tensors of a batch of rows of ids. */
export function packIds(rowsOfIds: readonly (readonly number[])[]): IdBatch {
  const length = Math.max(...rowsOfIds.map((row) => row.length));
  const ids = new BigInt64Array(rowsOfIds.length * length);
  const mask = new BigInt64Array(rowsOfIds.length * length);
  const lowIds = lowHalves(ids);
  const lowMask = lowHalves(mask);
  rowsOfIds.forEach((row, index) => {
    row.forEach((id, column) => {
      lowIds[2 * (index * length + column)] = id;
      lowMask[2 * (index * length + column)] = 1;
    });
  });
  return { rows: rowsOfIds.length, length, ids, mask };
}

/** The lower halves stand at the even places: every machine that VS Code runs on is little-endian. */
function lowHalves(numbers: BigInt64Array): Int32Array {
  return new Int32Array(numbers.buffer);
}
