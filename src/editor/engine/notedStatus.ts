import * as vscode from 'vscode';
import type { EngineStatus } from '../contract';
import { Disposable } from '../disposable';
import { activeDocument, type OpenSessions } from '../documents/sessions';
import type { EngineAccess } from './engineAccess';
import type { Extractor } from '../extraction/extractor';

/** The engine's status with what is special about the active document. */
export class NotedStatus extends Disposable {
  private readonly changed = this._register(new vscode.EventEmitter<EngineStatus>());
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly engine: EngineAccess,
    private readonly extractor: Extractor,
    sessions: OpenSessions,
  ) {
    super();
    const tell = (): void => this.changed.fire(this.current);
    this._register(engine.onDidChange(tell));
    this._register(sessions.onDidChangeActive(tell));
    this._register(
      sessions.onDidChange(({ busy, document }) => {
        if (!busy && document === activeDocument()) tell();
      }),
    );
  }

  get current(): EngineStatus {
    const document = activeDocument();
    const { current } = this.engine;
    if (document === undefined || !this.extractor.isReadAsAWhole(document)) return current;
    return {
      ...current,
      note: vscode.l10n.t(
        'Comments and strings of this language ({0}) are not known: all of the text is read.',
        document.languageId,
      ),
    };
  }
}
