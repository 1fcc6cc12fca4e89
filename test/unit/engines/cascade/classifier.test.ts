import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LabelSpec, TypeSpec } from '../../../../src/core/labels/labelSpec';
import { phraseText } from '../../../../src/core/messages/phrase';
import { matchType } from '../../../../src/engines/cascade/matchType';
import { cascadePrompts } from '../../../../src/engines/cascade/prompts';
import { uniteSamples } from '../../../../src/engines/cascade/uniteSamples';
import type { PassageResult } from '../../../../src/engines/engine';
import { fixedDemonstrations, nearestDemonstrations } from '../../../../src/engines/demonstrations';
import type { EngineSetting } from '../../../../src/engines/settings';
import { compileTemplate, loadTemplates } from '../../../../src/engines/templates';
import { questionsAt } from '../../../servers/ask';
import { cascadeOf } from '../../../servers/cascade';
import {
  answer,
  ChatServer,
  type AnswerOptions,
  type ChatRequest,
} from '../../../servers/chatServer';

const labels: LabelSpec = {
  kind: 'taxonomy',
  id: 'test',
  types: [
    {
      name: 'person',
      children: [
        { name: 'real person', children: [{ name: 'scholar' }, { name: 'politician' }] },
        { name: 'fictional figure', children: [{ name: 'other figure' }] },
      ],
    },
    { name: 'location', children: [{ name: 'city', synonyms: ['town'] }, { name: 'country' }] },
    { name: 'miscellaneous', children: [{ name: 'miscellaneous' }] },
  ],
};

type Reply = string | { readonly text: string; readonly options: AnswerOptions };

/**
 * Runs one sentence whose entities are marked through the cascade. `replies` answers a question of the
 * second stage: the list that was offered, how often it was asked before, the whole request.
 */
async function classify(
  marked: string,
  replies: (list: readonly string[], sample: number, request: ChatRequest) => Reply,
  settings: Pick<EngineSetting, 'classifier' | 'extractor'> = {},
  more: Parameters<typeof cascadeOf>[2] = {},
  spec: LabelSpec = labels,
): Promise<{ result: PassageResult; requests: readonly ChatRequest[]; problems: string[] }> {
  const sentence = marked.replaceAll('##', '');
  const server = await ChatServer.start((request, response) => {
    const question = request.body.messages?.at(-1)?.content ?? '';
    if (question === sentence) return answer(request, response, marked);
    const list = /list: (.*)\?/u.exec(question)?.[1]?.split(', ') ?? [];
    const reply = replies(list, Number(request.body['seed']), request);
    if (typeof reply === 'string') answer(request, response, reply);
    else answer(request, response, reply.text, reply.options);
  });
  try {
    const engine = await cascadeOf(
      questionsAt({ url: server.url }),
      { ...settings, extractor: { samples: 1, ...settings.extractor } },
      more,
    );
    const results: PassageResult[] = [];
    for await (const result of engine.extract([{ id: '', text: sentence }], { labels: spec })) {
      results.push(result);
    }
    const [result] = results;
    assert.ok(result);
    const problems = (result.diagnostics ?? []).map((problem) => phraseText(problem));
    return { result, requests: server.requests.slice(1), problems };
  } finally {
    await server.stop();
  }
}

const questionsOf = (requests: readonly ChatRequest[]): string[] =>
  requests.map(({ body }) => body.messages?.at(-1)?.content ?? '');

/** Answers with the first of these names that the list has. */
const oneOf =
  (...names: string[]) =>
  (list: readonly string[]): string =>
    names.find((name) => list.includes(name)) ?? 'unknown';

