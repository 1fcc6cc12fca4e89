import assert from 'node:assert/strict';
import { promptNer } from '../../../../src/engines/prompts/protocols/promptNer';
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

const sentence = 'Captain Iris Blom sailed the Petrel to Oslo.';
const labels = labelsNamed('person', 'ship', 'city');

describe('the protocol promptner', () => {
  describeExchanges(promptNer, sentence, labels, [
    {
      kind: 'a right answer',
      answer:
        '1. Iris Blom | True | as she is a named human being (person)\n2. sailed | False | as it is an action\n3. Petrel | True | as it is a vessel that is sailed (ship)',
      found: ['person: Iris Blom', 'ship: Petrel'],
    },
    { kind: 'None', answer: 'None', found: [] },
    { kind: 'an empty answer', answer: '', found: [] },
    {
      kind: 'lines without numbers, with other words for true and false',
      answer: 'Iris Blom | yes | a human being (person)\nCaptain | no | a rank',
      found: ['person: Iris Blom'],
    },
    {
      kind: 'a table with headings',
      answer:
        '| N | Candidate | Verdict | Reason |\n|---|:---|---|---|\n| 1 | Iris Blom | True | a human being (person) |\n| 2 | Petrel | **True** | a vessel (ship) |',
      found: ['person: Iris Blom', 'ship: Petrel'],
    },
    {
      kind: 'the type as a column of its own',
      answer: '1. Oslo | True | city | it is sailed to',
      found: ['city: Oslo'],
    },
    {
      kind: 'a type without brackets',
      answer: '1. Oslo | True | it is the name of a city',
      found: ['city: Oslo'],
    },
    {
      kind: 'a reason that goes on in the next line',
      answer: '1. Oslo | True | it is a place\nthat ships go to (city)\n2. Petrel | True | (ship)',
      found: ['city: Oslo', 'ship: Petrel'],
    },
    {
      kind: 'words before and after the list',
      answer: 'Here is the list:\n\n1. Oslo | True | a place (city)\n\nLet me know if this helps.',
      found: ['city: Oslo'],
    },
    {
      kind: 'full-width bars and brackets',
      answer: '1. Oslo ｜ True ｜ a place（city）',
      found: ['city: Oslo'],
    },
    {
      kind: 'brackets in the reason',
      answer: '1. Oslo | True | a place (in Norway) people live in (city).',
      found: ['city: Oslo'],
    },
    {
      kind: 'a type that was not asked about',
      answer: '1. Captain | True | a rank (military title)\n2. Oslo | True | a place (city)',
      found: ['city: Oslo'],
      problems: [noType],
    },
    {
      kind: 'a type that says that none applies',
      answer: '1. Captain | True | a rank (none)\n2. Oslo | True | a place (city)',
      found: ['city: Oslo'],
    },
    {
      kind: 'a candidate that the text does not have',
      answer: '1. Norway | True | a place (city)',
      found: [],
      problems: [lostMention],
    },
    {
      kind: 'a line without verdict',
      answer: '1. Oslo | a place, see above (city)\n2. Petrel | True | a vessel (ship)',
      found: ['ship: Petrel'],
      problems: [unreadPart],
    },
    {
      kind: 'an answer that broke off',
      answer: '1. Oslo | True | a place (city)\n2. Pet',
      finish: 'cut',
      found: ['city: Oslo'],
      problems: [brokenAnswer],
    },
    {
      kind: 'a line that broke off in its reason',
      answer: '1. Oslo | True | a place (city)\n2. Petrel | True | a vess',
      finish: 'cut',
      found: ['city: Oslo'],
      problems: [brokenAnswer],
    },
    {
      kind: 'JSON',
      answer: '[{"entity": "Oslo", "type": "city", "reason": "a place"}]',
      found: ['city: Oslo'],
    },
    {
      kind: 'prose',
      answer: 'The captain is a person and Oslo is a city.',
      found: [],
      problems: [unread],
    },
  ]);

  it('keeps the reasons without the type', () => {
    const answer =
      '1. Iris Blom | True | as she is a human being (person)\n2. Oslo | True | city | it is sailed to\n3. Petrel | True | (ship)';
    const { mentions } = promptNer.read(
      { text: answer, finish: 'whole' },
      questionOf(sentence, labels),
    );
    assert.deepEqual(
      mentions.map(({ reason }) => reason),
      ['as she is a human being', 'it is sailed to', undefined],
    );
  });

  it('says what the types mean, and shows demonstrations with reasons', async () => {
    const described = labels.map((label) => ({
      ...label,
      description: `What a ${label.name} is.`,
    }));
    const question = questionOf(sentence, described, {
      demonstrations: [{ text: 'To Rome!', entities: [{ start: 3, end: 7, path: ['city'] }] }],
    });
    const { messages } = promptNer.ask(question, await loadTemplates(promptNer.templates));
    assert.match(messages[0]?.content ?? '', /types:\n- person: What a person is\.\n- ship: /u);
    assert.equal(messages[1]?.content, '1. Rome | True | as it is What a city is. (city)');
    assert.match(messages[2]?.content ?? '', /Paragraph: Captain Iris Blom/u);
  });
});
