import { randomBytes } from 'node:crypto';
import type { Entity, ScoredPath } from '../../core/entity/entity';
import { ownThreshold, typesOf } from '../cascade/typeTree';
import { BudgetError } from '../endpoint/errors';
import { RunAccount, type Budget } from '../endpoint/runAccount';
import type { Engine, EngineCapabilities, ExtractOptions, Passage, PassageResult } from '../engine';
import { DisposedError } from '../errors';
import { followSignal, mapInOrder } from '../inOrder';
import { phrase } from '../../core/messages/phrase';
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
  private readonly idPrefix = randomBytes(6).toString('base64url');
  private lastId = 0;
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
    options.signal?.throwIfAborted();
    const began = performance.now();
    const account = options.account ?? new RunAccount(this.options.budget);
    const work = { passages: 0, sentences: 0, encoded: 0, words: 0 };
    const { controller, release } = followSignal(options.signal);
    const part = this.partOptions(options, account, controller.signal);
    const tell = (): void =>
      options.onDone?.({
        ...work,
        seconds: (performance.now() - began) / 1000,
        asked: account.statistics,
      });
    try {
      const found =
        typesOf(options.labels).length === 0
          ? withoutSpans(passages)
          : this.extractor.extract(passages, part);
      const results = mapInOrder(
        found,
        CLASSIFIED,
        (one, order, signal) => this.classify(one, { ...part, signal }, order, options.threshold),
        controller.signal,
      );
      for await (const { result, passage, sentences } of results) {
        work.passages++;
        work.sentences += sentences;
        work.encoded += sentences;
        work.words += passage.text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
        yield result;
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
    const account = options.account ?? new RunAccount(this.options.budget);
    try {
      const { typings } = await this.classifier.classify(
        passage,
        spans.map(({ start, end }) => ({ start, end, score: 0 })),
        this.partOptions(options, account, controller.signal),
        0,
      );
      return typings.map((typing) => ranked(typing).slice(0, options.limit ?? 10));
    } finally {
      release();
    }
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    await Promise.all([this.extractor.dispose(), this.classifier.dispose()]);
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
  ): Promise<{ passage: Passage; sentences: number; result: PassageResult }> {
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
      id: `${this.idPrefix}${(++this.lastId).toString(36)}`,
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

function ranked(typing: Typing | undefined): ScoredPath[] {
  if (typing === undefined) return [];
  const { path, levelScores, alternatives = [] } = typing;
  return [{ path, score: levelScores.at(-1) ?? 0 }, ...alternatives];
}
