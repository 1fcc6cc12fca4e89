import type * as vscode from 'vscode';
import type { LabelSpec } from '../../core/labels/labelSpec';
import type { Engine } from '../../engines/engine';
import type { SegmentParams, SegmentResult } from '../../host/protocol';
import type { EngineStatus } from '../contract';

/** How much will be read; sentences are what a language model is asked about one by one. */
export interface WorkSize {
  readonly passages: number;
  readonly sentences: number;
}

/** A run that is about to begin: what someone asked for at once, in one document or many passages. */
export interface Work {
  readonly labels: LabelSpec;
  /** Counts what will be read; called only where reading it takes requests (`measurePassages`). */
  readonly measure: () => Promise<WorkSize>;
  /** Nobody waits for it: no question is put to the user, and work that would need one is refused. */
  readonly isBackground?: boolean;
}

/**
 * The engine in force, for everything that reads text. A run of passages goes
 *
 *     const engine = await access.begin({ labels, measure: () => measurePassages(texts) });
 *     for await (const { id, entities } of engine.extract(passages, { labels, signal })) …
 *
 * and everything about language models happens inside: the user is told how many requests a long run
 * takes, allows the first one to a host, and the run's requests are paid from one budget and counted.
 */
export interface EngineAccess {
  readonly current: EngineStatus;
  readonly onDidChange: vscode.Event<EngineStatus>;
  /** Another engine or model is in force: what was extracted came from the one before. */
  readonly onDidChangeModel: vscode.Event<void>;
  /** Whether the engine in force asks a language model, so that reading takes requests. */
  readonly asksModels: boolean;
  /**
   * The engine with its model loaded, for a question about a single span.
   * @throws ModelError or HostError when neither the chosen model nor the bundled one can be used;
   * InputError when the settings do not fit together.
   */
  engine(): Promise<Engine>;
  /**
   * The engine for one run; its `extract` may be called several times. It need not be disposed of.
   * @throws what `engine` throws; an AbortError when the user does not want the run, or it is work in
   * the background that the user would have to be asked about; ConsentError when text may not be sent.
   * `extract` throws BudgetError when the run's budget is used up: what came before stands, and the same
   * work begun again goes on from there without asking anything twice.
   */
  begin(work: Work): Promise<Engine>;
  /** Cuts a text into passages, in the encoder's process. */
  segment(params: SegmentParams): Promise<SegmentResult>;
}
