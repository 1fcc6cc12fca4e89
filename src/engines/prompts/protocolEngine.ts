import { randomBytes } from 'node:crypto';
import type { Entity, ScoredPath } from '../../core/entity/entity';
import { phrase, type Phrase } from '../../core/messages/phrase';
import { EndpointClassifier } from '../cascade/endpointClassifier';
import type { Asking } from '../cascade/endpointExtractor';
import { readingUnits } from '../cascade/readingUnits';
import { ownThreshold, typesOf } from '../cascade/typeTree';
import type { PartOptions } from '../combine/parts';
import type { ChooseDemonstrations } from '../demonstrations';
import { BudgetError } from '../endpoint/errors';
import type { Questions } from '../endpoint/questions';
import { RunAccount } from '../endpoint/runAccount';
import type { Engine, EngineCapabilities, ExtractOptions, Passage, PassageResult } from '../engine';
import { DisposedError } from '../errors';
import { followSignal, mapInOrder } from '../inOrder';
import type { EngineSettings } from '../settings';
import { loadTemplates, type Templates } from '../templates';
import { askedLabels } from './askedLabels';
import type { AskedLabel, PromptProtocol } from './promptProtocol';
import { SentenceReader } from './sentenceReader';
import type { UnitedMention } from './uniteMentions';

/** What a protocol asks with. */
export interface ProtocolAsking {
  readonly questions: Questions;
  readonly demonstrations: ChooseDemonstrations;
  /** For the types of a span that a human marked, which are asked for as the cascade does. */
  readonly typing: Pick<Asking, 'templates' | 'demonstrations'>;
}

/** A model that is asked for spans and types at once by a prompt protocol. */
export class ProtocolEngine implements Engine {
  private readonly idPrefix = randomBytes(6).toString('base64url');
  private readonly reader: SentenceReader;
  private readonly classifier: EndpointClassifier;
  private lastId = 0;
  private disposed = false;

  /** @throws InputError naming a prompt template that is wrong. */
  static async open(
    protocol: PromptProtocol,
    asking: ProtocolAsking,
    settings: EngineSettings,
  ): Promise<ProtocolEngine> {
    const templates = await loadTemplates(protocol.templates, settings.prompts);
    return new ProtocolEngine(protocol, templates, asking, settings);
  }

  private constructor(
    private readonly protocol: PromptProtocol,
    templates: Templates,
    private readonly asking: ProtocolAsking,
    private readonly settings: EngineSettings,
  ) {
    const { questions, demonstrations, typing } = asking;
    const { extractor, prompting, classifier } = settings;
    this.reader = new SentenceReader(
      { protocol, templates, questions, demonstrations },
      { ...extractor, ...prompting },
    );
    this.classifier = new EndpointClassifier({ questions, ...typing }, classifier, extractor.unit);
  }

  get name(): string {
    return this.protocol.name;
  }

  get model(): string {
    return this.asking.questions.model.name;
  }

  get capabilities(): EngineCapabilities {
    const { remote } = this.asking.questions.model;
    return { freeLabels: false, paid: remote, remote };
  }

