import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import type { Session } from '../documents/session';
import type { OpenSessions } from '../documents/sessions';
import { lengthOf } from '../documents/textRanges';
import type { EngineAccess } from '../engine/engineAccess';
import type { Extractor } from '../extraction/extractor';
import type { Failures } from '../failures';
import type { Settings } from '../settings';
import type { ShownView } from '../view/viewState';

/**
 * Keeps what was extracted up to date: with edits, and with another model, threshold or overlap (with
 * another label list, see `Relabelling`). Where the setting says so, documents are extracted from as soon as they are open.
 */
export class ReextractFeature extends Disposable {
  constructor(
    private readonly sessions: OpenSessions,
    private readonly extractor: Extractor,
    access: EngineAccess,
    private readonly view: ShownView,
    private readonly settings: Settings,
    private readonly failures: Failures,
  ) {
    super();
    this._register(sessions.onDidEdit((session) => void this.followEdit(session)));
    this._register(sessions.onWillClose((session) => void extractor.stop(session)));
    this._register(sessions.onDidOpen((session) => void this.openSoon(session)));
    this._register(access.onDidChangeModel(() => this.again(() => true)));
    this._register(view.onDidChange(() => this.changeView()));
    this._register(settings.onDidChange(['overlap', 'extract.code'], () => this.again(() => true)));
    this._register(
      settings.onDidChange(['extract.automatic'], () => {
        for (const session of sessions.all) void this.openSoon(session);
      }),
    );
  }

  private async followEdit(session: Session): Promise<void> {
    if (session.extractedThreshold !== undefined) await this.extractor.followEdit(session);
    else await this.openSoon(session);
  }

  /** Extracts from a document that nobody asked for, where the setting of its language wants it. */
  private async openSoon(session: Session): Promise<void> {
    const { document } = session;
    if (session.extractedThreshold !== undefined || this.extractor.isRunning(session)) return;
    if (!this.settings.get('extract.automatic', document) || lengthOf(document) === 0) return;
    await this.extract(session);
  }

  private changeView(): void {
    const wanted = this.view.wantedThreshold;
    for (const session of this.sessions.all) session.refresh();
    this.again(({ extractedThreshold }) => {
      if (wanted === undefined) return extractedThreshold !== 'own';
      return extractedThreshold === 'own' || (extractedThreshold ?? 0) > wanted;
    });
  }

  private again(isConcerned: (session: Session) => boolean): void {
    for (const session of this.sessions.all) {
      if (session.extractedThreshold !== undefined && isConcerned(session)) {
        void this.extract(session);
      }
    }
  }

  private async extract(session: Session): Promise<void> {
    try {
      await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Extracting entities') },
        () => this.extractor.extract(session, { isBackground: true }),
      );
    } catch (error) {
      this.failures.showOnce(error);
    }
  }
}