describe('the classifier of the cascade', () => {
  it('goes down the taxonomy level by level, with the questions of CascadeNER', async () => {
    const { result, requests } = await classify(
      '##Ada## met Bo.',
      oneOf('person', 'real person', 'scholar'),
    );
    assert.deepEqual(
      result.entities.map(({ path: types, levelScores, score }) => ({ types, levelScores, score })),
      [{ types: ['person', 'real person', 'scholar'], levelScores: [1, 1, 1], score: 1 }],
    );
    const suffix = '? If none of them applied, return unknown';
    const ask = 'The ##Ada## in the sentence: "##Ada## met Bo." belong to which entity in the';
    assert.deepEqual(questionsOf(requests), [
      `${ask} first list: person, location, miscellaneous${suffix}`,
      `${ask} second list: real person, fictional figure${suffix}`,
      `${ask} third list: scholar, politician${suffix}`,
    ]);
    assert.deepEqual(requests[0]?.body.messages?.[0], {
      role: 'system',
      content: 'You are a helpful assistant.',
    });
  });

  it('marks the occurrence that it asks about', async () => {
    const { requests } = await classify('Ada, ##Ada## and Ada', oneOf('location', 'city'));
    assert.match(questionsOf(requests)[0] ?? '', /: "Ada, ##Ada## and Ada" belong/u);
  });

  for (const [kind, replies, expected, asked] of [
    ['unknown at the second level', oneOf('person'), [['person']], 2],
    ['unknown at the first level', oneOf(), [], 1],
    [
      'an answer that is none of the list',
      (list: readonly string[]) => (list.includes('person') ? 'person' : 'banana'),
      [['person']],
      2,
    ],
    [
      'a type with one child, which is not asked about',
      oneOf('miscellaneous'),
      [['miscellaneous', 'miscellaneous']],
      1,
    ],
    ['a branch that is less deep', oneOf('location', 'city'), [['location', 'city']], 2],
    [
      'a synonym, which names its type',
      (list: readonly string[]) => (list.includes('person') ? 'location' : 'town'),
      [['location', 'city']],
      2,
    ],
  ] as const) {
    it(`stops where it must: ${kind}`, async () => {
      const { result, requests, problems } = await classify('##Ada## met Bo.', replies);
      assert.deepEqual(
        result.entities.map(({ path: types }) => types),
        expected,
      );
      assert.equal(requests.length, asked);
      if (expected.length === 0)
        assert.match(problems[0] ?? '', /None of the types applies to “Ada”/u);
    });
  }

  it('takes any number of levels', async () => {
    const flat: LabelSpec = { kind: 'flat', id: 'f', labels: [{ name: 'ship' }, { name: 'port' }] };
    const one = await classify('##Ada## sank.', oneOf('ship'), {}, {}, flat);
    assert.deepEqual(one.result.entities[0]?.path, ['ship']);
    assert.equal(one.requests.length, 1);
    let deep: TypeSpec = { name: 'l6' };
    for (const level of [5, 4, 3, 2, 1]) {
      deep = { name: `l${level}`, children: [deep, { name: `other ${level + 1}` }] };
    }
    const tree: LabelSpec = { kind: 'taxonomy', id: 't', types: [deep, { name: 'other 1' }] };
    const names = ['l1', 'l2', 'l3', 'l4', 'l5', 'l6'];
    const six = await classify('##Ada## sank.', oneOf(...names), {}, {}, tree);
    assert.deepEqual(six.result.entities[0]?.path, names);
    assert.match(questionsOf(six.requests)[5] ?? '', /in the sixth list: l6, other 6\?/u);
  });

  it('asks nothing where there is no label', async () => {
    const none: LabelSpec = { kind: 'flat', id: 'none', labels: [] };
    const { result, requests } = await classify('##Ada##', () => assert.fail(), {}, {}, none);
    assert.deepEqual(result.entities, []);
    assert.deepEqual(requests, []);
  });

  it('asks once for the deepest level when told to, naming what stands twice by its place', async () => {
    const twice: LabelSpec = {
      kind: 'taxonomy',
      id: 'twice',
      types: [
        { name: 'art', children: [{ name: 'film' }, { name: 'other' }] },
        { name: 'law', children: [{ name: 'other' }] },
      ],
    };
    const { result, requests } = await classify(
      '##Ada##',
      oneOf('other (law)'),
      { classifier: { descent: 'direct', offerUnknown: false } },
      {},
      twice,
    );
    assert.deepEqual(result.entities[0]?.path, ['law', 'other']);
    assert.deepEqual(questionsOf(requests), [
      'The ##Ada## in the sentence: "##Ada##" belong to which entity in the list: film, other (art), other (law)?',
    ]);
  });

  it('leaves the sentence out when told to', async () => {
    const { requests } = await classify('##Ada## met Bo.', oneOf('person'), {
      classifier: { context: false, offerUnknown: false },
    });
    assert.equal(
      questionsOf(requests)[0],
      'The ##Ada## belong to which entity in the first list: person, location, miscellaneous?',
    );
  });

  it('takes confidence from votes', async () => {
    const said = [
      ['person', 'person', 'location', 'person'],
      ['real person', 'fictional figure', 'real person', 'real person'],
      ['scholar', 'unknown', 'politician', 'scholar'],
    ];
    const { result, requests } = await classify(
      '##Ada## met Bo.',
      (list, sample) =>
        said[list.includes('person') ? 0 : list.includes('real person') ? 1 : 2]?.[sample] ?? '',
      { classifier: { samples: 4 } },
    );
    assert.equal(requests.length, 12);
    const [entity] = result.entities;
    assert.deepEqual(entity?.path, ['person', 'real person', 'scholar']);
    assert.deepEqual(entity?.levelScores, [0.75, 0.75 * 0.75, 0.75 * 0.75 * 0.5]);
    assert.deepEqual(entity?.alternatives, [
      { path: ['person', 'real person', 'politician'], score: 0.75 * 0.75 * 0.25 },
    ]);
    const temperatures = requests.map(({ body }) => [body['seed'], body['temperature']]);
    assert.deepEqual([...new Set(temperatures.map((pair) => pair.join(' ')))].sort(), [
      '0 0',
      '1 0.7',
      '2 0.7',
      '3 0.7',
    ]);
  });

  it('takes confidence from log-probabilities where the server gives them', async () => {
    const content = [
      {
        token: 'loc',
        logprob: Math.log(0.5),
        top_logprobs: [
          { token: 'loc', logprob: Math.log(0.5) },
          { token: 'person', logprob: Math.log(0.3) },
          { token: ' mis', logprob: Math.log(0.1) },
        ],
      },
      { token: 'ation', logprob: Math.log(0.8) },
    ];
    const { result, requests } = await classify(
      '##Ada## met Bo.',
      (list) =>
        list.includes('person')
          ? { text: 'location', options: { logprobs: { content } } }
          : 'unknown',
      { classifier: { confidence: 'logprobs' } },
    );
    assert.equal(requests[0]?.body['top_logprobs'], 5);
    const [entity] = result.entities;
    assert.deepEqual(entity?.path, ['location']);
    assert.ok(Math.abs((entity?.levelScores?.[0] ?? 0) - 0.4) < 1e-9);
    const rounded = entity?.alternatives?.map(({ path: types, score }) => [
      types[0],
      Math.round(score * 1e6) / 1e6,
    ]);
    assert.deepEqual(rounded, [
      ['person', 0.3],
      ['miscellaneous', 0.1],
    ]);
  });

  it('asks about long lists in parts, then about the winners', async () => {
    const many: LabelSpec = {
      kind: 'flat',
      id: 'many',
      labels: Array.from({ length: 25 }, (_, index) => ({ name: `type ${index}` })),
    };
    const { result, requests } = await classify(
      '##Ada##',
      oneOf('type 17', 'type 3', 'type 12'),
      { classifier: { mostTypes: 10 } },
      {},
      many,
    );
    assert.deepEqual(result.entities[0]?.path, ['type 17']);
    assert.equal(requests.length, 4);
    assert.match(questionsOf(requests)[3] ?? '', /list: type 3, type 12, type 17\?/u);
  });

  it('shows demonstrations as earlier turns, of the same stage and level', async () => {
    const demonstration = {
      text: 'Cy of Rome',
      entities: [
        { start: 0, end: 2, path: ['person', 'real person', 'politician'] },
        { start: 6, end: 10, path: ['location', 'city'] },
      ],
    };
    const { requests } = await classify(
      '##Ada## met Bo.',
      oneOf('person', 'real person', 'scholar'),
      {},
      { demonstrations: fixedDemonstrations([demonstration], 3) },
    );
    const turns = requests.map(({ body }) => (body.messages ?? []).slice(1, 3));
    assert.deepEqual(
      turns.map(([, said]) => said?.content),
      ['person', 'real person', 'politician'],
    );
    assert.match(
      turns[2]?.[0]?.content ?? '',
      /"##Cy## of Rome" .* third list: scholar, politician\?/u,
    );
  });

  it('asks the same question of two spans in one sentence once', async () => {
    const { result, requests } = await classify('##Ada## met ##Bo##.', oneOf('person'), {
      classifier: { context: false },
    });
    assert.equal(result.entities.length, 2);
    assert.equal(requests.length, 4);
  });

  it('goes on where one question is refused', async () => {
    const sentence = 'Ada met Bo.';
    const server = await ChatServer.start((request, response) => {
      const question = request.body.messages?.at(-1)?.content ?? '';
      if (question === sentence) answer(request, response, '##Ada## met ##Bo##.');
      else if (question.includes('##Ada## in')) {
        response.writeHead(400, { 'content-type': 'application/json' });
        response.end('{"error": {"message": "too long"}}');
      } else answer(request, response, 'location');
    });
    try {
      const engine = await cascadeOf(questionsAt({ url: server.url }), {
        extractor: { samples: 1 },
      });
      for await (const result of engine.extract([{ id: '', text: sentence }], { labels })) {
        assert.deepEqual(
          result.entities.map(({ start }) => start),
          [8],
        );
        assert.match(
          phraseText(result.diagnostics?.[0] ?? { template: '', args: [] }),
          /too long/u,
        );
      }
    } finally {
      await server.stop();
    }
  });
});

