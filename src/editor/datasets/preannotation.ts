import * as vscode from 'vscode';
import type { Entity } from '../../core/entity/entity';
import type { PassageId, PassageView } from '../../core/dataset/passage';
import type { LabelSpec } from '../../core/labels/labelSpec';
import { Disposable } from '../disposable';
import type { EngineAccess } from '../engine/engineAccess';
import { measurePassages } from '../engine/measurePassages';
import { isAbort } from '../failures';
import type { OverlapPolicy } from '../../core/entity/overlap';
import type { DatasetDocument } from './datasetDocument';

/** Passages that are read from the data set at once, and results that become one edit at most. */
const BLOCK = 64;
/** Milliseconds that results wait for others. */
const WAIT = 300;

export interface PreannotationParts {
  readonly access: EngineAccess;
  /** The labels, threshold and overlaps that are in force for the data set. */
  readonly reading: () => Promise<{
    readonly labels: LabelSpec;
    readonly threshold: number | undefined;
    readonly overlap: OverlapPolicy;
  }>;
}

/** How far a run is. */
export interface PreannotationProgress {
  readonly done: number;
  readonly total: number;
  /** Entities suggested so far. */
  readonly found: number;
}

/**
 * Has the engine in force suggest entities for passages of a data set that nobody has decided on. Each
 * run is one step of undo as long as no other edit comes in between; what people did stays as it is.
 */
export class Preannotation extends Disposable {
  private running: AbortController | undefined;
  private shown: PreannotationProgress | undefined;
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  /** The progress is another one. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly dataset: DatasetDocument,
    private readonly parts: PreannotationParts,
  ) {
    super();
    this._register({ dispose: () => this.stop() });
  }

  /** How far the run is; undefined while there is none. */
  get progress(): PreannotationProgress | undefined {
    return this.shown;
  }

  /**
   * Reads passages in this order, all of them when `ids` is absent; a run under way ends first.
   * @param first Passages that people look at now, and that come before all others.
   * @throws what the engine's `begin` and `extract` throw; being stopped is no error.
   */
  async run(ids?: readonly PassageId[], first: readonly PassageId[] = []): Promise<void> {
    this.stop();
    const controller = new AbortController();
    this.running = controller;
    const { signal } = controller;
    const total = ids?.length ?? this.dataset.count;
    this.show({ done: 0, total, found: 0 });
    try {
      const { labels, threshold, overlap } = await this.parts.reading();
      const open = () => this.openPassages(ids, first, signal);
      const engine = await this.parts.access.begin({
        labels,
        measure: () => measurePassages(textsOf(open())),
      });
      signal.throwIfAborted();
      const results = engine.extract(
        passagesOf(open(), () => this.count(1, 0)),
        {
          labels,
          signal,
          overlap,
          ...(threshold === undefined ? {} : { threshold }),
        },
      );
      const work = {};
      for await (const batch of inBatches(results)) {
        signal.throwIfAborted();
        const found = batch.map((one) => ({ id: Number(one.id), entities: one.entities }));
        await this.dataset.applyPart({ kind: 'suggest', overlap, results: found }, work);
        this.count(
          0,
          found.reduce((sum, { entities }) => sum + entities.length, 0),
        );
      }
    } catch (error) {
      if (!isAbort(error) && !signal.aborted) throw error;
    } finally {
      if (this.running === controller) {
        this.running = undefined;
        this.show(undefined);
      }
    }
  }

  /** Ends the run; what it has suggested stays. */
  stop(): void {
    this.running?.abort();
    this.running = undefined;
    if (this.shown !== undefined) this.show(undefined);
  }

  /** The passages that nobody has decided on, block by block; those skipped count as done. */
  private async *openPassages(
    ids: readonly PassageId[] | undefined,
    first: readonly PassageId[],
    signal: AbortSignal,
  ): AsyncGenerator<PassageView> {
    const seen = new Set<PassageId>();
    const open = (view: PassageView): boolean => {
      if (seen.has(view.id) || signal.aborted) return false;
      if (first.includes(view.id)) seen.add(view.id);
      return !view.isBad && view.review.status === 'open' && view.passage.text.trim() !== '';
    };
    const wanted = ids === undefined ? undefined : [...first, ...ids];
    yield* (await this.dataset.passagesOf(first)).filter(open);
    for (let from = 0; !signal.aborted; from += BLOCK) {
      const views =
        wanted === undefined
          ? await this.dataset.passages(from, from + BLOCK)
          : await this.dataset.passagesOf(wanted.slice(from, from + BLOCK));
      if (views.length === 0 && from >= (wanted?.length ?? this.dataset.count)) return;
      for (const view of views) if (open(view)) yield view;
    }
  }

  private count(done: number, found: number): void {
    if (this.shown === undefined) return;
    const { total } = this.shown;
    this.show({
      total,
      done: Math.min(total, this.shown.done + done),
      found: this.shown.found + found,
    });
  }

  private show(progress: PreannotationProgress | undefined): void {
    this.shown = progress;
    this.changed.fire();
  }
}

async function* textsOf(views: AsyncIterable<PassageView>): AsyncGenerator<string> {
  for await (const { passage } of views) yield passage.text;
}

async function* passagesOf(views: AsyncIterable<PassageView>, onPassage: () => void) {
  for await (const { id, passage } of views) {
    const { text, lang } = passage;
    yield { id: String(id), text, ...(lang === undefined ? {} : { lang }) };
    onPassage();
  }
}

interface Result {
  readonly id: string;
  readonly entities: readonly Entity[];
}

/** Results that come soon after each other, together. */
async function* inBatches(results: AsyncIterable<Result>): AsyncGenerator<Result[]> {
  let batch: Result[] = [];
  let began = performance.now();
  for await (const result of results) {
    if (batch.length === 0) began = performance.now();
    batch.push(result);
    if (batch.length < BLOCK && performance.now() - began < WAIT) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
