import assert from 'node:assert/strict';
import { packIds, packSpans, packText } from '../../../../src/engines/gliner/glinerInputs';
import type { Tensor } from '../../../../src/engines/runtime/runtime';

const special = { before: [1], after: [2], pad: 0 };
const rows = [
  { prompt: [7, 8], words: [[10], [11, 12, 13], [14]] },
  { prompt: [7], words: [[20, 21]] },
];
const numbers = (tensor: Tensor | undefined): number[] => Array.from(tensor?.data ?? [], Number);

describe('tensors of GLiNER models', () => {
  it('holds prompt, words and padding, with the number of a word on its first token', () => {
    const packed = packText(rows, special, 'first');
    assert.deepEqual(packed['input_ids']?.dims, [2, 9]);
    assert.deepEqual(numbers(packed['input_ids']), [
      ...[1, 7, 8, 10, 11, 12, 13, 14, 2],
      ...[1, 7, 20, 21, 2, 0, 0, 0, 0],
    ]);
    assert.deepEqual(numbers(packed['attention_mask']), [
      ...[1, 1, 1, 1, 1, 1, 1, 1, 1],
      ...[1, 1, 1, 1, 1, 0, 0, 0, 0],
    ]);
    assert.deepEqual(numbers(packed['words_mask']), [
      ...[0, 0, 0, 1, 2, 0, 0, 3, 0],
      ...[0, 0, 1, 0, 0, 0, 0, 0, 0],
    ]);
    assert.deepEqual(packed['text_lengths']?.dims, [2, 1]);
    assert.deepEqual(numbers(packed['text_lengths']), [3, 1]);
  });

  it('puts the number on the last token, or on all, where the model wants that', () => {
    const masks = (pooling: 'last' | 'mean' | 'max'): number[] =>
      numbers(packText(rows.slice(0, 1), special, pooling)['words_mask']);
    assert.deepEqual(masks('last'), [0, 0, 0, 1, 0, 0, 2, 3, 0]);
    assert.deepEqual(masks('mean'), [0, 0, 0, 1, 2, 2, 2, 3, 0]);
    assert.deepEqual(masks('max'), masks('mean'));
  });

  it('lists every start with every width, and masks what reaches beyond the words', () => {
    const packed = packSpans(rows, 2);
    assert.deepEqual(packed['span_idx']?.dims, [2, 6, 2]);
    assert.deepEqual(numbers(packed['span_idx']), [
      ...[0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3],
      ...[0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
    ]);
    assert.ok(packed['span_mask']?.data instanceof Uint8Array);
    assert.deepEqual(numbers(packed['span_mask']), [1, 1, 1, 1, 1, 0, 1, 0, 0, 0, 0, 0]);
  });

  it('pads rows of ids', () => {
    const { ids, mask } = packIds([[5], [6, 7]], 9);
    assert.deepEqual(numbers(ids), [5, 9, 6, 7]);
    assert.deepEqual(numbers(mask), [1, 0, 1, 1]);
    assert.deepEqual(ids.dims, [2, 2]);
  });
});
