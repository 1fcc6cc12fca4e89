import type * as vscode from 'vscode';
import type { Editor } from '../editor';

/** Gives everything beyond the entry, loaded on the first call. */
export type Load = () => Promise<Editor>;

/** What holds a place until the editor takes it. */
export interface StandIn {
  /** The place is free when it returns, or when what it returns resolves. */
  remove(): Promise<void> | void;
}

/** The extension beyond its entry: loaded once, on first use. */
export class LazyEditor implements vscode.Disposable {
  private loading: Promise<Editor> | undefined;
  private standIns: readonly StandIn[];

  /**
   * @param read Reads the bundle; what it gives builds the editor in the places of the stand-ins.
   * @param standIn Puts stand-ins in their places; they are removed in their order.
   */
  constructor(
    private readonly read: () => Promise<() => Editor | Promise<Editor>>,
    private readonly standIn: (load: Load) => readonly StandIn[],
  ) {
    this.standIns = standIn(this.load);
  }

  get isLoaded(): boolean {
    return this.loading !== undefined;
  }

  /** A failure is thrown to who asked, and the next call tries again. */
  readonly load: Load = () => {
    this.loading ??= this.start().catch((error: unknown) => {
      this.loading = undefined;
      // They are there still when the rest could not even be read.
      if (this.standIns.length === 0) this.standIns = this.standIn(this.load);
      throw error;
    });
    return this.loading;
  };

  async close(): Promise<void> {
    await (await this.loading)?.close();
  }

  dispose(): void {
    void this.removeStandIns();
  }

  private async start(): Promise<Editor> {
    const create = await this.read();
    await this.removeStandIns();
    return create();
  }

  private async removeStandIns(): Promise<void> {
    const standIns = this.standIns;
    this.standIns = [];
    for (const one of standIns) await one.remove();
  }
}
