import type { Tensor } from '../runtime/runtime';

/** One row for the graph: the ids of prompt and words, without the special tokens around them. */
export interface GlinerRow {
  /** Ids of the prompt; empty where labels are read by themselves. */
  readonly prompt: readonly number[];
  /** Ids of every word, at least one each. */
  readonly words: readonly (readonly number[])[];
}

/** Which of a word's tokens stand for it. */
export type Pooling = 'first' | 'last' | 'mean' | 'max';

export interface SpecialTokens {
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly pad: number;
}

/** Tokens of a row, the special ones among them. */
export function lengthOf(row: GlinerRow, special: SpecialTokens): number {
  const words = row.words.reduce((sum, ids) => sum + ids.length, 0);
  return special.before.length + row.prompt.length + words + special.after.length;
}

/**
 * The tensors of a batch: input_ids, attention_mask and words_mask [B,T] (a word's number, from 1, on
 * the tokens that stand for it), text_lengths [B,1]. All int64.
 */
export function packText(
  rows: readonly GlinerRow[],
  special: SpecialTokens,
  pooling: Pooling,
): Record<string, Tensor> {
  const length = Math.max(...rows.map((row) => lengthOf(row, special)));
  const ids = new BigInt64Array(rows.length * length).fill(BigInt(special.pad));
  const mask = new BigInt64Array(rows.length * length);
  const words = new BigInt64Array(rows.length * length);
  rows.forEach((row, index) => {
    const start = index * length;
    let at = start;
    const put = (id: number, word = 0): void => {
      ids[at] = BigInt(id);
      words[at++] = BigInt(word);
    };
    for (const id of special.before) put(id);
    for (const id of row.prompt) put(id);
    row.words.forEach((pieces, word) => {
      pieces.forEach((id, piece) => {
        const stands =
          pooling === 'first'
            ? piece === 0
            : pooling === 'last'
              ? piece === pieces.length - 1
              : true;
        put(id, stands ? word + 1 : 0);
      });
    });
    for (const id of special.after) put(id);
    mask.fill(1n, start, at);
  });
  const dims = [rows.length, length];
  return {
    input_ids: { data: ids, dims },
    attention_mask: { data: mask, dims },
    words_mask: { data: words, dims },
    text_lengths: {
      data: BigInt64Array.from(rows, (row) => BigInt(row.words.length)),
      dims: [rows.length, 1],
    },
  };
}

/**
 * The spans of a batch: span_idx [B, L·K, 2] int64, the words `[s, s+w]` for every start s and width w
 * in that order, and span_mask [B, L·K] bool, false where a span reaches beyond its row's words. L is the
 * number of words of the longest row.
 */
export function packSpans(rows: readonly GlinerRow[], widths: number): Record<string, Tensor> {
  const longest = Math.max(...rows.map((row) => row.words.length));
  const spans = longest * widths;
  const places = new BigInt64Array(rows.length * spans * 2);
  const mask = new Uint8Array(rows.length * spans);
  rows.forEach((row, index) => {
    // Beyond a row's words the reference pads with spans of the first word.
    for (let start = 0; start < row.words.length; start++) {
      for (let width = 0; width < widths; width++) {
        const span = index * spans + start * widths + width;
        places[2 * span] = BigInt(start);
        places[2 * span + 1] = BigInt(start + width);
        mask[span] = start + width < row.words.length ? 1 : 0;
      }
    }
  });
  return {
    span_idx: { data: places, dims: [rows.length, spans, 2] },
    span_mask: { data: mask, dims: [rows.length, spans] },
  };
}

/** Rows of ids padded to the same length, and which are no padding: [N,T] int64 both. */
export function packIds(
  rows: readonly (readonly number[])[],
  pad: number,
): { readonly ids: Tensor; readonly mask: Tensor } {
  const length = Math.max(...rows.map((row) => row.length));
  const ids = new BigInt64Array(rows.length * length).fill(BigInt(pad));
  const mask = new BigInt64Array(rows.length * length);
  rows.forEach((row, index) => {
    row.forEach((id, at) => (ids[index * length + at] = BigInt(id)));
    mask.fill(1n, index * length, index * length + row.length);
  });
  const dims = [rows.length, length];
  return { ids: { data: ids, dims }, mask: { data: mask, dims } };
}
