import assert from 'node:assert/strict';
import { json } from '../../../../src/engines/prompts/protocols/json';
import { loadTemplates } from '../../../../src/engines/templates';
import {
  brokenAnswer,
  describeExchanges,
  labelsNamed,
  lostMention,
  noType,
  questionOf,
  unread,
  unreadPart,
} from './exchanges';

const sentence = 'Paris left Paris for the Lyon of Lyon, where Paris wrote “Paris”.';
const labels = labelsNamed('person', 'city', 'written work');

describe('the protocol json', () => {
  describeExchanges(json, sentence, labels, [
    {
      kind: 'a right answer, occurrences by the words before them',
      answer:
        '{"entities": [{"before": "", "surface": "Paris", "type": "person"}, {"before": "Paris left", "surface": "Paris", "type": "city"}, {"before": "Lyon of", "surface": "Lyon", "type": "city"}, {"before": "Paris wrote", "surface": "Paris", "type": "written work"}]}',
      found: ['person: Paris@0', 'city: Paris@11', 'city: Lyon@33', 'written work: Paris@58'],
    },
    {
      kind: 'a right answer in another order',
      answer:
        '{"entities": [{"before": "where", "surface": "Paris", "type": "person"}, {"before": "left", "surface": "Paris", "type": "city"}]}',
      found: ['person: Paris@45', 'city: Paris@11'],
    },
    {
      kind: 'words before that are not there',
      answer: '{"entities": [{"before": "in the old", "surface": "Lyon", "type": "city"}]}',
      found: ['city: Lyon@25'],
    },
    {
      kind: 'no words before: the next occurrence',
      answer:
        '{"entities": [{"surface": "Lyon", "type": "city"}, {"surface": "Lyon", "type": "city"}]}',
      found: ['city: Lyon@25', 'city: Lyon@33'],
    },
    { kind: 'no entities', answer: '{"entities": []}', found: [] },
    { kind: 'an empty object', answer: '{}', found: [] },
    { kind: 'an empty answer', answer: '', found: [] },
    {
      kind: 'a fence and words around it',
      answer:
        'Of course:\n```json\n{"entities": [{"before": "of", "surface": "Lyon", "type": "city"}]}\n```\nDone.',
      found: ['city: Lyon@33'],
    },
    {
      kind: 'words around it without a fence',
      answer:
        'Result {see below}: {"entities": [{"before": "of", "surface": "Lyon", "type": "city"}]} OK',
      found: ['city: Lyon@33'],
    },
    {
      kind: 'a bare list with other keys',
      answer: '[{"text": "Lyon", "label": "city"}, {"mention": "Paris", "category": "Person"}]',
      found: ['city: Lyon@25', 'person: Paris@45'],
    },
    {
      kind: 'lists under the names of types',
      answer: '{"city": ["Lyon"], "person": [{"name": "Paris"}]}',
      found: ['city: Lyon@25', 'person: Paris@45'],
    },
    {
      kind: 'types under the mentions',
      answer: '{"Lyon": "city", "Paris": "person"}',
      found: ['city: Lyon@25', 'person: Paris@45'],
    },
    {
      kind: 'pairs',
      answer: '[["Lyon", "city"], ["person", "Paris"]]',
      found: ['city: Lyon@25', 'person: Paris@45'],
    },
    {
      kind: 'Python’s way of writing',
      answer: "{'entities': [{'before': None, 'surface': 'Lyon', 'type': 'city'},]}",
      found: ['city: Lyon@25'],
    },
    {
      kind: 'an answer that broke off in a string',
      answer:
        '{"entities": [{"before": "of", "surface": "Lyon", "type": "city"}, {"before": "", "surface": "Par',
      finish: 'cut',
      found: ['city: Lyon@33'],
      problems: [brokenAnswer],
    },
    {
      kind: 'an answer that ends in the middle without saying so',
      answer:
        '{"entities": [{"before": "of", "surface": "Lyon", "type": "city"}, {"before": "", "surface"',
      found: ['city: Lyon@33'],
      problems: [brokenAnswer],
    },
    {
      kind: 'a type that was not asked about',
      answer: '{"entities": [{"before": "of", "surface": "Lyon", "type": "football club"}]}',
      found: [],
      problems: [noType],
    },
    {
      kind: 'a mention that the text does not have',
      answer: '{"entities": [{"before": "of", "surface": "Nantes", "type": "city"}]}',
      found: [],
      problems: [lostMention],
    },
    {
      kind: 'an object that is no entity',
      answer: '{"entities": [{"score": 3}, {"surface": "Lyon", "type": "city"}]}',
      found: ['city: Lyon@25'],
      problems: [unreadPart],
    },
    {
      kind: 'an unescaped quote in a string',
      answer: '{"entities": [{"before": "of", "surface": "Lyon", "type": "ci"ty"}]}',
      found: [],
      problems: [brokenAnswer],
    },
    { kind: 'prose', answer: 'Paris is a person here.', found: [], problems: [unread] },
  ]);

  it('asks with a schema whose types are the labels', async () => {
    const { messages, options } = json.ask(
      questionOf(sentence, labels, {
        demonstrations: [
          { text: 'It is Rome.', entities: [{ start: 6, end: 10, path: ['city'] }] },
        ],
      }),
      await loadTemplates(json.templates),
    );
    assert.equal(
      messages[2]?.content,
      '{"entities":[{"before":"It is","surface":"Rome","type":"city"}]}',
    );
    assert.match(
      messages[3]?.content ?? '',
      /Types: person, city, written work[^]*\{"entities": \[\{"before"/u,
    );
    assert.deepEqual(options.schema, {
      type: 'object',
      properties: {
        entities: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              before: { type: 'string' },
              surface: { type: 'string' },
              type: { type: 'string', enum: ['person', 'city', 'written work'] },
            },
            required: ['before', 'surface', 'type'],
            additionalProperties: false,
          },
        },
      },
      required: ['entities'],
      additionalProperties: false,
    });
  });
});
