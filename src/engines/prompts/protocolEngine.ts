import type { Entity, ScoredPath } from '../../core/entity/entity';
import { phrase } from '../../core/messages/phrase';
import type { Range } from '../../core/text/range';
import { EndpointClassifier } from '../cascade/endpointClassifier';
import type { Asking } from '../cascade/endpointExtractor';
import { readingUnits } from '../cascade/readingUnits';
import { ownThreshold } from '../cascade/typeTree';
import { rankAsked, yieldAsked, type AskedPassage } from '../combine/askedRun';
import type { PartOptions } from '../combine/parts';
import type { ChooseDemonstrations } from '../demonstrations';
import type { Questions } from '../endpoint/questions';
import { RunAccount } from '../endpoint/runAccount';
import type { Engine, EngineCapabilities, ExtractOptions, Passage, PassageResult } from '../engine';
import { EntityIds } from '../entityIds';
import { DisposedError } from '../errors';
import { mapInOrder } from '../inOrder';
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
  private readonly ids = new EntityIds();
  private readonly reader: SentenceReader;
  private readonly classifier: EndpointClassifier;
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
    const part = this.partOptions(options);
    const labels = this.labelsOf(options);
    yield* yieldAsked(options, part.account, (stop) =>
      mapInOrder(
        passages,
        // Enough passages to keep every connection busy while the first ones wait for their last answer.
        this.asking.questions.concurrency + 4,
        (passage, order, signal) => this.readPassage(passage, labels, { ...part, signal }, order),
        stop,
      ),
    );
  }

  async rankTypes(
    passage: Passage,
    spans: readonly Range[],
    options: ExtractOptions & { readonly limit?: number },
  ): Promise<readonly (readonly ScoredPath[])[]> {
    if (this.disposed) throw new DisposedError(phrase`engine`);
    return rankAsked(this.classifier, passage, spans, this.partOptions(options), options.limit);
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

  private partOptions({
    labels,
    overlap = 'flat',
    threshold,
    account = new RunAccount(this.settings.budget),
    signal = new AbortController().signal,
  }: ExtractOptions): PartOptions {
    return { labels, overlap, account, signal, ...(threshold === undefined ? {} : { threshold }) };
  }

  private async readPassage(
    passage: Passage,
    labels: readonly AskedLabel[],
    options: PartOptions,
    order: number,
  ): Promise<AskedPassage> {
    const { id, text, lang } = passage;
    const units = labels.length === 0 ? [] : readingUnits(passage, this.settings.extractor.unit);
    const read = await Promise.all(
      units.map(async ({ start, end }) => {
        const found = await this.reader.read(text.slice(start, end), lang, labels, options, order);
        const entities = found.mentions
          .filter(({ score, label }) => {
            const least = ownThreshold(label.path, options.labels) ?? options.threshold ?? 0;
            return score >= least;
          })
          .map((mention) => this.entityOf(mention, start));
        return { entities, problems: found.problems };
      }),
    );
    const problems = read.flatMap((unit) => unit.problems);
    return {
      passage,
      sentences: units.length,
      result: {
        id,
        entities: read.flatMap(({ entities }) => entities),
        ...(problems.length === 0 ? {} : { diagnostics: problems }),
      },
    };
  }

  /** @param start Where the unit begins that the mention was found in. */
  private entityOf({ span, label, score, reason }: UnitedMention, start: number): Entity {
    return {
      id: this.ids.next(),
      start: span.start + start,
      end: span.end + start,
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
