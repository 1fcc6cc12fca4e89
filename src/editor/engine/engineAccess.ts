import type * as vscode from 'vscode';
import type { Engine } from '../../engines/engine';
import type { SegmentParams, SegmentResult } from '../../host/protocol';
import type { EngineStatus } from '../contract';

/** What an extraction needs of the engine in force. */
export interface EngineAccess {
  readonly current: EngineStatus;
  readonly onDidChange: vscode.Event<EngineStatus>;
  /** Another model is in force: what was extracted came from the one before. */
  readonly onDidChangeModel: vscode.Event<void>;
  /**
   * The engine with its model loaded.
   * @throws ModelError or HostError when neither the chosen model nor the bundled one can be used.
   */
  engine(): Promise<Engine>;
  /** Cuts a text into passages, in the encoder's process. */
  segment(params: SegmentParams): Promise<SegmentResult>;
}
