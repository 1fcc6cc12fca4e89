import * as vscode from 'vscode';
import { viewOfString, type HumanRecord } from '../../core/realign/anchor';
import { Disposable } from '../disposable';
import { placeRecords } from './humanRecord';

/** How long after it was opened a file may be what an untitled document was saved as. */
const recentMilliseconds = 30_000;

/** Files that were opened a moment ago. */
export class RecentFiles extends Disposable {
  private readonly opened = new Map<vscode.TextDocument, number>();

  constructor() {
    super();
    this._register(
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.forgetOld();
        if (!document.isUntitled) this.opened.set(document, Date.now());
      }),
    );
    this._register(
      vscode.workspace.onDidCloseTextDocument((document) => this.opened.delete(document)),
    );
  }

  /** The file opened last that has the words of all these annotations; undefined when there is none. */
  async find(records: readonly HumanRecord[]): Promise<vscode.TextDocument | undefined> {
    this.forgetOld();
    for (const document of [...this.opened.keys()].reverse()) {
      const { detached } = await placeRecords(records, viewOfString(document.getText()));
      if (detached.length === 0 && !document.isClosed) return document;
    }
    return undefined;
  }

  private forgetOld(): void {
    const oldest = Date.now() - recentMilliseconds;
    for (const [document, time] of this.opened) if (time < oldest) this.opened.delete(document);
  }
}
