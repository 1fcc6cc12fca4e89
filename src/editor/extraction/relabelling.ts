import * as vscode from 'vscode';
import type { ExtractStatistics } from '../../engines/engine';
import { Disposable } from '../disposable';
import type { Session } from '../documents/session';
import type { OpenSessions } from '../documents/sessions';
import { visibleRanges } from '../documents/textRanges';
import type { EngineAccess } from '../engine/engineAccess';
import type { LabelsInForce } from '../labels/labelsInForce';
import type { Extractor } from './extractor';

/** What bringing the documents up to date with a list took. */
export interface RelabellingCost {
  /** Texts that the encoder had to read. */
  readonly encoded: number;
  /** From the change to the new entities of what is in sight. */
  readonly milliseconds: number;
}

/**
 * Brings extracted documents up to date with another label list, as often as it changes: what is in
 * sight first, the rest once the list has come to rest. Where the engine would have to read the texts
 * again for it, they are stale until somebody asks for that.
 */
export class Relabelling extends Disposable {
  /** Documents of which only what was in sight has the list of now. */
  private readonly partly = new Set<Session>();
  private running: Promise<void> | undefined;
  private asked: number | undefined;
  private rest: AbortController | undefined;
  private isFree = true;
  private cost: RelabellingCost | undefined;
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  /** Documents became stale, were brought up to date, or the cost of that is known. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly sessions: OpenSessions,
    private readonly labels: LabelsInForce,
    private readonly access: EngineAccess,
    private readonly extractor: Extractor,
    private readonly onError: (error: unknown) => void,
  ) {
    super();
    this._register(labels.onDidChange(() => this.ask()));
    this._register(access.onDidChangeModel(() => void this.learnFreedom()));
    this._register(sessions.onWillClose((session) => this.partly.delete(session)));
    this._register({ dispose: () => this.rest?.abort() });
    void this.learnFreedom();
  }

  /** Whether the engine in force needs no new reading of texts for another list. */
  get freeLabels(): boolean {
    return this.isFree;
  }

  /** What the last change took; undefined before the first. */
  get lastCost(): RelabellingCost | undefined {
    return this.cost;
  }

  get isBusy(): boolean {
    return this.running !== undefined;
  }

  /** Extracted documents whose entities are of another list than the one in force for them. */
  get stale(): readonly Session[] {
    return [...this.sessions.all].filter((session) => this.isStale(session));
  }

  /** Reads stale documents again, whatever that asks of an endpoint. */
  async readAgain(): Promise<void> {
    const { stale } = this;
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Extracting entities') },
      async () => {
        for (const session of stale) await this.extractor.extract(session);
      },
    );
    this.changed.fire();
  }

  /** Resolves when everything has the list of now. */
  async settled(): Promise<void> {
    while (this.running !== undefined) await this.running;
  }

  private ask(): void {
    this.asked = performance.now();
    this.rest?.abort();
    this.running ??= this.run()
      .catch(this.onError)
      .finally(() => {
        this.running = undefined;
        this.changed.fire();
        if (this.asked !== undefined && !this.isDisposed) this.ask();
      });
    this.changed.fire();
  }

  private async run(): Promise<void> {
    while (this.asked !== undefined && !this.isDisposed) {
      const began = this.asked;
      this.asked = undefined;
      if (this.stale.length === 0 && this.partly.size === 0) return;
      await this.learnFreedom();
      if (!this.isFree) return;
      await this.showVisible(began);
      // The next change may have come meanwhile: what is in sight has it first.
      if (this.hasWork()) continue;
      await this.showRest();
    }
  }

  private hasWork(): boolean {
    return this.asked !== undefined;
  }

  /** What is in sight of all stale documents. */
  private async showVisible(began: number): Promise<void> {
    let encoded = 0;
    const onDone = (statistics: ExtractStatistics): void => {
      encoded += statistics.encoded;
    };
    for (const session of this.stale) {
      const regions = visibleRanges(session.document);
      this.partly.add(session);
      if (regions.length === 0) continue;
      await this.extractor.extract(session, { regions, isBackground: true, onDone });
    }
    this.cost = { encoded, milliseconds: performance.now() - began };
    this.changed.fire();
  }

  private async showRest(): Promise<void> {
    const rest = new AbortController();
    this.rest = rest;
    for (const session of [...this.partly]) {
      if (rest.signal.aborted) return;
      try {
        await this.extractor.extract(session, {
          isBackground: true,
          signal: rest.signal,
          onDone: ({ encoded }) => this.addCost(encoded),
        });
        this.partly.delete(session);
      } catch (error) {
        if (!wasAborted(rest.signal)) throw error;
      }
    }
  }

  private addCost(encoded: number): void {
    if (this.cost !== undefined) this.cost = { ...this.cost, encoded: this.cost.encoded + encoded };
  }

  private isStale({ document, extractedThreshold, extractedLabels }: Session): boolean {
    if (extractedThreshold === undefined || document.isClosed) return false;
    return this.labels.of(document.uri).toSpec().id !== extractedLabels;
  }

  /** Asks nothing of an engine that nobody has used yet. */
  private async learnFreedom(): Promise<void> {
    const isFree = this.access.asksModels
      ? false
      : this.access.current.state === 'off' || (await this.access.engine()).capabilities.freeLabels;
    if (isFree === this.isFree) return;
    this.isFree = isFree;
    this.changed.fire();
  }
}

/** Asked anew: while something was awaited, the signal may have been raised. */
function wasAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
