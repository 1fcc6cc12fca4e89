import assert from 'node:assert/strict';
import { phraseText } from '../../../../src/core/messages/phrase';
import type { FinishReason } from '../../../../src/engines/endpoint/chatModel';
import { placeMentions } from '../../../../src/engines/prompts/placeMentions';
import type {
  AskedLabel,
  PromptProtocol,
  ProtocolQuestion,
} from '../../../../src/engines/prompts/promptProtocol';

/** An answer of one kind, with what is to be made of it. */
export interface Exchange {
  readonly kind: string;
  readonly answer: string;
  readonly finish?: FinishReason;
  readonly sentence?: string;
  /** `label: mention` in the order of the answer, with `@offset` where the words stand several times. */
  readonly found: readonly string[];
  /** One for each problem, in their order. */
  readonly problems?: readonly RegExp[];
}

export const lostMention = /which the text does not have/u;
export const noType = /none of the types/u;
export const brokenAnswer = /broke off/u;
export const unreadPart = /A part of the answer cannot be read/u;
export const unread = /^The answer cannot be read/u;

/** Labels of one level, by their names. */
export function labelsNamed(...names: readonly string[]): AskedLabel[] {
  return names.map((name) => ({ name, path: [name] }));
}

export function questionOf(
  sentence: string,
  labels: readonly AskedLabel[],
  more: Partial<ProtocolQuestion> = {},
): ProtocolQuestion {
  return { sentence, labels, demonstrations: [], ...more };
}

/** One test for each exchange: what is found in the sentence, where, and what is said of the rest. */
export function describeExchanges(
  protocol: PromptProtocol,
  sentence: string,
  labels: readonly AskedLabel[],
  exchanges: readonly Exchange[],
): void {
  for (const { kind, answer, finish = 'whole', found, problems = [], ...own } of exchanges) {
    it(`reads ${kind}`, () => {
      const question = questionOf(own.sentence ?? sentence, labels);
      const read = protocol.read({ text: answer, finish }, question);
      const placed = placeMentions(question.sentence, read.mentions, protocol.occurrences);
      const said = placed.mentions.map(({ label, span: { start, end } }) => {
        const mention = question.sentence.slice(start, end);
        const isSeveral = question.sentence.split(mention).length > 2;
        return `${label.name}: ${mention}${isSeveral ? `@${start}` : ''}`;
      });
      assert.deepEqual(said, found);
      const told = [...read.problems, ...placed.problems].map((problem) => phraseText(problem));
      assert.equal(told.length, problems.length, told.join('\n'));
      problems.forEach((problem, index) => assert.match(told[index] ?? '', problem));
    });
  }
}