describe('answers of the classifier', () => {
  const options = [
    { name: 'person' },
    { name: 'real person' },
    { name: 'public facility', synonyms: ['amenity'] },
    { name: 'company' },
    { name: 'unknown land' },
  ];
  for (const [said, expected] of [
    ['person', 0],
    ['Person.', 0],
    ['  "real person" ', 1],
    ['real_person', 1],
    ['public facilities', 2],
    ['amenity', 2],
    ['companies', 3],
    ['The answer is: real person', 1],
    ['**company**', 3],
    ['2. company', 3],
    ['It belongs to "company" because it sells goods.', 3],
    ['company\n\nIt sells goods to each person.', 3],
    ['a facility of the public', 2],
    ['unknown land', 4],
    ['<think>person?</think>company', 3],
    ['unknown', 'unknown'],
    ['Unknown.', 'unknown'],
    ['None of them', 'unknown'],
    ['none of the above applies', 'unknown'],
    ['banana', 'unclear'],
    ['', 'unclear'],
    ['person or company', 'unclear'],
  ] as const) {
    it(`are matched: ${JSON.stringify(said)}`, () => {
      const match = matchType(said, options);
      assert.deepEqual(match.kind === 'option' ? match.index : match.kind, expected);
    });
  }
});

describe('the union of samples', () => {
  const span = (start: number, end: number) => ({ start, end });

  it('keeps the longest of what overlaps, with the share of samples', () => {
    const samples = [[span(0, 4), span(10, 12)], [span(0, 9)], [span(0, 4), span(8, 10)]];
    assert.deepEqual(uniteSamples(samples, 'flat'), [
      { start: 0, end: 9, score: 1 / 3 },
      { start: 10, end: 12, score: 1 / 3 },
    ]);
    assert.deepEqual(uniteSamples([[span(0, 4)], [span(2, 6)], [span(2, 6)]], 'flat'), [
      { start: 2, end: 6, score: 2 / 3 },
    ]);
  });

  it('keeps spans inside spans where they are wanted', () => {
    const samples = [[span(0, 9)], [span(0, 4)], [span(2, 12)]];
    assert.deepEqual(uniteSamples(samples, 'nested'), [{ start: 2, end: 12, score: 1 / 3 }]);
    assert.deepEqual(uniteSamples(samples.slice(0, 2), 'nested'), [
      { start: 0, end: 9, score: 0.5 },
      { start: 0, end: 4, score: 0.5 },
    ]);
  });
});

