import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { batchArrivals } from '../../../src/cli/io/batches';

const limits = { items: 3, weight: 100, weightOf: (text: string) => text.length };

async function* from(items: readonly string[]): AsyncGenerator<string> {
  for (const item of items) yield await Promise.resolve(item);
}

describe('batchArrivals', () => {
  it('keeps the order, fills batches, and limits their items and weight', async () => {
    const batches: string[][] = [];
    const long = 'x'.repeat(150);
    for await (const batch of batchArrivals(from(['a', 'b', 'c', 'd', long, 'e']), limits)) {
      batches.push(batch);
    }
    assert.deepEqual(batches.flat(), ['a', 'b', 'c', 'd', long, 'e']);
    assert.deepEqual(batches[0], ['a', 'b', 'c']);
    assert.equal(batches.at(-1)?.includes(long), false);
  });

  it('hands a single item on while the source is silent', async () => {
    let silence: (() => void) | undefined;
    async function* slow(): AsyncGenerator<string> {
      yield 'first';
      await new Promise<void>((resolve) => (silence = resolve));
      yield 'second';
    }
    const batches = batchArrivals(slow(), limits);
    assert.deepEqual((await batches.next()).value, ['first']);
    silence?.();
    assert.deepEqual((await batches.next()).value, ['second']);
    assert.equal((await batches.next()).done, true);
  });

  it('reads ahead one batch and no more', async () => {
    let read = 0;
    async function* endless(): AsyncGenerator<string> {
      for (;;) yield await Promise.resolve(`item ${read++}`);
    }
    const batches = batchArrivals(endless(), limits);
    await batches.next();
    for (let turn = 0; turn < 50; turn++) await setImmediate();
    assert.ok(read <= 8, `read ${read} items`);
    await batches.return(undefined);
  });

  it('throws the error of the source after the items before it', async () => {
    async function* breaking(): AsyncGenerator<string> {
      yield await Promise.resolve('a');
      throw new Error('gone');
    }
    const batches = batchArrivals(breaking(), limits);
    assert.deepEqual((await batches.next()).value, ['a']);
    await assert.rejects(batches.next(), /gone/);
  });
});
