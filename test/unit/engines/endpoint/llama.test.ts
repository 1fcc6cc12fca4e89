import assert from 'node:assert/strict';
import type { LabelSpec } from '../../../../src/core/labels/labelSpec';
import { EndpointClassifier } from '../../../../src/engines/cascade/endpointClassifier';
import { cascadePrompts } from '../../../../src/engines/cascade/prompts';
import { CascadeEngine } from '../../../../src/engines/combine/cascadeEngine';
import { EncoderExtractor } from '../../../../src/engines/combine/encoderParts';
import type { Passage, PassageResult } from '../../../../src/engines/engine';
import { classifierSettingsSchema } from '../../../../src/engines/settings';
import { loadTemplates } from '../../../../src/engines/templates';
import { askOnce, modelAt, questionsAt } from '../../../servers/ask';
import { cascadeOf } from '../../../servers/cascade';
import { startLlamaServer, type LlamaServer } from '../../../servers/llamaServer';
import { until } from '../../../until';
import { FakeEngine } from '../../cli/fakeEngine';

const labels: LabelSpec = {
  kind: 'taxonomy',
  id: 'llama',
  types: [
    { name: 'person', children: [{ name: 'scholar' }, { name: 'artist' }, { name: 'athlete' }] },
    { name: 'location', children: [{ name: 'city' }, { name: 'country' }] },
    { name: 'work of art', children: [{ name: 'novel' }, { name: 'geo-political song' }] },
  ],
};
const paths = new Set(
  labels.types.flatMap(({ name, children }) => children?.map((child) => `${name}/${child.name}`)),
);
const passages: Passage[] = Array.from({ length: 12 }, (_, index) => ({
  id: String(index),
  text: `Ada Lovelace met number ${index} in London. Then Grace left Paris.`,
}));

/**
 * The client and the cascade against llama.cpp itself, with a model of random weights: what it answers
 * is noise, so that what comes out is due to the protocol alone.
 */
describe('a real server of llama.cpp', function () {
  this.timeout(60_000);
  let llama: LlamaServer;

  before(async () => {
    llama = await startLlamaServer();
  });
  after(() => llama.stop());

  const at = (): { url: string; model: string } => ({ url: llama.server.url, model: 'tiny' });

  async function classifying(choice: 'auto' | 'grammar' = 'grammar'): Promise<CascadeEngine> {
    const questions = questionsAt(
      { ...at(), choice },
      {
        retries: { tries: 100, firstMilliseconds: 20, mostMilliseconds: 300 },
      },
    );
    const asking = {
      questions,
      templates: await loadTemplates(cascadePrompts),
      demonstrations: () => Promise.resolve([]),
    };
    const settings = classifierSettingsSchema.parse({ offerUnknown: false, temperature: 1 });
    return new CascadeEngine(
      new EncoderExtractor(new FakeEngine()),
      new EndpointClassifier(asking, settings, 'sentence'),
    );
  }

  async function extractAll(engine: CascadeEngine): Promise<PassageResult[]> {
    const results: PassageResult[] = [];
    for await (const result of engine.extract(passages, { labels })) results.push(result);
    return results;
  }

  function assertListed(results: readonly PassageResult[]): void {
    assert.deepEqual(
      results.map(({ id }) => id),
      passages.map(({ id }) => id),
    );
    const found = results.flatMap(({ entities }) => entities.map(({ path }) => path.join('/')));
    assert.equal(found.length, passages.length * 5);
    for (const path of found) assert.ok(paths.has(path), path);
    assert.ok(new Set(found).size > 2, 'a random model does not always say the same');
  }

  it('lists its model, and answers the same streamed or whole', async () => {
    assert.deepEqual(await modelAt(at()).listModels(), ['tiny']);
    const ask = (stream: boolean) =>
      askOnce(questionsAt({ ...at(), stream }), 'Hello?', { maxTokens: 40, seed: 7 });
    const [whole, streamed] = [await ask(false), await ask(true)];
    assert.ok(whole.text.length > 0);
    assert.equal(streamed.text, whole.text);
    assert.equal(streamed.finish, whole.finish);
  });

  it('answers several questions at once, and more than it works on', async () => {
    const questions = questionsAt(at(), { concurrency: 8 });
    const answers = await Promise.all(
      passages.map(({ text }) => askOnce(questions, text, { maxTokens: 30 })),
    );
    assert.equal(answers.length, passages.length);
    assert.ok(llama.server.mostRunning > 4, String(llama.server.mostRunning));
  });

  it('is found to constrain by grammar, and then says nothing but a choice', async () => {
    const questions = questionsAt({ ...at(), choice: 'auto' });
    // ASCII: this version lets a character of several byte tokens end before its last byte.
    const choice = ['person', 'work of art', 'geo-political "entity"', 'a \\ b'];
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, seed) =>
        askOnce(questions, 'Which?', { choice, seed, temperature: 1.5, maxTokens: 60 }),
      ),
    );
    for (const { text } of answers) assert.ok(choice.includes(text), text);
    assert.ok(new Set(answers.map(({ text }) => text)).size > 1);
  });

  it('gives every span of a cascade types that are listed, level by level', async () => {
    assertListed(await extractAll(await classifying('auto')));
  });

  it('may extract nonsense: it is reported, and no span comes of it', async () => {
    const engine = await cascadeOf(questionsAt(at()), { extractor: { samples: 2, maxTokens: 30 } });
    const results = await extractAll(engine);
    assert.equal(results.length, passages.length);
    for (const { entities } of results) assert.deepEqual(entities, []);
    assert.ok(results.some(({ diagnostics = [] }) => diagnostics.length > 0));
  });

  it('stops working when nobody waits for the answer any more', async () => {
    const stop = new AbortController();
    const { signal } = stop;
    const before = llama.tokens;
    const asked = Promise.allSettled(
      [1, 2, 3, 4].map((seed) =>
        askOnce(questionsAt(at()), `Tell me ${seed}.`, { seed, temperature: 2, signal }),
      ),
    );
    while (llama.tokens === before) await new Promise((resolve) => setTimeout(resolve, 1));
    stop.abort();
    for (const { status } of await asked) assert.equal(status, 'rejected');
    while (llama.server.running > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.ok(llama.server.closedEarly > 0);
    let after = -1;
    await until('no more tokens come', async () => {
      after = llama.tokens;
      await new Promise((resolve) => setTimeout(resolve, 200));
      return llama.tokens === after || `${llama.tokens - after} more`;
    });
    // Four whole answers have as many tokens as the model has room for.
    assert.ok(after - before < 1000, `${after - before} tokens were made`);
  });

  it('may be started anew in the middle of a run', async () => {
    const { port } = llama.server;
    const begun = llama.server.requests.length;
    const run = extractAll(await classifying());
    while (llama.server.requests.length < begun + 10) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await llama.stop();
    llama = await startLlamaServer(port);
    assertListed(await run);
    assert.ok(llama.server.requests.length > 0);
  });
});
