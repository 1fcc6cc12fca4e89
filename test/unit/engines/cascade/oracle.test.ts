import assert from 'node:assert/strict';
import type { PassageData } from '../../../../src/core/formats/format';
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
    gold = await asDynamicNer(writtenSentences(/^dynamicner-written-(?:en-2|zh|ko|de)-dev/u));
  });

  async function run(samples: number, options: OracleOptions, sentences = gold) {
    const server = await ChatServer.start(oracle(sentences, options));
    try {
      const questions = questionsAt({ url: server.url, stream: false }, { concurrency: 16 });
      const engine = await cascadeOf(questions, {
        extractor: { samples, unit: 'passage' },
        classifier: { descent: 'progressive' },
      });
      return { ...(await scoreExtraction(engine, sentences)), server };
    } finally {
      await server.stop();
    }
  }

  it('without noise finds and types every entity', async () => {
    assert.ok(gold.length > 300);
    assert.deepEqual(
      gold.flatMap(({ unplaced = [] }) => unplaced),
      [],
    );
    const { scores } = await run(1, {});
    assert.equal(scores.extraction.f1, 1);
    assert.equal(scores.classification.f1, 1);
  });

  it('at one noise in five gains five points and more from three samples', async () => {
    const some = gold.slice(0, 180);
    const one = await run(1, { noise: 0.2 }, some);
    const three = await run(3, { noise: 0.2 }, some);
    const [before, after] = [one.scores.extraction.f1, three.scores.extraction.f1];
    assert.ok(after >= before + 0.05, `${before} with one sample, ${after} with three`);
    assert.ok(after < 1);
  });

  it('keeps every connection busy and no more', async () => {
    const some = gold.slice(0, 60);
    const { server, statistics } = await run(3, { latency: 5 }, some);
    assert.equal(server.mostRunning, 16);
    assert.equal(statistics.asked?.requests, server.requests.length);
    assert.equal(statistics.passages, 60);
    const extractions = server.requests.filter(({ body }) =>
      some.some(({ text }) => text === body.messages?.at(-1)?.content),
    );
    assert.equal(extractions.length, 3 * new Set(some.map(({ text }) => text)).size);
  });
});
