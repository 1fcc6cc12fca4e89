import assert from 'node:assert/strict';
import type { PassageData } from '../../../../src/core/formats/format';
import type { LabelSpec } from '../../../../src/core/labels/labelSpec';
import { questionsAt } from '../../../servers/ask';
import { cascadeOf } from '../../../servers/cascade';
import { ChatServer } from '../../../servers/chatServer';
import { asDynamicNer, writtenSentences } from '../../../servers/goldSentences';
import { oracle, type OracleOptions } from '../../../servers/oracle';
import { scoreExtraction } from '../../../servers/scoreExtraction';

describe('the cascade with an oracle', function () {
  this.timeout(120_000);
  let gold: readonly PassageData[];
  before(async () => {
    const all = writtenSentences(/^dynamicner-written-(?:en-2|zh|ko|de)-dev/u);
    gold = await asDynamicNer(all);
  });

  /** One label is enough where types do not matter. */
  const thing = { kind: 'flat', id: 'thing', labels: [{ name: 'thing' }] } as const;

  async function run(samples: number, options: OracleOptions, labels?: LabelSpec) {
    const server = await ChatServer.start(oracle(gold, options));
    try {
      const questions = questionsAt({ url: server.url, stream: false }, { concurrency: 16 });
      const engine = await cascadeOf(questions, {
        extractor: { samples, unit: 'passage' },
      });
      return { ...(await scoreExtraction(engine, gold, labels)), server };
    } finally {
      await server.stop();
    }
  }

  it('without noise finds and types every entity', async () => {
    assert.ok(gold.length > 100);
    assert.deepEqual(
      gold.flatMap(({ unplaced = [] }) => unplaced),
      [],
    );
    const { scores } = await run(1, {});
    assert.equal(scores.extraction.f1, 1);
    assert.equal(scores.classification.f1, 1);
  });

  it('at one noise in five gains five points and more from three samples', async () => {
    const one = await run(1, { noise: 0.2 }, thing);
    const three = await run(3, { noise: 0.2 }, thing);
    const [before, after] = [one.scores.extraction.f1, three.scores.extraction.f1];
    assert.ok(after >= before + 0.05, `${before} with one sample, ${after} with three`);
    assert.ok(after < 1);
  });

  it('keeps every connection busy and no more', async () => {
    const { server, statistics } = await run(3, { latency: 20 }, thing);
    assert.equal(server.mostRunning, 16);
    assert.equal(statistics.asked?.requests, server.requests.length);
    assert.equal(statistics.passages, gold.length);
    const extractions = server.requests.filter(({ body }) =>
      gold.some(({ text }) => text === body.messages?.at(-1)?.content),
    );
    assert.equal(extractions.length, 3 * new Set(gold.map(({ text }) => text)).size);
    const sampled = new Set(
      extractions.map(({ body }) => `${String(body['seed'])} ${String(body['temperature'])}`),
    );
    assert.deepEqual([...sampled].sort(), ['0 0', '1 0.7', '2 0.7']);
  });
});
