import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InputError } from '../../../../src/core/errors';
import { dynamicNerLabels } from '../../../../src/core/labels/dynamicner';
import { phraseText } from '../../../../src/core/messages/phrase';
import { openEngine } from '../../../../src/engines/combine/openEngine';
import { BudgetError } from '../../../../src/engines/endpoint/errors';
import type { ExtractOptions, Passage } from '../../../../src/engines/engine';
import {
  engineSettingsSchema,
  promptProtocolNames,
  type EngineSetting,
} from '../../../../src/engines/settings';
import { collect, flat } from '../engineSuite';
import { FakeModel } from './fakeModel';

const text = 'Ada Blom left Oslo. Then Ada Blom saw Bergen.';
const passages: readonly Passage[] = [{ id: 'p', text }];
const labels = flat('person', 'city');

function open(model: FakeModel, settings: EngineSetting) {
  return openEngine(
    engineSettingsSchema.parse({ extractor: { by: 'endpoint:here' }, ...settings }),
    {
      encoder: () => assert.fail('no encoder is asked for'),
      questions: () => Promise.resolve(model.questions()),
      demonstrations: () =>
        Promise.resolve([
          { text: 'Cy left Rome.', entities: [{ start: 8, end: 12, path: ['city'] }] },
        ]),
    },
  );
}

async function extract(
  model: FakeModel,
  settings: EngineSetting,
  options: Partial<ExtractOptions> = {},
) {
  const engine = await open(model, settings);
  const { results, statistics } = await collect(engine, passages, { labels, ...options });
  const [{ entities, diagnostics = [] } = { entities: [] }] = results;
  return {
    engine,
    entities,
    statistics,
    said: entities.map(
      ({ start, end, path: type }) => `${type.join(' › ')}: ${text.slice(start, end)}@${start}`,
    ),
    problems: diagnostics.map((problem) => phraseText(problem)),
  };
}

