import assert from 'node:assert/strict';
import { EncoderEngine } from '../../../src/engines/encoder/encoderEngine';
import { DisposedError } from '../../../src/engines/errors';
import { bundledPack } from './packs';
import { collect, describeEngine, taxonomy, text } from './engineSuite';

describeEngine('EncoderEngine on the native runtime', () =>
  EncoderEngine.load(bundledPack, { runtime: 'native' }),
);

describeEngine('EncoderEngine on WebAssembly', () =>
  EncoderEngine.load(bundledPack, { runtime: 'wasm' }),
);

describe('EncoderEngine', function () {
  this.timeout(120_000);

  it('takes the native runtime by itself, and refuses to work after it was disposed', async () => {
    const engine = await EncoderEngine.load(bundledPack);
    assert.equal(engine.runtime, 'native');
    await engine.dispose();
    await engine.dispose();
    await assert.rejects(collect(engine, [{ id: 'a', text }], { labels: taxonomy }), DisposedError);
  });

  describe('on a long line', () => {
    let engine: EncoderEngine;
    before(async () => (engine = await EncoderEngine.load(bundledPack)));
    after(() => engine.dispose());

    it('lets others have their turn, and be heard, while it cuts a sentence without end', async () => {
      const words = Array.from({ length: 100_000 }, (_, index) => `w${index.toString(36)}`);
      const controller = new AbortController();
      const done: number[] = [];
      let turns = 0;
      const wait = (): void => {
        if (++turns === 3) controller.abort(new Error('enough'));
        else setImmediate(wait);
      };
      await assert.rejects(
        collect(engine, [{ id: 'a', text: words.join(' ') }], {
          labels: taxonomy,
          signal: controller.signal,
          onReading: (passage) => {
            if (done.length === 0) setImmediate(wait);
            done.push(passage.words);
          },
        }),
        /enough/u,
      );
      assert.equal(engine.counters.encoded, 0);
      assert.deepEqual(new Set(done), new Set([0]));
    });

    it('tells how many words are done, and hears between two batches that it is enough', async () => {
      const sentences = Array.from({ length: 1000 }, (_, index) => `Ada met Bob ${index} times.`);
      const controller = new AbortController();
      const done: number[] = [];
      const encoded: number[] = [];
      await assert.rejects(
        collect(engine, [{ id: 'a', text: sentences.join(' ') }], {
          labels: taxonomy,
          signal: controller.signal,
          onReading: ({ id, words }) => {
            assert.equal(id, 'a');
            done.push(words);
            encoded.push(engine.counters.encoded);
            if (done.length === 3) setImmediate(() => controller.abort(new Error('enough')));
          },
        }),
        /enough/u,
      );
      assert.equal(done.length, 3);
      assert.ok(done.every((words, index) => words > (done[index - 1] ?? 0)));
      assert.equal(engine.counters.encoded, encoded[2]);
    });
  });
});
