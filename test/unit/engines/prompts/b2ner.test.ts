import assert from 'node:assert/strict';
import { b2ner } from '../../../../src/engines/prompts/protocols/b2ner';
import { instructUie } from '../../../../src/engines/prompts/protocols/instructUie';
import { loadTemplates } from '../../../../src/engines/templates';
import {
  brokenAnswer,
  describeExchanges,
  labelsNamed,
  lostMention,
  noType,
  questionOf,
  unreadPart,
  type Exchange,
} from './exchanges';

const sentence =
  'Mira Holt of Larkfield Press flew from Oslo to Bergen; “Oslo; Night: A Diary” is her book.';
const labels = labelsNamed('person', 'organization', 'city', 'written work', 'vehicle');

const exchanges: readonly Exchange[] = [
  {
    kind: 'a right answer',
    answer: 'person: Mira Holt; organization: Larkfield Press; city: Oslo; city: Bergen',
    found: ['person: Mira Holt', 'organization: Larkfield Press', 'city: Oslo@39', 'city: Bergen'],
  },
  { kind: 'None', answer: 'None', found: [] },
  { kind: 'an empty answer', answer: ' \n', found: [] },
  {
    kind: 'a sentence that says that there is nothing',
    answer: 'There are no entities in the text.',
    found: [],
  },
  {
    kind: 'None for a label',
    answer: 'person: Mira Holt; vehicle: None',
    found: ['person: Mira Holt'],
  },
  {
    kind: 'one pair a line, with bullets, numbers and a lead',
    answer: 'Here are the entities:\n- person: Mira Holt\n2. city: Bergen\n* **city**: Oslo',
    found: ['person: Mira Holt', 'city: Bergen', 'city: Oslo@56'],
  },
  {
    kind: 'a label above its mentions',
    answer: 'city:\n- Oslo\n- Bergen\nperson:\n- Mira Holt',
    found: ['city: Oslo@39', 'city: Bergen', 'person: Mira Holt'],
  },
  {
    kind: 'several mentions with commas',
    answer: 'city: Oslo, Bergen; person: Mira Holt',
    found: ['city: Oslo@39', 'city: Bergen', 'person: Mira Holt'],
  },
  {
    kind: 'the same words twice as the next occurrence',
    answer: 'city: Oslo; city: Oslo',
    found: ['city: Oslo@39', 'city: Oslo@56'],
  },
  {
    kind: 'more repeats than there are occurrences',
    answer: `city: Oslo; ${'city: Bergen; '.repeat(40)}city: Oslo`,
    found: ['city: Oslo@39', 'city: Bergen', 'city: Oslo@56'],
  },
  {
    kind: 'a mention with both separators in it',
    answer: 'written work: Oslo; Night: A Diary; city: Bergen',
    found: ['written work: Oslo; Night: A Diary', 'city: Bergen'],
  },
  {
    kind: 'the pair the other way round',
    answer: 'Mira Holt: person; Bergen: city',
    found: ['person: Mira Holt', 'city: Bergen'],
  },
  {
    kind: 'altered case, plural labels and quotes',
    answer: 'Persons: "mira holt"; CITY: bergen.',
    found: ['person: Mira Holt', 'city: Bergen'],
  },
  {
    kind: 'full-width separators',
    answer: 'person：Mira Holt；city：Bergen',
    found: ['person: Mira Holt', 'city: Bergen'],
  },
  {
    kind: 'a code fence and thoughts before it',
    answer: '<think>person: nobody</think>Sure!\n```text\nperson: Mira Holt\n```\nHope this helps.',
    found: ['person: Mira Holt'],
  },
  {
    kind: 'the prompt’s last word repeated',
    answer: 'Answer: city: Bergen',
    found: ['city: Bergen'],
  },
  {
    kind: 'a label that was not asked about',
    answer: 'person: Mira Holt; weather event: Bergen',
    found: ['person: Mira Holt'],
    problems: [noType],
  },
  {
    kind: 'a mention that the text does not have',
    answer: 'person: Mira Holt; city: Trondheim',
    found: ['person: Mira Holt'],
    problems: [lostMention],
  },
  {
    kind: 'something that is no pair',
    answer: 'person: Mira Holt\nI hope that was useful to you',
    found: ['person: Mira Holt'],
    problems: [unreadPart],
  },
  {
    kind: 'an answer that broke off',
    answer: 'person: Mira Holt; city: Oslo; city: Ber',
    finish: 'cut',
    found: ['person: Mira Holt', 'city: Oslo@39'],
    problems: [brokenAnswer],
  },
  {
    kind: 'JSON of lists under their labels',
    answer: '{"person": ["Mira Holt"], "city": ["Oslo", "Bergen"]}',
    found: ['person: Mira Holt', 'city: Oslo@39', 'city: Bergen'],
  },
  {
    kind: 'a list in brackets after the label',
    answer: 'city: ["Oslo", "Bergen"]; person: [\'Mira Holt\']',
    found: ['city: Oslo@39', 'city: Bergen', 'person: Mira Holt'],
  },
  {
    kind: 'an article that the text does not have',
    answer: 'organization: the Larkfield Press',
    found: ['organization: Larkfield Press'],
  },
  {
    kind: 'Chinese text',
    sentence: '王岚昨天从青岛飞往杭州。',
    answer: 'person: 王岚；city: 青岛；city: 杭州',
    found: ['person: 王岚', 'city: 青岛', 'city: 杭州'],
  },
  { kind: 'nothing in Chinese', sentence: '今天下雨。', answer: '无', found: [] },
];

