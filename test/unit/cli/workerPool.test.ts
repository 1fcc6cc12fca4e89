import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { WorkerPool } from '../../../src/cli/extraction/workerPool';
import { dynamicNerLabels } from '../../../src/core/labels/dynamicner';
import type { ExtractStatistics, Passage, PassageResult } from '../../../src/engines/engine';
import { FakeEngine } from './fakeEngine';

const options = { labels: dynamicNerLabels.toSpec() };

function* passages(count: number): Generator<Passage> {
  for (let at = 0; at < count; at++) yield { id: String(at), text: `Passage ${at}` };
}

/** Holds its results back until it is let go. */
class SlowEngine extends FakeEngine {
  release!: () => void;
  private readonly released = new Promise<void>((resolve) => (this.release = resolve));

  override async *extract(
    ...args: Parameters<FakeEngine['extract']>
  ): AsyncGenerator<PassageResult, void, undefined> {
    await this.released;
    yield* super.extract(...args);
  }
}

describe('WorkerPool', () => {
  it('yields every result in order, whichever worker is faster, and adds up the work', async () => {
    const slow = new SlowEngine();
    const pool = new WorkerPool([slow, new FakeEngine(), new FakeEngine()]);
    let done: ExtractStatistics | undefined;
    const ids: string[] = [];
    void setImmediate().then(() => slow.release());
    const work = { ...options, onDone: (statistics: ExtractStatistics) => (done = statistics) };
    for await (const { id } of pool.extract(passages(2000), work)) ids.push(id);
    assert.deepEqual(
      ids,
      Array.from(passages(2000), ({ id }) => id),
    );
    assert.equal(done?.passages, 2000);
    assert.equal(done?.words, 4000);
  });

  it('hands results on while its source is silent', async () => {
    const pool = new WorkerPool([new FakeEngine(), new FakeEngine()]);
    async function* waiting(): AsyncGenerator<Passage> {
      yield { id: 'a', text: 'Anna' };
      await new Promise(() => undefined);
    }
    const results = pool.extract(waiting(), options);
    assert.equal(((await results.next()).value as PassageResult).id, 'a');
  });

  it('throws a worker’s error and the signal’s reason', async () => {
    class Failing extends FakeEngine {
      override extract(): never {
        throw new Error('broken');
      }
    }
    const failing = new WorkerPool([new FakeEngine(), new Failing()]);
    await assert.rejects(async () => {
      for await (const result of failing.extract(passages(2000), options)) assert.ok(result);
    }, /broken/);
    const signal = AbortSignal.abort(new Error('stopped'));
    const pool = new WorkerPool([new FakeEngine()]);
    await assert.rejects(pool.extract(passages(3), { ...options, signal }).next(), /stopped/);
  });

  it('serves several extractions at once, although it has fewer workers', async () => {
    const pool = new WorkerPool([new FakeEngine()]);
    const found = [300, 600, 900].map(async (count) => {
      const ids: string[] = [];
      for await (const { id } of pool.extract(passages(count), options)) ids.push(id);
      return ids.length;
    });
    assert.deepEqual(await Promise.all(found), [300, 600, 900]);
  });

  it('ends all of its workers', async () => {
    const workers = [new FakeEngine(), new FakeEngine()] as const;
    await new WorkerPool([...workers]).dispose();
    assert.deepEqual(
      workers.map(({ disposed }) => disposed),
      [true, true],
    );
  });
});
