import assert from 'node:assert/strict';
import { batchByLength, packIds, packUnits } from '../../../src/engines/encoder/batches';
import type { Unit } from '../../../src/engines/encoder/units';

const special = { cls: 101, sep: 102, unknown: 100 };
const unit = (...words: [number[], number][]): Unit => ({
  text: '',
  offset: 0,
  bounds: new Int32Array(2 * words.length),
  inputs: words.map(([ids, shape]) => ({ ids, shape })),
  pieces: words.reduce((sum, [ids]) => sum + ids.length, 0),
  owns: () => true,
});
const numbers = (values: BigInt64Array): number[] => [...values].map(Number);

describe('packUnits', () => {
  const batch = packUnits([unit([[7, 8], 4], [[9], 3]), unit([[5], 7])], special);

  it('frames the pieces of all words, and pads with zeros', () => {
    assert.deepEqual([batch.rows, batch.length, batch.words], [2, 5, 2]);
    assert.deepEqual(numbers(batch.ids), [101, 7, 8, 9, 102, 101, 5, 102, 0, 0]);
    assert.deepEqual(numbers(batch.mask), [1, 1, 1, 1, 1, 1, 1, 1, 0, 0]);
  });

  it('gives every piece the shape of its word', () => {
    assert.deepEqual(numbers(batch.shapes), [0, 4, 4, 3, 0, 0, 7, 0, 0, 0]);
  });

  it('gives every piece of a word the piece of the lexicon’s word', () => {
    const inputs = [
      { ids: [7, 8], shape: 10, lexicon: 50 },
      { ids: [9], shape: 9 },
    ];
    const { lexicon } = packUnits([{ ...unit([[7, 8], 10], [[9], 9]), inputs }], special);
    assert.deepEqual(numbers(lexicon), [0, 50, 50, 0, 0]);
  });

  it('points to the first and last piece of each word in its row', () => {
    assert.deepEqual(numbers(batch.first), [1, 3, 1, 0]);
    assert.deepEqual(numbers(batch.last), [2, 3, 1, 0]);
  });
});

describe('packIds', () => {
  it('pads rows to the longest', () => {
    const batch = packIds([[1, 2, 3], [4]]);
    assert.deepEqual(numbers(batch.ids), [1, 2, 3, 4, 0, 0]);
    assert.deepEqual(numbers(batch.mask), [1, 1, 1, 1, 0, 0]);
  });
});

describe('batchByLength', () => {
  const lengths = (items: number[][]): string => items.map((batch) => batch.join(' ')).join(' | ');
  const length = (item: number): number => item;

  it('puts similar lengths together within the limits', () => {
    const batches = batchByLength([1, 9, 2, 8, 3], length, { tokens: 18, rows: 3 });
    assert.equal(lengths(batches), '9 8 | 3 2 1');
  });

  it('gives an item that is over the limit a batch of its own', () => {
    assert.equal(lengths(batchByLength([1, 50], length, { tokens: 18, rows: 3 })), '50 | 1');
  });

  it('makes no batch of nothing', () => {
    assert.deepEqual(batchByLength([], length, { tokens: 18, rows: 3 }), []);
  });
});
