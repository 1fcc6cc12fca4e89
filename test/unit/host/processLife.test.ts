import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import path from 'node:path';
import type { Passage, PassageResult } from '../../../src/engines/engine';
import { HostClient } from '../../../src/host/client';
import { HostEngine } from '../../../src/host/hostEngine';
import { collect, flat, plain, taxonomy } from '../engines/engineSuite';
import { scale } from '../scale';
import { buildHost, packFolder, root } from './hostScript';

const passages: Passage[] = Array.from({ length: 40 }, (_, index) => ({
  id: String(index),
  text: `Visitor number ${index} came from Warsaw. Marie Curie met ${index} students in Paris.`,
}));

/** Sentences that one batch holds at most. */
const BATCH_ROWS = 64;

describe('the encoder’s process', function () {
  this.timeout(600_000);
  let client: HostClient;
  let engine: HostEngine;

  before(async () => {
    client = new HostClient({
      script: await buildHost(),
      model: { folder: packFolder, threads: 1 },
      startSeconds: 120,
    });
    engine = new HostEngine(client, await client.load());
  });
  after(() => client.dispose());

  async function killed(): Promise<void> {
    const pid = await client.pid();
    assert.ok(pid !== undefined);
    process.kill(pid, 'SIGKILL');
    while ((await client.pid()) === pid) await pause();
  }

  it('finishes a request that it was killed under, each passage once', async () => {
    const expected = plain((await collect(engine, passages, { labels: taxonomy })).results);
    await killed();
    for (let round = 0; round < Math.max(1, scale / 10); round++) {
      const results: PassageResult[] = [];
      for await (const result of engine.extract(passages, { labels: taxonomy })) {
        results.push(result);
        // In the middle of the first and only request, of which nothing is in the cache.
        if (results.length === 1) await killed();
      }
      assert.deepEqual(plain(results), expected);
    }
  });

  it('serves again after it was killed while nothing was asked', async () => {
    await killed();
    const { results } = await collect(engine, passages.slice(0, 2), { labels: flat('city') });
    assert.equal(results.length, 2);
  });

  it('serves several at once, and cancels one of them between batches', async () => {
    const many = Array.from({ length: 3000 }, (_, index) => ({
      id: String(index),
      text: `Guest ${index} of the Grand Hotel in Vienna asked for the works of Bach.`,
    }));
    const controller = new AbortController();
    const reason = new Error('enough');
    let count = 0;
    const long = (async () => {
      const options = { labels: taxonomy, signal: controller.signal };
      for await (const { id } of engine.extract(many, options)) assert.equal(id, String(count++));
    })();
    const { results } = await collect(engine, passages, { labels: taxonomy });
    assert.equal(results.length, passages.length);
    controller.abort(reason);
    await assert.rejects(long, reason);
    assert.ok(count < many.length, 'the long one was not cancelled');
    // The batch that runs at that moment may end, but no more than the next one may begin.
    const before = await client.statistics();
    const fresh = Array.from({ length: 5 }, (_, index) => ({
      id: '',
      text: `Room ${index}, Oslo.`,
    }));
    for (const passage of fresh) await collect(engine, [passage], { labels: taxonomy });
    const after = await client.statistics();
    assert.ok(before && after);
    assert.ok(after.encoded - before.encoded <= fresh.length + 2 * BATCH_ROWS);
  });

  it('counts nothing encoded for changed labels, and stays below 600 MB', async () => {
    await collect(engine, passages, { labels: taxonomy });
    const before = await client.statistics();
    const labels = flat('name of a museum', 'polar night');
    const { statistics } = await collect(engine, passages, { labels, threshold: 0.1 });
    assert.equal(statistics.encoded, 0);
    const after = await client.statistics();
    assert.ok(before && after);
    assert.equal(after.labelsEncoded, before.labelsEncoded + 2);
    assert.ok(after.residentBytes < 600e6, `${after.residentBytes} bytes`);
  });

  it('leaves when it has nothing to do, and comes back when asked', async () => {
    const idle = new HostClient({
      script: await buildHost(),
      model: { folder: packFolder },
      idleSeconds: 1,
      startSeconds: 120,
    });
    try {
      const segment = { text: 'Ada.', languageId: 'plaintext' };
      await idle.segment(segment);
      const pid = await idle.pid();
      assert.ok(pid !== undefined);
      await gone(pid);
      while ((await idle.pid()) !== undefined) await pause();
      assert.deepEqual(await idle.segment(segment), { offsets: [0, 4], lexed: true });
    } finally {
      await idle.dispose();
    }
  });

  it('dies with its parent', async () => {
    const script = await buildHost();
    const parent = fork(path.join(__dirname, 'parent.ts'), [script], {
      execArgv: ['--import', 'tsx'],
      cwd: root,
    });
    const pid = await new Promise<number>((resolve, reject) => {
      parent.once('message', (message) => resolve(Number(message)));
      parent.once('exit', (code) => reject(new Error(`the parent ended with ${code}`)));
    });
    process.kill(pid, 0);
    parent.kill('SIGKILL');
    await gone(pid);
  });
});

/** Resolves once no process has the id any more. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await pause();
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
