import assert from 'node:assert/strict';
import type { LabelSpec } from '../../../../src/core/labels/labelSpec';
import { offerLeaves, typesOf } from '../../../../src/engines/cascade/typeTree';
import { InputError } from '../../../../src/core/errors';
import { estimateRequests } from '../../../../src/engines/combine/estimateRequests';
import { openEngine, type EngineParts } from '../../../../src/engines/combine/openEngine';
import { BudgetError } from '../../../../src/engines/endpoint/errors';
import type {
  Engine,
  ExtractOptions,
  ExtractStatistics,
  PassageResult,
} from '../../../../src/engines/engine';
import {
  engineSettingsSchema,
  readWorker,
  type EngineSetting,
} from '../../../../src/engines/settings';
import { questionsAt } from '../../../servers/ask';
import { ChatServer } from '../../../servers/chatServer';
import { oracle } from '../../../servers/oracle';
import { gold, labels, text, ToldEncoder } from './toldEncoder';

describe('engines put together from parts', () => {
  let server: ChatServer;
  beforeEach(async () => (server = await ChatServer.start(oracle([gold]))));
  afterEach(() => server.stop());

  async function open(
    setting: EngineSetting,
    encoder: Engine = new ToldEncoder([0.9, 0.4, 0.3]),
    more: Partial<EngineParts> = {},
  ): Promise<Engine> {
    return openEngine(engineSettingsSchema.parse(setting), {
      encoder: () => Promise.resolve(encoder),
      questions: () => Promise.resolve(questionsAt({ url: server.url })),
      demonstrations: () => Promise.resolve([]),
      ...more,
    });
  }

  async function run(
    engine: Engine,
    options: Partial<ExtractOptions> = {},
  ): Promise<{ found: string[]; statistics: ExtractStatistics; results: PassageResult[] }> {
    const results: PassageResult[] = [];
    let statistics: ExtractStatistics | undefined;
    for await (const result of engine.extract([{ id: 'a', text }], {
      labels,
      onDone: (done) => (statistics = done),
      ...options,
    })) {
      results.push(result);
    }
    assert.ok(statistics);
    const found = results.flatMap(({ entities }) =>
      entities.map(({ start, end, path }) => `${text.slice(start, end)}: ${path.join(' › ')}`),
    );
    return { found, statistics, results };
  }

  const right = ['Ada: person › scholar', 'Bo: person › politician', 'Rome: location › city'];
  const both = { extractor: { by: 'endpoint:x' }, classifier: { by: 'endpoint:x' } };

  it('an endpoint for both stages', async () => {
    const { found, statistics, results } = await run(await open({ protocol: 'cascade', ...both }));
    assert.deepEqual(found, right);
    assert.deepEqual(results[0]?.entities[0]?.source, { engine: 'cascade', model: 'test' });
    const { requests, questions } = statistics.asked ?? {};
    assert.deepEqual([questions, requests, server.requests.length], [9, 9, 9]);
  });

  it('the encoder alone, by whatever name', async () => {
    const encoder = new ToldEncoder([1, 1, 1]);
    assert.equal(await open({}, encoder), encoder);
    assert.equal(await open({ protocol: 'cascade' }, encoder), encoder);
  });

  it('encoder extracts, endpoint classifies', async () => {
    const engine = await open({ protocol: 'cascade', classifier: { by: 'endpoint:x' } });
    const { found, statistics } = await run(engine, { threshold: 0.35 });
    assert.deepEqual(found, right.slice(0, 2));
    assert.equal(statistics.asked?.requests, 4);
    assert.deepEqual(engine.capabilities, { freeLabels: true, paid: false, remote: false });
  });

  it('endpoint extracts, encoder classifies down the taxonomy', async () => {
    const engine = await open({ protocol: 'cascade', extractor: { by: 'endpoint:x', samples: 2 } });
    const { found, statistics, results } = await run(engine);
    // Cities and countries together are likelier than scholars, the likeliest leaf.
    assert.deepEqual(
      found,
      ['Ada', 'Bo', 'Rome'].map((mention) => `${mention}: location › city`),
    );
    assert.deepEqual(results[0]?.entities[0]?.levelScores, [0.65, 0.33]);
    assert.equal(statistics.asked?.requests, 2);
  });

  it('endpoint verifies only what the encoder is not certain of', async () => {
    const encoder = new ToldEncoder([0.9, 0.4, 0.1]);
    const setting = {
      protocol: 'cascade',
      classifier: { by: 'endpoint:x' },
      verify: { low: 0.2, high: 0.6 },
    } as const;
    const { found, statistics, results } = await run(await open(setting, encoder));
    assert.deepEqual(found, ['Ada: person › scholar', 'Bo: person › politician']);
    assert.deepEqual(encoder.thresholds, [0.2]);
    assert.equal(statistics.asked?.requests, 2);
    assert.equal(statistics.asked?.saved, 2);
    assert.deepEqual(
      results[0]?.entities.map(({ score }) => score),
      [0.9, 1],
    );
  });

  it('leaves out what the endpoint refuses', async () => {
    const encoder = new ToldEncoder([0.9, 0.4, 0.9]);
    server.handle((request, response) =>
      oracle([{ text, entities: [] }])(
        { ...request, body: { ...request.body, messages: [{ role: 'user', content: 'nothing' }] } },
        response,
        0,
      ),
    );
    const { found, results } = await run(
      await open(
        {
          protocol: 'cascade',
          classifier: { by: 'endpoint:x' },
          verify: { low: 0.2, high: 0.6 },
        },
        encoder,
      ),
    );
    assert.deepEqual(found, ['Ada: person › scholar', 'Rome: location › country']);
    assert.ok((results[0]?.diagnostics ?? []).length > 0);
  });

  it('stops at a budget and yields what was done before', async () => {
    const engine = await open({ protocol: 'cascade', ...both, budget: { requests: 9 } });
    const passages = [text, `${text} Again.`].map((one, index) => ({
      id: String(index),
      text: one,
    }));
    const ids: string[] = [];
    let asked: ExtractStatistics['asked'];
    await assert.rejects(async () => {
      const options = { labels, onDone: (done: ExtractStatistics) => void (asked = done.asked) };
      for await (const { id } of engine.extract(passages.slice(0, 1), options)) ids.push(id);
      for await (const { id } of engine.extract([...passages, ...passages], options)) ids.push(id);
    }, BudgetError);
    assert.deepEqual(ids.slice(0, 1), ['0']);
    assert.equal(asked?.requests, 9);
  });

  it('passes the signal’s reason on and closes connections', async () => {
    server.handle(() => undefined);
    const engine = await open({ protocol: 'cascade', ...both });
    const controller = new AbortController();
    const asked = run(engine, { signal: controller.signal });
    while (server.running === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    controller.abort(new Error('changed my mind'));
    await assert.rejects(asked, /changed my mind/u);
    while (server.connections > 0) await new Promise((resolve) => setTimeout(resolve, 2));
  });

  it('filters by threshold without asking again about other spans', async () => {
    const engine = await open({ protocol: 'cascade', ...both });
    const all = await run(engine);
    const some = await run(engine, { threshold: 1 });
    assert.deepEqual(some.found, all.found);
    const own: LabelSpec = { kind: 'flat', id: 'own', labels: [{ name: 'thing', threshold: 1 }] };
    assert.equal((await run(engine, { labels: own })).found.length, 3);
  });

  it('ranks types of given spans', async () => {
    const engine = await open({ protocol: 'cascade', ...both });
    const ranked = await engine.rankTypes({ id: '', text }, [{ start: 14, end: 18 }], { labels });
    assert.deepEqual(ranked, [[{ path: ['location', 'city'], score: 1 }]]);
    const none = { kind: 'flat', id: 'none', labels: [] } as const;
    assert.deepEqual(
      await engine.rankTypes({ id: '', text }, [{ start: 0, end: 3 }], { labels: none }),
      [[]],
    );
  });

  it('uses one encoder and one asker for both halves, and frees them', async () => {
    const encoder = new ToldEncoder([1, 1, 1]);
    let opened = 0;
    const engine = await open({ protocol: 'cascade', ...both }, encoder, {
      questions: () => {
        opened++;
        return Promise.resolve(questionsAt({ url: server.url }));
      },
    });
    assert.equal(opened, 1);
    await engine.dispose();
    await assert.rejects(run(engine), /cannot be used any more/u);
  });

  it('chooses demonstrations as the settings say', async () => {
    const pool = [
      { text: 'Cy slept.', entities: [{ start: 0, end: 2, path: ['person', 'scholar'] }] },
    ];
    const engine = await open(
      {
        protocol: 'cascade',
        ...both,
        extractor: { by: 'endpoint:x', samples: 1, demonstrations: { choose: 'nearest', k: 1 } },
      },
      undefined,
      {
        demonstrations: () => Promise.resolve(pool),
        embed: (texts) => Promise.resolve(texts.map(() => Float32Array.of(1))),
      },
    );
    await run(engine);
    assert.deepEqual(
      server.requests[0]?.body.messages?.map(({ content }) => content),
      ['You are a helpful assistant.', 'Cy slept.', '##Cy## slept.', text],
    );
    const nearest = { by: 'endpoint:x', demonstrations: { choose: 'nearest' } } as const;
    await assert.rejects(
      open({ protocol: 'cascade', ...both, extractor: nearest }),
      /need the vectors of an encoder/u,
    );
  });

  it('refuses to verify where nothing is proposed', async () => {
    const verify = { low: 0.2, high: 0.6 };
    await assert.rejects(open({ protocol: 'cascade', ...both, verify }), InputError);
    assert.ok(!engineSettingsSchema.safeParse({ verify: { low: 0.6, high: 0.2 } }).success);
  });

  it('tells before a run how many requests it takes', () => {
    const estimate = (setting: EngineSetting): number[] => {
      const { certain, likely } = estimateRequests(engineSettingsSchema.parse(setting), 10, labels);
      return [certain, likely];
    };
    const cascade = { protocol: 'cascade', ...both } as const;
    assert.deepEqual(estimate(cascade), [30, 90]);
    assert.deepEqual(estimate({ ...cascade, classifier: { by: 'encoder' } }), [30, 30]);
    const direct = { by: 'endpoint:x', descent: 'direct' } as const;
    assert.deepEqual(estimate({ protocol: 'cascade', classifier: direct }), [0, 30]);
    const prompting = { samples: 2, verify: true };
    assert.deepEqual(estimate({ protocol: 'b2ner', ...both, prompting }), [20, 20]);
    const each = offerLeaves(typesOf(labels)).length;
    assert.deepEqual(estimate({ protocol: 'gptner', ...both }), [10 * each, 10 * each + 30]);
    assert.deepEqual(estimate({}), [0, 0]);
  });

  it('reads who does the work', () => {
    const read = (by: string, model?: string) => readWorker({ by, model });
    assert.deepEqual(read('encoder'), { kind: 'encoder' });
    assert.deepEqual(read('endpoint:a:b'), { kind: 'endpoint', name: 'a:b' });
    assert.deepEqual(read('endpoint:a', 'm'), { kind: 'endpoint', name: 'a', model: 'm' });
    assert.deepEqual(read('vscode:gpt'), { kind: 'vscode', id: 'gpt' });
    for (const by of ['endpoint:', 'gpt', 'vscode']) {
      assert.ok(!engineSettingsSchema.safeParse({ extractor: { by } }).success, by);
    }
  });
});
