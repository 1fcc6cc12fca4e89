import type { Entity, ScoredPath } from '../../core/entity/entity';
import { phrase } from '../../core/messages/phrase';
import type { Range } from '../../core/text/range';
import { ownThreshold, typesOf } from '../cascade/typeTree';
import { RunAccount, type Budget } from '../endpoint/runAccount';
import type { Engine, EngineCapabilities, ExtractOptions, Passage, PassageResult } from '../engine';
import { EntityIds } from '../entityIds';
import { DisposedError } from '../errors';
import { mapInOrder } from '../inOrder';
import { rankAsked, yieldAsked, type AskedPassage } from './askedRun';
import type { Classifier, Extractor, Found, FoundSpan, PartOptions, Typing } from './parts';

export interface CascadeOptions {
  /** What one run may spend. */
  readonly budget?: Budget | undefined;
  /** Least probability that the extractor is asked for, whatever the caller's threshold is. */
  readonly extractThreshold?: number | undefined;
}

/** Passages whose types are asked for at once: enough to keep all connections busy. */
const CLASSIFIED = 48;

/** An extractor and a classifier as one engine. */
export class CascadeEngine implements Engine {
  readonly name = 'cascade';
  private readonly ids = new EntityIds();
  private disposed = false;

  constructor(
    private readonly extractor: Extractor,
    private readonly classifier: Classifier,
    private readonly options: CascadeOptions = {},
  ) {}

  get model(): string {
    const names = new Set([this.extractor.name, this.classifier.name]);
    return [...names].join(' + ');
  }

  get capabilities(): EngineCapabilities {
    const parts = [this.extractor.capabilities, this.classifier.capabilities];
    return {
      // Another label list asks the second stage again.
      freeLabels: parts.every(({ remote, paid, freeLabels }) => freeLabels && !remote && !paid),
      paid: parts.some(({ paid }) => paid),
      remote: parts.some(({ remote }) => remote),
    };
  }

  /** @throws BudgetError once the budget is used up; what came before was yielded. */
  async *extract(
    passages: Iterable<Passage> | AsyncIterable<Passage>,
    options: ExtractOptions,
  ): AsyncGenerator<PassageResult, void, undefined> {
    if (this.disposed) throw new DisposedError(phrase`engine`);
    const account = this.accountOf(options);
    yield* yieldAsked(options, account, (stop) => {
      const part = this.partOptions(options, account, stop);
      const found =
        typesOf(options.labels).length === 0
          ? withoutSpans(passages)
          : this.extractor.extract(passages, part);
      return mapInOrder(
        found,
        CLASSIFIED,
        (one, order, signal) => this.classify(one, { ...part, signal }, order, options.threshold),
        stop,
      );
    });
  }

  async rankTypes(
    passage: Passage,
    spans: readonly Range[],
    options: ExtractOptions & { readonly limit?: number },
  ): Promise<readonly (readonly ScoredPath[])[]> {
    if (this.disposed) throw new DisposedError(phrase`engine`);
    const { signal = new AbortController().signal, limit } = options;
    const part = this.partOptions(options, this.accountOf(options), signal);
    return rankAsked(this.classifier, passage, spans, part, limit);
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    await Promise.all([this.extractor.dispose(), this.classifier.dispose()]);
  }

  private accountOf({ account }: ExtractOptions): RunAccount {
    return account ?? new RunAccount(this.options.budget);
  }

  private partOptions(
    { labels, overlap = 'flat', threshold }: ExtractOptions,
    account: RunAccount,
    signal: AbortSignal,
  ): PartOptions {
    const least = this.options.extractThreshold ?? threshold;
    return {
      labels,
      overlap,
      account,
      signal,
      ...(least === undefined ? {} : { threshold: least }),
    };
  }

  private async classify(
    { passage, spans, sentences, problems }: Found,
    options: PartOptions,
    order: number,
    threshold: number | undefined,
  ): Promise<AskedPassage> {
    const classified =
      spans.length === 0
        ? { typings: [], problems: [] }
        : await this.classifier.classify(passage, spans, options, order);
    const entities = spans.flatMap((span, index) => {
      const typing = classified.typings[index];
      if (typing === undefined) return [];
      const score = typing.score ?? span.score;
      const least = ownThreshold(typing.path, options.labels) ?? threshold ?? 0;
      return score >= least ? [this.entityOf(span, typing, score)] : [];
    });
    const diagnostics = [...problems, ...classified.problems];
    return {
      passage,
      sentences,
      result: { id: passage.id, entities, ...(diagnostics.length === 0 ? {} : { diagnostics }) },
    };
  }

  private entityOf({ start, end }: FoundSpan, typing: Typing, score: number): Entity {
    const { path, levelScores, alternatives } = typing;
    return {
      id: this.ids.next(),
      start,
      end,
      path,
      score,
      levelScores,
      ...(alternatives === undefined || alternatives.length === 0 ? {} : { alternatives }),
      source: { engine: this.name, model: this.model },
      state: 'suggested',
    };
  }
}

async function* withoutSpans(
  passages: Iterable<Passage> | AsyncIterable<Passage>,
): AsyncGenerator<Found> {
  for await (const passage of passages) yield { passage, spans: [], sentences: 0, problems: [] };
}
