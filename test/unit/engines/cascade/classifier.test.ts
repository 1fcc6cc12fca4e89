import assert from 'node:assert/strict';
import type { LabelSpec, TypeSpec } from '../../../../src/core/labels/labelSpec';
import { phraseText } from '../../../../src/core/messages/phrase';
import { fixedDemonstrations } from '../../../../src/engines/demonstrations';
import { questionsAt } from '../../../servers/ask';
import { cascadeOf } from '../../../servers/cascade';
import { answer, ChatServer } from '../../../servers/chatServer';
import { labels, classify, questionsOf, oneOf } from './askClassifier';

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
