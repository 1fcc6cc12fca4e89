import { phrase, type Phrase } from '../../core/messages/phrase';
import { orProblem, withoutRepeats } from '../cascade/endpointExtractor';
import type { PartOptions } from '../combine/parts';
import type { ChooseDemonstrations } from '../demonstrations';
import type { Questions } from '../endpoint/questions';
import type { ExtractorSettings, PromptingSettings } from '../settings';
import type { Templates } from '../templates';
import { headOf } from './cleanAnswer';
import { placeMentions } from './placeMentions';
import {
  batchLabels,
  type AskedLabel,
  type PlacedMention,
  type PromptProtocol,
  type ProtocolQuestion,
} from './promptProtocol';
import { keepTogether, uniteMentions, type UnitedMention } from './uniteMentions';

export interface SentenceAsking {
  readonly protocol: PromptProtocol;
  readonly templates: Templates;
  readonly questions: Questions;
  readonly demonstrations: ChooseDemonstrations;
}

export interface ReadSentence {
  /** In text order; UTF-16 units of the sentence. */
  readonly mentions: readonly UnitedMention[];
  readonly problems: readonly Phrase[];
}

type SentenceSettings = Pick<ExtractorSettings, 'temperature' | 'sampleTemperature' | 'maxTokens'> &
  Pick<PromptingSettings, 'samples' | 'mostTypes' | 'occurrences' | 'verify'>;

/** Asks for the mentions of a sentence: in all batches of labels and all samples at once. */
export class SentenceReader {
  constructor(
    private readonly asking: SentenceAsking,
    private readonly settings: SentenceSettings,
  ) {}

  /**
   * @param order Place of the passage in its run: of questions that wait, the earlier passage's go first.
   */
  async read(
    sentence: string,
    lang: string | undefined,
    labels: readonly AskedLabel[],
    options: PartOptions,
    order: number,
  ): Promise<ReadSentence> {
    const { protocol, demonstrations } = this.asking;
    const chosen = await demonstrations(sentence, options.signal);
    const most = Math.min(
      this.settings.mostTypes ?? protocol.labelsPerQuestion,
      // Where a question is about one type, no setting makes it one about several.
      protocol.labelsPerQuestion === 1 ? 1 : Infinity,
    );
    const batches = await Promise.all(
      batchLabels(labels, most).map((batch) => {
        const question = {
          sentence,
          labels: batch,
          demonstrations: chosen,
          ...(lang === undefined ? {} : { lang }),
        };
        return this.readBatch(question, options, order);
      }),
    );
    const mentions = batches.flatMap((batch) => batch.mentions);
    return {
      mentions: keepTogether(mentions, options.overlap),
      problems: withoutRepeats(batches.flatMap(({ problems }) => problems)),
    };
  }

  private async readBatch(
    question: ProtocolQuestion,
    options: PartOptions,
    order: number,
  ): Promise<ReadSentence> {
    const { samples } = this.settings;
    const read = await Promise.all(
      Array.from({ length: samples }, (_, sample) =>
        this.readSample(question, sample, options, order),
      ),
    );
    const answered = read.flatMap(({ mentions }) => (mentions === undefined ? [] : [mentions]));
    const united = uniteMentions(answered);
    const verified = await Promise.all(
      united.map((mention) => this.verify(mention, question, options, order)),
    );
    return {
      mentions: united.filter((_, index) => verified[index]?.isRight),
      problems: [...read, ...verified].flatMap(({ problems }) => problems),
    };
  }

  private async readSample(
    question: ProtocolQuestion,
    sample: number,
    { account, signal }: PartOptions,
    order: number,
  ): Promise<{
    readonly mentions: readonly PlacedMention[] | undefined;
    readonly problems: readonly Phrase[];
  }> {
    const { protocol, templates, questions } = this.asking;
    const { temperature, sampleTemperature, maxTokens, occurrences } = this.settings;
    const request = protocol.ask(question, templates);
    const asked = questions.ask(
      request.messages,
      {
        ...request.options,
        temperature: sample === 0 ? temperature : sampleTemperature,
        seed: sample,
        ...(maxTokens === undefined ? {} : { maxTokens }),
      },
      { account, signal, order, sample },
    );
    const answer = await orProblem(asked);
    if ('problem' in answer) return { mentions: undefined, problems: [answer.problem] };
    const { mentions, problems } = protocol.read(answer, question);
    const placed = placeMentions(question.sentence, mentions, occurrences ?? protocol.occurrences);
    return { mentions: placed.mentions, problems: [...problems, ...placed.problems] };
  }

  /** A mention that the answer says nothing clear of stays. */
  private async verify(
    mention: UnitedMention,
    question: ProtocolQuestion,
    { account, signal }: PartOptions,
    order: number,
  ): Promise<{ readonly isRight: boolean; readonly problems: readonly Phrase[] }> {
    const { protocol, templates, questions } = this.asking;
    if (!this.settings.verify || protocol.verify === undefined) {
      return { isRight: true, problems: [] };
    }
    const { messages, options } = protocol.verify(mention, question, templates);
    const asked = questions.ask(
      messages,
      { ...options, temperature: this.settings.temperature, seed: 0 },
      { account, signal, order, sample: 0 },
    );
    const answer = await orProblem(asked);
    if ('problem' in answer) return { isRight: true, problems: [answer.problem] };
    const verdict = protocol.readVerdict?.(answer.text);
    const unclear = phrase`Whether “${headOf(mention.mention)}” is an entity was not answered with yes or no: “${headOf(answer.text)}”.`;
    return { isRight: verdict ?? true, problems: verdict === undefined ? [unclear] : [] };
  }
}
