import * as vscode from 'vscode';
import type { SessionChange, Sessions } from '../contract';
import { Disposable } from '../disposable';
import { RecentFiles } from './recentFiles';
import { isOfInterest } from './schemes';
import { Session } from './session';
import type { SessionParts } from './sessionParts';

/** A session for each open document that needs one, following edits, renames and closing. */
export class OpenSessions extends Disposable implements Sessions {
  /** Closed sessions that are being put away, by key. */
  private readonly settling = new Map<string, Promise<void>>();
  private readonly sessions = new Map<vscode.TextDocument, Session>();
  private lastActive: Session | undefined;
  private readonly recent = this._register(new RecentFiles());

  private readonly changedActive = this._register(new vscode.EventEmitter<Session | undefined>());
  readonly onDidChangeActive = this.changedActive.event;
  private readonly changed = this._register(new vscode.EventEmitter<Session>());
  readonly onDidChange = this.changed.event;
  private readonly changedEntities = this._register(new vscode.EventEmitter<SessionChange>());
  readonly onDidChangeEntities = this.changedEntities.event;
  private readonly edited = this._register(new vscode.EventEmitter<Session>());
  /** The text of a session's document changed. */
  readonly onDidEdit = this.edited.event;
  private readonly opened = this._register(new vscode.EventEmitter<Session>());
  /** A session was made. */
  readonly onDidOpen = this.opened.event;
  private readonly closing = this._register(new vscode.EventEmitter<Session>());
  /** A session's document closed; the session is disposed of after this. */
  readonly onWillClose = this.closing.event;

  constructor(private readonly parts: SessionParts) {
    super();
    this._register(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length === 0) return;
        this.sessions.get(document)?.follow(
          contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
            offset: rangeOffset,
            removed: rangeLength,
            inserted: text.length,
          })),
        );
      }),
    );
    this._register(
      vscode.workspace.onDidSaveTextDocument((document) => {
        void this.sessions.get(document)?.save();
      }),
    );
    this._register(
      vscode.workspace.onDidSaveNotebookDocument((notebook) => {
        for (const { document } of notebook.getCells()) void this.sessions.get(document)?.save();
      }),
    );
    this._register(vscode.workspace.onDidCloseTextDocument((document) => this.close(document)));
    this._register(vscode.window.onDidChangeVisibleTextEditors(() => this.openVisible()));
    this._register(vscode.window.onDidChangeActiveTextEditor(() => this.changeActive()));
    this._register(vscode.window.onDidChangeActiveNotebookEditor(() => this.changeActive()));
    this._register(vscode.window.onDidChangeNotebookEditorSelection(() => this.changeActive()));
  }

  /** Opens sessions for what is visible: what humans did there is shown without being asked for. */
  openVisible(): void {
    for (const { document } of vscode.window.visibleTextEditors) {
      if (isOfInterest(document.uri)) this.of(document);
    }
    this.changeActive();
  }

  of(document: vscode.TextDocument): Session {
    const known = this.sessions.get(document);
    if (known !== undefined) return known;
    const session = new Session(document, this.parts, this.settling.get(document.uri.toString()));
    this.sessions.set(document, session);
    session.onDidChange(({ ranges }) => {
      this.changeActive();
      this.changed.fire(session);
      this.changedEntities.fire({ session, ranges });
    });
    session.onDidEdit(() => this.edited.fire(session));
    this.opened.fire(session);
    session.restore().catch(this.parts.keeping.onFailure);
    return session;
  }

  existing(document: vscode.TextDocument): Session | undefined {
    const session = this.sessions.get(document);
    const isUsed =
      session !== undefined && (session.busy || session.extracted || session.state.table.size > 0);
    return isUsed ? session : undefined;
  }

  /** An id that no other entity has. */
  newId(): string {
    return this.parts.options.newId();
  }

  get all(): Iterable<Session> {
    return this.sessions.values();
  }

  get active(): Session | undefined {
    const document = activeDocument();
    return document === undefined ? undefined : this.existing(document);
  }

  private changeActive(): void {
    const { active } = this;
    if (active === this.lastActive) return;
    this.lastActive = active;
    this.changedActive.fire(active);
  }

  private close(document: vscode.TextDocument): void {
    const session = this.sessions.get(document);
    if (session === undefined) return;
    this.closing.fire(session);
    this.sessions.delete(document);
    const settled = this.settle(session)
      .catch(this.parts.keeping.onFailure)
      .finally(() => {
        session.dispose();
        if (this.settling.get(session.key) === settled) this.settling.delete(session.key);
      });
    this.settling.set(session.key, settled);
    this.changeActive();
  }

  /** What humans did to an untitled document goes with its text: to the file it was saved as, or away. */
  private async settle(session: Session): Promise<void> {
    await session.settle();
    if (!session.document.isUntitled) return;
    const { lastRecords } = session;
    if (lastRecords.length > 0) {
      const heir = await this.recent.find(lastRecords);
      if (heir !== undefined) await this.of(heir).adopt(lastRecords);
    }
    await this.parts.keeping.journal.removeBelow(session.key);
  }

  override dispose(): void {
    for (const session of this.sessions.values()) session.dispose();
    this.sessions.clear();
    super.dispose();
  }
}

/** The document of the active editor, or of the notebook cell that is selected. */
export function activeDocument(): vscode.TextDocument | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor !== undefined) return isOfInterest(editor.document.uri) ? editor.document : undefined;
  const notebook = vscode.window.activeNotebookEditor;
  const cell = notebook?.selections[0]?.start;
  if (notebook === undefined || cell === undefined || cell >= notebook.notebook.cellCount) {
    return undefined;
  }
  return notebook.notebook.cellAt(cell).document;
}
