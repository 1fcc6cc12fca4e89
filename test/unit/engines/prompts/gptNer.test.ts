import assert from 'node:assert/strict';
import fc from 'fast-check';
import { markSpans } from '../../../../src/core/finetuning/markSpans';
import { gptNer } from '../../../../src/engines/prompts/protocols/gptNer';
import { readMarkers } from '../../../../src/engines/prompts/readMarkers';
import { readVerdict } from '../../../../src/engines/prompts/readVerdict';
import { loadTemplates } from '../../../../src/engines/templates';
import { describeExchanges, labelsNamed, lostMention, questionOf } from './exchanges';

const sentence = 'Ada met Ada’s brother in Rome, then left the University of Turku for Turku.';
const labels = labelsNamed('name');

describe('the protocol gptner', () => {
  describeExchanges(gptNer, sentence, labels, [
    {
      kind: 'a right answer',
      answer:
        '@@Ada## met @@Ada##’s brother in @@Rome##, then left the @@University of Turku## for @@Turku##.',
      found: [
        'name: Ada@0',
        'name: Ada@8',
        'name: Rome',
        'name: University of Turku',
        'name: Turku@69',
      ],
    },
    { kind: 'the bare sentence', answer: sentence, found: [] },
    { kind: 'None', answer: 'None.', found: [] },
    {
      kind: 'marks inside marks',
      answer: 'Ada met Ada’s brother in Rome, then left the @@University of @@Turku#### for Turku.',
      found: ['name: University of Turku', 'name: Turku@59'],
    },
    {
      kind: 'a closing mark that is missing',
      answer: '@@Ada met Ada’s brother in @@Rome##, then left the University of Turku for Turku.',
      found: ['name: Rome'],
      problems: [/partner: 1/u],
    },
    {
      kind: 'an opening mark that is missing',
      answer: 'Ada## met Ada’s brother in @@Rome##, then left the University of Turku for Turku.',
      found: ['name: Rome'],
      problems: [/partner: 1/u],
    },
    {
      kind: 'the same mark at both ends',
      answer: '@@Ada@@ met Ada’s brother in @@Rome@@, then left the University of Turku for Turku.',
      found: ['name: Ada@0', 'name: Rome'],
    },
    {
      kind: 'the cascade’s marks',
      answer: '##Ada## met Ada’s brother in ##Rome##, then left the University of Turku for Turku.',
      found: ['name: Ada@0', 'name: Rome'],
    },
    {
      kind: 'the prompt’s word before it, in a fence',
      answer:
        '```\nSentence: Ada met Ada’s brother in @@Rome##, then left the University of Turku for Turku.\n```',
      found: ['name: Rome'],
    },
    {
      kind: 'altered quotes and words left out',
      answer: "@@Ada## met Ada's brother in @@Rome##, left University of Turku for @@Turku##.",
      found: ['name: Ada@0', 'name: Rome', 'name: Turku@69'],
    },
    {
      kind: 'only the marked mention',
      answer: '@@Rome##',
      found: ['name: Rome'],
    },
    {
      kind: 'a mention of its own making',
      answer:
        'Ada met Ada’s brother in Rome, then left the University of Turku for Turku @@in Finland##.',
      found: [],
      problems: [lostMention],
    },
    {
      kind: 'an answer that broke off',
      answer: '@@Ada## met Ada’s brother in @@Ro',
      finish: 'cut',
      found: ['name: Ada@0'],
      problems: [/partner: 1/u, /broke off/u],
    },
    {
      kind: 'a sentence that has both signs itself',
      sentence: 'Mail a@@b.org or tag ##news for Rome.',
      answer: 'Mail a@@b.org or tag ##news for @@Rome##.',
      found: ['name: Rome'],
    },
    {
      kind: 'Chinese with a closing mark that is missing',
      sentence: '王岚去了上海和北京。',
      answer: '@@王岚去了@@上海##和@@北京##。',
      found: ['name: 上海', 'name: 北京'],
      problems: [/partner: 1/u],
    },
  ]);

  it('finds every set of marked words again', () => {
    const words = fc.array(fc.constantFrom('Ada', 'met', 'Rome', '上海', 'is', '🙂', 'O’Dell'), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(words, fc.infiniteStream(fc.boolean()), (chosen, marked) => {
        const text = chosen.join(' ');
        let at = 0;
        const spans = chosen.flatMap((word) => {
          const start = at;
          at += word.length + 1;
          return marked.next().value ? [{ start, end: start + word.length }] : [];
        });
        const answer = markSpans(text, spans, ['@@', '##']);
        assert.deepEqual(readMarkers(text, { text: answer, finish: 'whole' }), {
          spans,
          problems: [],
        });
      }),
    );
  });

  it('asks for the marks of one type, and then about each', async () => {
    const templates = await loadTemplates(gptNer.templates);
    const question = questionOf(sentence, labels, {
      demonstrations: [{ text: 'In Rome.', entities: [{ start: 3, end: 7, path: ['name'] }] }],
    });
    const { messages } = gptNer.ask(question, templates);
    assert.equal(messages.length, 4);
    assert.equal(messages[2]?.content, 'In @@Rome##.');
    assert.match(messages[3]?.content ?? '', /every name entity[^]*Sentence: Ada met/u);
    const [label] = labels;
    assert.ok(label);
    const span = { start: 25, end: 29 };
    const verify = gptNer.verify?.({ mention: 'Rome', label, span }, question, templates);
    assert.ok(verify);
    assert.match(
      verify.messages.at(-1)?.content ?? '',
      /Is “Rome” in this sentence a name entity\?/u,
    );
    assert.deepEqual(verify.options.choice, ['yes', 'no']);
  });

  const verdicts: readonly (readonly [answer: string, verdict: boolean | undefined])[] = [
    ['yes', true],
    ['Yes.', true],
    ['**Yes**, because it is a city.', true],
    ['Answer: no', false],
    ['No, “Rome” is not a name.', false],
    ['<think>yes or no?</think>\nno', false],
    ['I would say yes', true],
    ['是的', true],
    ['不是', false],
    ['はい', true],
    ['Nein.', false],
    ['Norway is a country', undefined],
    ['It depends: yes and no', undefined],
    ['', undefined],
  ];
  for (const [answer, verdict] of verdicts) {
    it(`takes “${answer}” for ${verdict}`, () => assert.equal(readVerdict(answer), verdict));
  }
});
