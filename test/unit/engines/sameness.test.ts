import assert from 'node:assert/strict';
import { EncoderEngine } from '../../../src/engines/encoder/encoderEngine';
import type { Passage, PassageResult } from '../../../src/engines/engine';
import { assertSame } from './compare';
import { devSentences } from './corpus';
import { collect, flat, plain, taxonomy } from './engineSuite';
import { bundledPack } from './packs';

const THRESHOLD = 0.4;

describe('what a sentence’s entities do not depend on', function () {
  this.timeout(1_200_000);
  const sentences = devSentences(500);
  let engine: EncoderEngine;
  let together: PassageResult[];

  /** A fresh engine, so that nothing comes from a cache. */
  const load = (options: { cacheBytes?: number } = {}): Promise<EncoderEngine> =>
    EncoderEngine.load(bundledPack, { threads: 2, runtime: 'native', ...options });
  const extract = async (from: EncoderEngine, passages: Passage[]): Promise<PassageResult[]> =>
    (await collect(from, passages, { labels: taxonomy, threshold: THRESHOLD })).results;

  before(async () => {
    engine = await load();
    together = await extract(engine, sentences);
  });
  after(() => engine.dispose());

  it('the other sentences of its batch: alone', async () => {
    const other = await load({ cacheBytes: 0 });
    const alone: PassageResult[] = [];
    for (const sentence of sentences) alone.push(...(await extract(other, [sentence])));
    await other.dispose();
    assertSame(alone, together, THRESHOLD, 1e-4);
  });

  it('the other sentences of its batch: shuffled, and in batches of 32', async () => {
    const order = sentences.map((_, index) => (index * 211) % sentences.length);
    assert.equal(new Set(order).size, sentences.length);
    const other = await load({ cacheBytes: 0 });
    const results: PassageResult[] = [];
    for (let from = 0; from < order.length; from += 32) {
      const some = order.slice(from, from + 32).map((index) => sentences[index] as Passage);
      results.push(...(await extract(other, some)));
    }
    await other.dispose();
    assertSame(
      results,
      order.map((index) => together[index] as PassageResult),
      THRESHOLD,
      1e-4,
    );
  });

  it('whether its features come from the cache', async () => {
    const { results, statistics } = await collect(engine, sentences, {
      labels: taxonomy,
      threshold: THRESHOLD,
    });
    assert.equal(statistics.encoded, 0);
    assert.deepEqual(plain(results), plain(together));
  });

  it('the runtime', async () => {
    const some = sentences.slice(0, 200);
    const wasm = await EncoderEngine.load(bundledPack, { runtime: 'wasm' });
    const results = await extract(wasm, some);
    assertSame(results, together.slice(0, some.length), THRESHOLD, 1e-3);
    const labels = flat('person', 'city', 'company');
    const options = { labels, threshold: THRESHOLD };
    assertSame(
      (await collect(wasm, some, options)).results,
      (await collect(engine, some, options)).results,
      THRESHOLD,
      1e-3,
    );
    await wasm.dispose();
  });
});
