import * as vscode from 'vscode';
import { ContextKey } from '../contextKey';
import type { EditorParts } from '../contract';
import { Disposable } from '../disposable';

/** Keeps the context keys about the active document true; `when` clauses of menus and keys read them. */
export class ContextKeysFeature extends Disposable {
  private readonly hasEntities = new ContextKey('dynamicner.hasEntities');
  private readonly hasRejected = new ContextKey('dynamicner.hasRejected');
  private readonly busy = new ContextKey('dynamicner.busy');
  private readonly atEntity = new ContextKey('dynamicner.atEntity');
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: EditorParts) {
    super();
    const ask = (): void => this.ask();
    this._register(parts.sessions.onDidChange(ask));
    this._register(parts.sessions.onDidChangeActive(ask));
    this._register(vscode.window.onDidChangeTextEditorSelection(ask));
    this._register({ dispose: () => clearTimeout(this.timer) });
    this.update();
  }

  private ask(): void {
    this.timer ??= setTimeout(() => this.update(), 50);
  }

  private update(): void {
    this.timer = undefined;
    const session = this.parts.sessions.active;
    this.hasEntities.set((session?.entityCount ?? 0) > 0);
    this.hasRejected.set((session?.rejectedCount ?? 0) > 0);
    this.busy.set(session?.busy ?? false);
    const editor = vscode.window.activeTextEditor;
    const isHere = session !== undefined && editor?.document === session.document;
    const cursor = isHere ? session.document.offsetAt(editor.selection.active) : 0;
    this.atEntity.set(isHere && session.entitiesIn(cursor, cursor).length > 0);
  }
}