describe('an engine of a prompt protocol', () => {
  const answers: Readonly<Record<string, (question: string) => string>> = {
    b2ner: (question) =>
      question.includes('Oslo') ? 'person: Ada Blom; city: Oslo' : 'city: Bergen',
    instructuie: (question) => (question.includes('Oslo') ? 'city: Oslo' : 'person: Ada Blom'),
    universalner: (question) => (question.includes('city') ? '["Oslo", "Bergen"]' : '["Ada Blom"]'),
    gptner: (question) =>
      question.startsWith('Repeat')
        ? (question.split('Sentence: ')[1] ?? '').replace(
            question.includes('city') ? /Oslo|Bergen/u : /Ada Blom/u,
            '@@$&##',
          )
        : 'yes',
    promptner: (question) =>
      question.includes('left Oslo') ? '1. Oslo | True | a place (city)' : 'None',
    json: (question) =>
      question.includes('left Oslo')
        ? '{"entities":[{"before":"left","surface":"Oslo","type":"city"}]}'
        : '{"entities":[]}',
  };
  const all = ['person: Ada Blom@0', 'city: Oslo@14', 'person: Ada Blom@25', 'city: Bergen@38'];
  const found: Readonly<Record<string, readonly string[]>> = {
    b2ner: [all[0], all[1], all[3]] as string[],
    instructuie: [all[1], all[2]] as string[],
    universalner: all,
    gptner: all,
    promptner: [all[1]] as string[],
    json: [all[1]] as string[],
  };

  for (const protocol of promptProtocolNames) {
    it(`extracts by ${protocol}`, async () => {
      const model = new FakeModel((question) => answers[protocol]?.(question) ?? '');
      const { engine, entities, said, statistics } = await extract(model, { protocol });
      // UniversalNER names mentions of either sentence in both answers.
      assert.deepEqual(said, found[protocol]);
      for (const { score, source, state } of entities) {
        assert.deepEqual(
          { score, source, state },
          {
            score: 1,
            source: { engine: protocol, model: 'fake-model' },
            state: 'suggested',
          },
        );
      }
      assert.equal(engine.name, protocol);
      assert.equal(statistics.sentences, 2);
      assert.equal(statistics.asked?.requests, model.asked.length);
    });
  }

  it('asks in batches of labels, as many as the settings say', async () => {
    const model = new FakeModel(() => 'None');
    const { statistics } = await extract(
      model,
      { protocol: 'b2ner', prompting: { mostTypes: 50 } },
      { labels: dynamicNerLabels.toSpec() },
    );
    assert.equal(statistics.asked?.requests, 2 * 4);
    const lists = model.asked.map(
      ({ messages }) =>
        /Label Set: (?<list>.*)/u.exec(messages.at(-1)?.content ?? '')?.groups?.['list'],
    );
    const names = lists.slice(0, 4).flatMap((list) => list?.split(', ') ?? []);
    assert.equal(names.length, 155);
    assert.equal(new Set(names).size, 155);
  });

  it('asks about one type at a time where the protocol does, whatever the settings say', async () => {
    const model = new FakeModel(() => '[]');
    await extract(model, { protocol: 'universalner', prompting: { mostTypes: 9 } });
    assert.equal(model.asked.length, 4);
  });

  it('asks about a level, by whole paths, with what they mean', async () => {
    const model = new FakeModel(() => 'person->real person: Ada Blom; fictional figure: Ada Blom');
    const { said } = await extract(
      model,
      { protocol: 'b2ner', prompting: { level: 2, naming: 'paths', descriptions: true } },
      { labels: dynamicNerLabels.toSpec(), overlap: 'multi-label' },
    );
    assert.deepEqual(said, [
      'person › real person: Ada Blom@0',
      'person › fictional figure: Ada Blom@0',
      'person › real person: Ada Blom@25',
      'person › fictional figure: Ada Blom@25',
    ]);
    const question = model.asked[0]?.messages.at(-1)?.content ?? '';
    assert.match(question, /Label Set: person->real person, person->fictional figure, /u);
    assert.match(question, /\n- location->address: \S.* \(.+; .+\)\n/u);
  });

  it('unites samples and scores what they agree on', async () => {
    const model = new FakeModel((_, { options }) => (options.seed === 1 ? 'city: Oslo' : 'None'));
    const { entities } = await extract(model, { protocol: 'b2ner', prompting: { samples: 4 } });
    assert.deepEqual(
      entities.map(({ score }) => score),
      [0.25],
    );
    assert.deepEqual(
      model.asked.slice(0, 4).map(({ options }) => options.temperature),
      [0, 0.7, 0.7, 0.7],
    );
    const { entities: none } = await extract(
      model,
      { protocol: 'b2ner', prompting: { samples: 4 } },
      { threshold: 0.5 },
    );
    assert.deepEqual(none, []);
  });

  it('keeps of overlapping mentions the longer one, or both where they may nest', async () => {
    const answer = 'city: Blom; person: Ada Blom';
    const flatRun = await extract(new FakeModel(() => answer), { protocol: 'b2ner' });
    assert.deepEqual(flatRun.said, ['person: Ada Blom@0', 'person: Ada Blom@25']);
    const nested = await extract(
      new FakeModel(() => answer),
      { protocol: 'b2ner' },
      { overlap: 'nested' },
    );
    assert.deepEqual(nested.said.slice(0, 2), ['person: Ada Blom@0', 'city: Blom@4']);
  });

  it('drops what is not verified, keeps what is not answered, and says so', async () => {
    const marked = (question: string): string =>
      (question.split('Sentence: ')[1] ?? '').replace(/Ada Blom|Oslo|Bergen/gu, '@@$&##');
    const model = new FakeModel((question, { options }) => {
      if (question.startsWith('Repeat'))
        return question.includes('city') ? marked(question) : 'None';
      assert.deepEqual(options.choice, ['yes', 'no']);
      if (question.includes('“Ada Blom”')) return 'No.';
      return question.includes('“Oslo”') ? 'yes' : 'Hard to say';
    });
    const { said, problems } = await extract(model, { protocol: 'gptner' });
    assert.deepEqual(said, ['city: Oslo@14', 'city: Bergen@38']);
    assert.deepEqual(problems, [
      'Whether “Bergen” is an entity was not answered with yes or no: “Hard to say”.',
    ]);
    const trusting = await extract(model, { protocol: 'gptner', prompting: { verify: false } });
    assert.equal(trusting.said.length, 4);
  });

  it('keeps the reason with the entity', async () => {
    const model = new FakeModel(() => '1. Oslo | True | a place people live in (city)');
    const { entities } = await extract(model, { protocol: 'promptner' });
    assert.equal(entities[0]?.reason, 'a place people live in');
  });

  it('shows the demonstrations that the settings choose', async () => {
    const model = new FakeModel(() => 'None');
    await extract(model, {
      protocol: 'b2ner',
      extractor: { by: 'endpoint:here', demonstrations: { choose: 'fixed' } },
    });
    assert.equal(model.asked[0]?.messages[1]?.content, 'city: Rome');
  });

  it('takes the occurrences that the settings say', async () => {
    const model = new FakeModel(() => 'person: Ada Blom');
    const whole = { by: 'endpoint:here', unit: 'passage' } as const;
    const next = await extract(model, { protocol: 'b2ner', extractor: whole });
    assert.deepEqual(next.said, ['person: Ada Blom@0']);
    const every = await extract(model, {
      protocol: 'b2ner',
      extractor: whole,
      prompting: { occurrences: 'all' },
    });
    assert.deepEqual(every.said, ['person: Ada Blom@0', 'person: Ada Blom@25']);
  });

  it('tells what was withheld and goes on', async () => {
    const model = new FakeModel((question) =>
      question.includes('Oslo') ? { finish: 'filtered' } : 'city: Bergen',
    );
    const { said, problems } = await extract(model, { protocol: 'b2ner' });
    assert.deepEqual(said, ['city: Bergen@38']);
    assert.deepEqual(problems, ['The endpoint’s filter withheld an answer.']);
  });

  it('asks for the types of a span as the cascade does', async () => {
    const model = new FakeModel(() => 'city');
    const engine = await open(model, { protocol: 'json' });
    const [ranked] = await engine.rankTypes({ id: 'p', text }, [{ start: 14, end: 18 }], {
      labels,
    });
    assert.deepEqual(ranked, [{ path: ['city'], score: 1 }]);
    assert.match(model.asked[0]?.messages.at(-1)?.content ?? '', /The ##Oslo## in the sentence/u);
  });

  it('asks nothing without labels', async () => {
    const model = new FakeModel(() => 'city: Oslo');
    const { said } = await extract(model, { protocol: 'b2ner' }, { labels: flat() });
    assert.deepEqual([said, model.asked.length], [[], 0]);
  });

  it('stops at its budget, and when it is told to', async () => {
    const model = new FakeModel(() => 'None');
    await assert.rejects(
      extract(model, { protocol: 'b2ner', budget: { requests: 1 } }),
      (error) => error instanceof BudgetError,
    );
    const engine = await open(new FakeModel(() => 'None'), { protocol: 'b2ner' });
    const stop = new AbortController();
    const results = engine.extract(passages, { labels, signal: stop.signal });
    stop.abort(new Error('stopped'));
    await assert.rejects(results[Symbol.asyncIterator]().next(), /stopped/u);
    await engine.dispose();
    await assert.rejects(engine.extract(passages, { labels })[Symbol.asyncIterator]().next());
  });

  it('asks by the user’s own templates, and names the hole that is missing', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'prompts-'));
    try {
      mkdirSync(path.join(folder, 'b2ner'));
      writeFileSync(path.join(folder, 'b2ner/en.txt'), 'Find {labels} in: {text}\n');
      const model = new FakeModel(() => 'None');
      await extract(model, { protocol: 'b2ner', prompts: folder });
      assert.equal(
        model.asked[0]?.messages[0]?.content,
        'Find person, city in: Ada Blom left Oslo.',
      );
      writeFileSync(path.join(folder, 'b2ner/en.txt'), 'Find {labels}');
      await assert.rejects(
        open(model, { protocol: 'b2ner', prompts: folder }),
        (error) => error instanceof InputError && /en\.txt.*\{text\}/u.test(error.message),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('needs a model that can be asked', async () => {
    await assert.rejects(
      open(new FakeModel(() => ''), { protocol: 'json', extractor: { by: 'encoder' } }),
      (error) => error instanceof InputError && error.place.field === 'extractor.by',
    );
  });
});