  /** @throws BudgetError once the budget is used up; what came before was yielded. */
  async *extract(
    passages: Iterable<Passage> | AsyncIterable<Passage>,
    options: ExtractOptions,
  ): AsyncGenerator<PassageResult, void, undefined> {
    if (this.disposed) throw new DisposedError(phrase`engine`);
    options.signal?.throwIfAborted();
    const began = performance.now();
    const work = { passages: 0, sentences: 0, encoded: 0, words: 0 };
    const { controller, release } = followSignal(options.signal);
    const part = this.partOptions(options, controller.signal);
    const labels = this.labelsOf(options);
    const tell = (): void =>
      options.onDone?.({
        ...work,
        seconds: (performance.now() - began) / 1000,
        asked: part.account.statistics,
      });
    try {
      const results = mapInOrder(
        passages,
        // Enough passages to keep every connection busy while the first ones wait for their last answer.
        this.asking.questions.concurrency + 4,
        (passage, order, signal) => this.readPassage(passage, labels, { ...part, signal }, order),
        controller.signal,
      );
      for await (const { passage, sentences, mentions, problems } of results) {
        work.passages++;
        work.sentences += sentences;
        work.encoded += sentences;
        work.words += passage.text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
        const entities = mentions
          .filter(({ score, label }) => {
            const least = ownThreshold(label.path, options.labels) ?? options.threshold ?? 0;
            return score >= least;
          })
          .map((mention) => this.entityOf(mention));
        yield {
          id: passage.id,
          entities,
          ...(problems.length === 0 ? {} : { diagnostics: problems }),
        };
      }
    } catch (error) {
      if (error instanceof BudgetError) tell();
      throw error;
    } finally {
      release();
      controller.abort(new DOMException('The reader has left.', 'AbortError'));
    }
    tell();
  }

  async rankTypes(
    passage: Passage,
    spans: readonly { readonly start: number; readonly end: number }[],
    options: ExtractOptions & { readonly limit?: number },
  ): Promise<readonly (readonly ScoredPath[])[]> {
    if (this.disposed) throw new DisposedError(phrase`engine`);
    if (typesOf(options.labels).length === 0) return spans.map(() => []);
    const { controller, release } = followSignal(options.signal);
    try {
      const { typings } = await this.classifier.classify(
        passage,
        spans.map(({ start, end }) => ({ start, end, score: 0 })),
        this.partOptions(options, controller.signal),
        0,
      );
      return typings.map((typing) => {
        if (typing === undefined) return [];
        const { path, levelScores, alternatives = [] } = typing;
        const best = { path, score: levelScores.at(-1) ?? 0 };
        return [best, ...alternatives].slice(0, options.limit ?? 10);
      });
    } finally {
      release();
    }
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    await this.asking.questions.dispose();
  }

  private labelsOf({ labels }: ExtractOptions): readonly AskedLabel[] {
    const { level, naming, descriptions } = this.settings.prompting;
    return askedLabels(labels, {
      level: level === undefined ? undefined : level - 1,
      naming,
      describes: descriptions || this.protocol.describes,
    });
  }

  private partOptions(
    { labels, overlap = 'flat', account }: ExtractOptions,
    signal: AbortSignal,
  ): PartOptions {
    return {
      labels,
      overlap,
      signal,
      account: account ?? new RunAccount(this.settings.budget),
    };
  }

  private async readPassage(
    passage: Passage,
    labels: readonly AskedLabel[],
    options: PartOptions,
    order: number,
  ): Promise<{
    readonly passage: Passage;
    readonly sentences: number;
    readonly mentions: readonly UnitedMention[];
    readonly problems: readonly Phrase[];
  }> {
    const { text, lang } = passage;
    const units = labels.length === 0 ? [] : readingUnits(passage, this.settings.extractor.unit);
    const read = await Promise.all(
      units.map(async ({ start, end }) => {
        const found = await this.reader.read(text.slice(start, end), lang, labels, options, order);
        const mentions = found.mentions.map((mention) => {
          const { span } = mention;
          return { ...mention, span: { start: span.start + start, end: span.end + start } };
        });
        return { mentions, problems: found.problems };
      }),
    );
    return {
      passage,
      sentences: units.length,
      mentions: read.flatMap(({ mentions }) => mentions),
      problems: read.flatMap(({ problems }) => problems),
    };
  }

  private entityOf({ span, label, score, reason }: UnitedMention): Entity {
    return {
      id: `${this.idPrefix}${(++this.lastId).toString(36)}`,
      ...span,
      path: label.path,
      score,
      // The answer says what it says: there are no next best types, and none are asked for.
      alternatives: [],
      ...(reason === undefined ? {} : { reason }),
      source: { engine: this.name, model: this.model },
      state: 'suggested',
    };
  }
}
