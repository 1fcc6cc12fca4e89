import { phrase, type Phrase } from '../../core/messages/phrase';
import type { Range } from '../../core/text/range';
import type { Extractor, Found, FoundSpan, PartOptions } from '../combine/parts';
import type { ChooseDemonstrations } from '../demonstrations';
import type { ChatAnswer, ChatMessage } from '../endpoint/chatModel';
import { EndpointError } from '../endpoint/errors';
import type { Questions } from '../endpoint/questions';
import type { Passage } from '../engine';
import { mapInOrder } from '../inOrder';
import type { Templates } from '../templates';
import type { ExtractorSettings } from '../settings';
import { alignAnswer } from './alignAnswer';
import { markSpans, type CascadePrompt } from './prompts';
import { readingUnits } from './readingUnits';
import { uniteSamples } from './uniteSamples';

/** What an endpoint's half of the cascade asks with. */
export interface Asking {
  readonly questions: Questions;
  readonly templates: Templates<CascadePrompt>;
  readonly demonstrations: ChooseDemonstrations;
}

/**
 * Stage one of CascadeNER: a model repeats each sentence with `##` around every entity, several
 * times; what the samples mark is united.
 */
export class EndpointExtractor implements Extractor {
  constructor(
    private readonly asking: Asking,
    private readonly settings: ExtractorSettings,
  ) {}

  get name(): string {
    return this.asking.questions.model.name;
  }

  get capabilities() {
    const { remote } = this.asking.questions.model;
    return { freeLabels: true, paid: remote, remote };
  }

  extract(
    passages: Iterable<Passage> | AsyncIterable<Passage>,
    options: PartOptions,
  ): AsyncGenerator<Found, void, undefined> {
    // Enough passages to keep every connection busy while the first ones wait for their last answer.
    const most = this.asking.questions.concurrency + 4;
    return mapInOrder(
      passages,
      most,
      (passage, order, signal) => this.extractOne(passage, { ...options, signal }, order),
      options.signal,
    );
  }

  async dispose(): Promise<void> {
    await this.asking.questions.dispose();
  }

  private async extractOne(passage: Passage, options: PartOptions, order: number): Promise<Found> {
    const units = readingUnits(passage, this.settings.unit);
    const found = await Promise.all(
      units.map((unit) => this.readUnit(passage.text, unit, options, order)),
    );
    return {
      passage,
      spans: found.flatMap(({ spans }) => spans),
      sentences: units.length,
      problems: found.flatMap(({ problems }) => problems),
    };
  }

  private async readUnit(
    text: string,
    { start, end }: Range,
    options: PartOptions,
    order: number,
  ): Promise<{ spans: readonly FoundSpan[]; problems: readonly Phrase[] }> {
    const sentence = text.slice(start, end);
    const messages = await this.messages(sentence, options.signal);
    const asked = Array.from({ length: this.settings.samples }, (_, sample) =>
      this.askSample(messages, sentence, sample, options, order),
    );
    const answers = await Promise.all(asked);
    const aligned = answers.map((answer) =>
      'problem' in answer
        ? { spans: undefined, problems: [answer.problem] }
        : alignAnswer(sentence, answer.text, answer.finish === 'cut'),
    );
    const samples = aligned.flatMap(({ spans }) => (spans === undefined ? [] : [spans]));
    return {
      spans: uniteSamples(samples, options.overlap).map((span) => ({
        start: span.start + start,
        end: span.end + start,
        score: span.score,
      })),
      problems: withoutRepeats(aligned.flatMap(({ problems }) => problems)),
    };
  }

  private async messages(sentence: string, signal: AbortSignal): Promise<ChatMessage[]> {
    const { templates, demonstrations } = this.asking;
    const turns = (await demonstrations(sentence, signal)).flatMap(({ text, entities }) => [
      { role: 'user' as const, content: templates.extract({ sentence: text }) },
      { role: 'assistant' as const, content: markSpans(text, entities) },
    ]);
    const system = templates.system({});
    return [
      ...(system === '' ? [] : [{ role: 'system' as const, content: system }]),
      ...turns,
      { role: 'user', content: templates.extract({ sentence }) },
    ];
  }

  private async askSample(
    messages: readonly ChatMessage[],
    sentence: string,
    sample: number,
    { account, signal }: PartOptions,
    order: number,
  ): Promise<ChatAnswer | { readonly problem: Phrase }> {
    const { temperature, sampleTemperature, maxTokens } = this.settings;
    const options = {
      temperature: sample === 0 ? temperature : sampleTemperature,
      seed: sample,
      maxTokens: maxTokens ?? tokensFor(sentence),
    };
    return orProblem(
      this.asking.questions.ask(messages, options, { account, signal, order, sample }),
    );
  }
}

/** The answer, or what is wrong with this one question; what concerns all questions is thrown. */
export async function orProblem(
  asked: Promise<ChatAnswer>,
): Promise<ChatAnswer | { readonly problem: Phrase }> {
  try {
    const answer = await asked;
    return answer.finish === 'filtered'
      ? { problem: phrase`The endpoint’s filter withheld an answer.` }
      : answer;
  } catch (error) {
    if (error instanceof EndpointError && error.kind === 'question') {
      return { problem: error.wording };
    }
    throw error;
  }
}

/** Each problem once: several samples tend to have the same one. */
export function withoutRepeats(problems: readonly Phrase[]): Phrase[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

/** The sentence with its marks, where every character is a token of its own, and some more. */
function tokensFor(sentence: string): number {
  return Math.ceil(1.5 * sentence.length) + 128;
}
