import type * as vscode from 'vscode';
import type { OverlapPolicy } from '../../core/entity/overlap';
import type { LabelSpec } from '../../core/labels/labelSpec';
import type { Engine, ExtractStatistics } from '../../engines/engine';
import type { Range } from '../../core/text/range';
import type { CodePart, SegmentParams, SegmentResult } from '../../host/protocol';
import { Disposable } from '../disposable';
import type { Session } from '../documents/session';
import { visibleRanges } from '../documents/textRanges';
import type { EngineAccess, WorkSize } from '../engine/engineAccess';
import { addSizes } from '../engine/measurePassages';
import { runExtraction } from './extractionRun';
import { PassageSource } from './passageSource';

/** How a document is to be read: what settings and the label list in force say. */
export interface Reading {
  readonly labels: LabelSpec;
  /** Least probability; the model's own when undefined. */
  readonly threshold: number | undefined;
  readonly overlap: OverlapPolicy;
  readonly only: readonly CodePart[] | undefined;
  /** Pause after an edit in milliseconds before its text is read again. */
  readonly delay: number;
}

export interface ExtractRequest {
  /** Parts of the text; the whole document when absent. */
  readonly regions?: readonly Range[];
  /** Whether only entities inside the regions are taken, not those of the passages they touch. */
  readonly insideOnly?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number) => void;
  /** Told how much work it was, when all is read. */
  readonly onDone?: (statistics: ExtractStatistics) => void;
  /** The engine of a run that several documents have part in; each is a run of its own without. */
  readonly engine?: Engine;
  /** Nobody waits for it, and nobody is asked anything. */
  readonly isBackground?: boolean;
}

/** Runs extractions: one at a time for each document, a new whole one in place of the one before. */
export class Extractor extends Disposable {
  private readonly running = new Map<Session, { stop: AbortController; done: Promise<unknown> }>();
  private readonly pauses = new Map<Session, NodeJS.Timeout>();
  private readonly withoutLexer = new WeakSet<vscode.TextDocument>();

  /** @param onBackgroundError Called with what stopped an extraction that nobody waits for. */
  constructor(
    private readonly access: EngineAccess,
    private readonly readingOf: (document: vscode.TextDocument) => Promise<Reading>,
    private readonly onBackgroundError: (error: unknown) => void,
  ) {
    super();
  }

  /** Whether only code parts were asked for in a language whose comments nobody can tell. */
  isReadAsAWhole(document: vscode.TextDocument): boolean {
    return this.withoutLexer.has(document);
  }

  isRunning(session: Session): boolean {
    return this.running.has(session);
  }

  /**
   * Extracts from a document, or parts of it, into its session.
   * @returns Messages of the engine about what it could not read.
   * @throws AbortError when stopped, and what `EngineAccess.begin` and its engine throw.
   */
  async extract(session: Session, request: ExtractRequest = {}): Promise<readonly string[]> {
    await this.stop(session);
    const stop = new AbortController();
    const signals = [stop.signal, ...(request.signal === undefined ? [] : [request.signal])];
    const done = session.during(() => this.run(session, request, AbortSignal.any(signals)));
    const entry = { stop, done };
    this.running.set(session, entry);
    try {
      return await done;
    } finally {
      if (this.running.get(session) === entry) this.running.delete(session);
      if (!session.dirty.isEmpty) this.readAgainSoon(session, 0);
    }
  }

  /** Stops what runs in a document and returns when it has stopped. */
  async stop(session: Session): Promise<void> {
    clearTimeout(this.pauses.get(session));
    this.pauses.delete(session);
    const entry = this.running.get(session);
    if (entry === undefined) return;
    entry.stop.abort();
    await entry.done.catch(() => undefined);
  }

  /** Reads again what edits touched, once nobody has typed for the pause that the settings say. */
  async followEdit(session: Session): Promise<void> {
    if (session.extractedThreshold === undefined) return;
    const { delay } = await this.readingOf(session.document);
    this.readAgainSoon(session, delay);
  }

  private readAgainSoon(session: Session, delay: number): void {
    clearTimeout(this.pauses.get(session));
    const again = () => {
      this.pauses.delete(session);
      if (this.isDisposed || session.document.isClosed || this.running.has(session)) return;
      const regions = session.dirty.take();
      if (regions.length === 0 || session.extractedThreshold === undefined) return;
      this.extract(session, { regions, isBackground: true }).catch((error: unknown) => {
        for (const region of regions) session.dirty.add(region);
        this.onBackgroundError(error);
      });
    };
    this.pauses.set(session, setTimeout(again, delay));
  }

  private async run(
    session: Session,
    request: ExtractRequest,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    const { document } = session;
    const { labels, threshold, overlap, only } = await this.readingOf(document);
    const sourceNow = (): PassageSource => {
      const made = new PassageSource(document, {
        only,
        visible: () => visibleRanges(document),
        segment: (params) => this.access.segment(params),
        ...(request.regions === undefined ? {} : { regions: request.regions }),
      });
      session.followers.add(made);
      return made;
    };
    let source: PassageSource | undefined;
    try {
      const engine =
        request.engine ??
        (await this.access.begin({
          labels,
          measure: () => (source = sourceNow()).measure(),
          isBackground: request.isBackground ?? false,
        }));
      signal.throwIfAborted();
      source ??= sourceNow();
      if (request.regions === undefined) session.dirty.take();
      if (request.insideOnly === true) session.markPartlyRead();
      else session.extractedThreshold = threshold ?? 'own';
      session.extractedLabels = labels.id;
      const diagnostics = await runExtraction(session, source, engine, {
        labels,
        threshold,
        overlap,
        signal,
        insideOnly: request.insideOnly ?? false,
        ...(request.onProgress === undefined ? {} : { onProgress: request.onProgress }),
        ...(request.onDone === undefined ? {} : { onDone: request.onDone }),
      });
      if (source.lexed) this.withoutLexer.delete(document);
      else this.withoutLexer.add(document);
      return diagnostics;
    } finally {
      if (source !== undefined) session.followers.delete(source);
    }
  }

  /**
   * The engine for one run over several documents, whose requests are told of, paid and counted together;
   * undefined where there are no requests.
   * @throws what `EngineAccess.begin` throws.
   */
  async beginTogether(
    documents: () => AsyncIterable<vscode.TextDocument>,
  ): Promise<Engine | undefined> {
    if (!this.access.asksModels) return undefined;
    for await (const first of documents()) {
      const { labels } = await this.readingOf(first);
      const measure = async (): Promise<WorkSize> => {
        const sizes: WorkSize[] = [];
        for await (const document of documents()) sizes.push(await this.measure(document));
        return addSizes(sizes);
      };
      return this.access.begin({ labels, measure });
    }
    return undefined;
  }

  /** How much there is to read in a document, as an extraction would read it. */
  async measure(document: vscode.TextDocument): Promise<WorkSize> {
    const { only } = await this.readingOf(document);
    const segment = (params: SegmentParams): Promise<SegmentResult> => this.access.segment(params);
    return new PassageSource(document, { only, visible: () => [], segment }).measure();
  }

  override dispose(): void {
    for (const { stop } of this.running.values()) stop.abort();
    for (const pause of this.pauses.values()) clearTimeout(pause);
    super.dispose();
  }
}
