import assert from 'node:assert/strict';
import { universalNer } from '../../../../src/engines/prompts/protocols/universalNer';
import { loadTemplates } from '../../../../src/engines/templates';
import {
  brokenAnswer,
  describeExchanges,
  labelsNamed,
  lostMention,
  questionOf,
  unread,
} from './exchanges';

const sentence = 'In Oslo and in Bergen the “Fjord Line” is run by O’Dell, Vik & Co., not by Oslo.';
const labels = labelsNamed('name');

describe('the protocol universalner', () => {
  describeExchanges(universalNer, sentence, labels, [
    {
      kind: 'a right answer, every occurrence of it',
      answer: '["Oslo", "Bergen"]',
      found: ['name: Oslo@3', 'name: Oslo@75', 'name: Bergen'],
    },
    { kind: 'an empty list', answer: '[]', found: [] },
    { kind: 'None', answer: 'None', found: [] },
    { kind: 'an empty answer', answer: '', found: [] },
    { kind: 'that there is nothing', answer: 'There are no such entities in the text.', found: [] },
    {
      kind: 'a string twice',
      answer: '["Bergen", "Bergen"]',
      found: ['name: Bergen'],
    },
    {
      kind: 'a Python list with apostrophes in it',
      answer: "['Bergen', 'O'Dell, Vik & Co.']",
      found: ['name: Bergen', 'name: O’Dell, Vik & Co.'],
    },
    {
      kind: 'words around the list',
      answer: 'The following describe name: ["Bergen"]. Let me know if you need more!',
      found: ['name: Bergen'],
    },
    {
      kind: 'a fenced list with a comma too many',
      answer: '```json\n[\n  "Bergen",\n]\n```',
      found: ['name: Bergen'],
    },
    {
      kind: 'objects in place of strings',
      answer: '[{"entity": "Bergen", "type": "city"}, {"text": "Fjord Line"}]',
      found: ['name: Bergen', 'name: Fjord Line'],
    },
    {
      kind: 'an object around the list',
      answer: '{"name": ["Bergen"]}',
      found: ['name: Bergen'],
    },
    {
      kind: 'a list that is not closed',
      answer: '["Bergen", "Fjord Line", "Os',
      found: ['name: Bergen', 'name: Fjord Line'],
      problems: [brokenAnswer],
    },
    {
      kind: 'a list that broke off',
      answer: '["Bergen", "Fjord Line", "Os',
      finish: 'cut',
      found: ['name: Bergen', 'name: Fjord Line'],
      problems: [brokenAnswer],
    },
    { kind: 'a bare string', answer: 'Bergen', found: ['name: Bergen'] },
    {
      kind: 'bare strings with commas between and in them',
      answer: 'Bergen, Fjord Line and O’Dell, Vik & Co.',
      found: ['name: Bergen', 'name: Fjord Line', 'name: O’Dell, Vik & Co.'],
    },
    {
      kind: 'bare strings with a comma and “and”',
      answer: 'Bergen, Oslo and Fjord Line',
      found: ['name: Bergen', 'name: Oslo@3', 'name: Oslo@75', 'name: Fjord Line'],
    },
    {
      kind: 'a mention with a comma',
      answer: 'O’Dell, Vik & Co.',
      found: ['name: O’Dell, Vik & Co.'],
    },
    {
      kind: 'lines with bullets',
      answer: 'They are:\n- Bergen\n- "Fjord Line"',
      found: ['name: Bergen', 'name: Fjord Line'],
    },
    {
      kind: 'other quotes and dashes than the text’s',
      answer: '["O\'Dell, Vik & Co.", "\\"Fjord Line\\""]',
      found: ['name: O’Dell, Vik & Co.', 'name: “Fjord Line”'],
    },
    {
      kind: 'a translated string',
      answer: '["Bergen", "der Fjord"]',
      found: ['name: Bergen'],
      problems: [lostMention],
    },
    {
      kind: 'a refusal',
      answer: 'I am sorry, I cannot help with this request.',
      found: [],
      problems: [unread],
    },
  ]);

  it('asks about one type after the text', async () => {
    const [label] = labels;
    assert.ok(label);
    const templates = await loadTemplates(universalNer.templates);
    const { messages } = universalNer.ask(questionOf('It is in Oslo.', labels), templates);
    assert.deepEqual(messages, [
      {
        role: 'system',
        content: 'A virtual assistant answers questions from a user based on the provided text.',
      },
      { role: 'user', content: 'Text: It is in Oslo.' },
      { role: 'assistant', content: 'I’ve read this text.' },
      { role: 'user', content: 'What describes name in the text?' },
    ]);
    const described = questionOf(
      'It is in Oslo.',
      [{ ...label, description: 'What it is called.' }],
      {
        demonstrations: [{ text: 'Bergen!', entities: [{ start: 0, end: 6, path: ['name'] }] }],
      },
    );
    const asked = universalNer.ask(described, templates).messages;
    assert.deepEqual(
      asked.slice(3, 5).map(({ content }) => content),
      ['What describes name in the text? (What it is called.)', '["Bergen"]'],
    );
  });
});