for (const protocol of [b2ner, instructUie] as const) {
  describe(`the protocol ${protocol.name}`, () => {
    describeExchanges(protocol, sentence, labels, exchanges);
  });
}

describe('the questions of b2ner', () => {
  const ask = async (more: object, asked = labels, text = sentence) => {
    const question = questionOf(text, asked, more);
    return b2ner.ask(question, await loadTemplates(b2ner.templates)).messages;
  };

  it('are in English, or in Chinese for Chinese text', async () => {
    const [message] = await ask({});
    assert.equal(message?.role, 'user');
    assert.equal(
      message.content,
      'Given the label set of entities, please recognize all the entities in the text. The answer format should be "entity label: entity; entity label: entity". \n' +
        `Label Set: person, organization, city, written work, vehicle\n\nText: ${sentence} \nAnswer:`,
    );
    const [chinese] = await ask({}, labels, '王岚昨天到了杭州。');
    assert.match(
      chinese?.content ?? '',
      /^给定实体的标签范围，.*\n标签范围: person, .*\n\n文本: 王岚昨天到了杭州。 \n答案:$/u,
    );
    const [japanese] = await ask({}, labels, '山田さんは京都へ行った。');
    assert.match(japanese?.content ?? '', /^Given the label set/u);
    const [named] = await ask({ lang: 'zh' }, labels, 'Mira');
    assert.match(named?.content ?? '', /^给定/u);
  });

  it('say what labels mean where that is wanted', async () => {
    const [city] = labelsNamed('city');
    assert.ok(city);
    const [message] = await ask({}, [
      { ...city, description: 'A large town.', examples: ['Oslo'] },
    ]);
    assert.match(
      message?.content ?? '',
      /Label Description:\n- city: A large town. \(Oslo\)\n\nText:/u,
    );
  });

  it('show demonstrations as earlier turns, under the labels that are asked about', async () => {
    const demonstrations = [
      {
        text: 'Ana Ruiz left Porto.',
        entities: [
          { start: 14, end: 19, path: ['city'] },
          { start: 0, end: 8, path: ['person'] },
        ],
      },
      { text: 'It rained.', entities: [] },
      { text: 'The ferry sank.', entities: [{ start: 4, end: 9, path: ['ship'] }] },
    ];
    const messages = await ask({ demonstrations });
    assert.deepEqual(
      messages.map(({ role }) => role),
      ['user', 'assistant', 'user', 'assistant', 'user', 'assistant', 'user'],
    );
    const answers = messages.filter(({ role }) => role === 'assistant');
    assert.deepEqual(
      answers.map(({ content }) => content),
      ['person: Ana Ruiz; city: Porto', 'None', 'None'],
    );
  });
});