describe('prompt templates', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'prompts-'));
    mkdirSync(path.join(folder, 'cascade'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('of a folder take the place of the built-in ones', async () => {
    writeFileSync(path.join(folder, 'cascade/extract.txt'), 'Mark {{##}} in: {sentence}\n');
    const templates = await loadTemplates(cascadePrompts, folder);
    assert.equal(templates.extract({ sentence: 'a {b} $& c' }), 'Mark {##} in: a {b} $& c');
    assert.equal(templates.system({}), 'You are a helpful assistant.');
  });

  it('are checked when they are loaded', async () => {
    for (const [text, message] of [
      ['Mark it.', /extract\.txt: The template lacks \{sentence\}/u],
      ['{sentence}\n{text}', /extract\.txt:2: The template has no use for \{text\}.*\{sentence\}/u],
      ['{sentence} {', /extract\.txt:1: A single brace/u],
    ] as const) {
      writeFileSync(path.join(folder, 'cascade/extract.txt'), text);
      await assert.rejects(loadTemplates(cascadePrompts, folder), message);
    }
  });

  it('fill what they are given and nothing else', () => {
    const template = compileTemplate('{a}{{b}}{c}', { text: '', needs: ['a'], may: ['c'] }, 't');
    assert.equal(template({ a: '{c}', c: '' }), '{c}{b}');
  });
});

describe('demonstrations', () => {
  const pool = ['aaa', 'aab', 'bbb', 'abb'].map((text) => ({ text, entities: [] }));
  const embed = (texts: readonly string[]) =>
    Promise.resolve(
      texts.map((text) =>
        Float32Array.from(['a', 'b'].map((letter) => text.split(letter).length - 1)),
      ),
    );
  const signal = new AbortController().signal;

  it('are the first ones', async () => {
    const chosen = await fixedDemonstrations(pool, 2)('x', signal);
    assert.deepEqual(chosen, pool.slice(0, 2));
  });

  it('are the nearest ones, the likest last, never the sentence itself', async () => {
    const choose = nearestDemonstrations(pool, 2, embed);
    assert.deepEqual(
      (await choose('ab', signal)).map(({ text }) => text),
      ['abb', 'aab'],
    );
    assert.deepEqual(
      (await choose('aaa', signal)).map(({ text }) => text),
      ['abb', 'aab'],
    );
    assert.deepEqual(await nearestDemonstrations([], 2, embed)('ab', signal), []);
  });
});
