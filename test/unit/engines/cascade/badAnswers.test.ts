import assert from 'node:assert/strict';
import fc from 'fast-check';
import { phraseText } from '../../../../src/core/messages/phrase';
import { alignAnswer } from '../../../../src/engines/cascade/alignAnswer';
import { markSpans } from '../../../../src/engines/cascade/prompts';
import { runs } from '../../scale';
import { questionsAt } from '../../../servers/ask';
import { cascadeOf } from '../../../servers/cascade';
import { answer, ChatServer } from '../../../servers/chatServer';
import { cases } from './badAnswerCases';

describe('an extractor that answers badly', () => {
  for (const { kind, sentence, answer: said, found, problems = [], finish = 'stop' } of cases) {
    it(`with ${kind}`, async () => {
      const server = await ChatServer.start((request, response) =>
        answer(
          request,
          response,
          request.body.messages?.length === 2 && isExtraction(request) ? said : 'thing',
          { finish },
        ),
      );
      const isExtraction = ({ body }: { body: { messages?: readonly { content: string }[] } }) =>
        body.messages?.at(-1)?.content === sentence;
      try {
        const engine = await cascadeOf(questionsAt({ url: server.url }), {
          extractor: { samples: 1, unit: 'passage' },
        });
        const labels = { kind: 'flat', id: 'thing', labels: [{ name: 'thing' }] } as const;
        for await (const result of engine.extract([{ id: '', text: sentence }], { labels })) {
          assert.deepEqual(
            result.entities.map(({ start, end }) => sentence.slice(start, end)),
            found,
          );
          const told = (result.diagnostics ?? []).map((problem) => phraseText(problem));
          assert.equal(told.length, problems.length, told.join('\n'));
          problems.forEach((problem, index) => assert.match(told[index] ?? '', problem));
        }
      } finally {
        await server.stop();
      }
    });
  }

  it('takes the place that is marked, where the words stand several times', () => {
    const sentence = 'Turku, Turku and Turku';
    for (const start of [0, 7, 17]) {
      const span = { start, end: start + 5 };
      assert.deepEqual(alignAnswer(sentence, markSpans(sentence, [span])).spans, [span]);
    }
  });

  it('finds again whatever is marked rightly', () => {
    const word = fc.constantFrom(
      'Basel',
      'Nora',
      'of',
      'the',
      '王',
      '大学',
      '#1',
      'C#',
      '“a”',
      '😀',
      'é',
    );
    fc.assert(
      fc.property(
        fc.array(fc.record({ word, blank: fc.boolean(), marked: fc.boolean() }), {
          minLength: 1,
          maxLength: 14,
        }),
        (words) => {
          let text = '';
          const spans: { start: number; end: number }[] = [];
          for (const { word: one, blank, marked } of words) {
            // Where words of letters touch, a mark between them could belong to either.
            const touch = /[王学]$/u.test(text) && /^[王大]/u.test(one);
            if (blank || !touch) text += ' ';
            if (marked && !/#/u.test(one))
              spans.push({ start: text.length, end: text.length + one.length });
            text += one;
          }
          const { spans: found, problems } = alignAnswer(text, markSpans(text, spans));
          assert.deepEqual(problems, []);
          assert.deepEqual(found, spans);
        },
      ),
      runs(200),
    );
  });

  it('never leaves the text, whatever is answered', () => {
    const piece = fc.constantFrom(
      '##',
      '#',
      ' ',
      'Basel',
      'Nora',
      'x',
      '😀',
      '王',
      '\n',
      '####',
      '\\#',
      '.',
    );
    const mixed = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(mixed, mixed, (sentence, said) => {
        for (const { start, end } of alignAnswer(sentence, said).spans) {
          assert.ok(0 <= start && start < end && end <= sentence.length);
          assert.doesNotMatch(sentence.slice(start, end), /[\ud800-\udfff]/u);
          assert.equal(sentence.slice(start, end), sentence.slice(start, end).trim());
        }
      }),
      runs(300),
    );
  });

  it('is read within a moment, however long it is', () => {
    const long = 'Nora Feld went to Basel and Turku. '.repeat(120);
    const { spans } = alignAnswer(long, long.replace(/Turku/gu, '##turku##').replace('Nora ', ''));
    assert.ok(spans.length > 100, String(spans.length));
    alignAnswer(long, '##'.repeat(10_000));
    alignAnswer('a'.repeat(4000), 'b'.repeat(4000));
  });
});
