import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import { isAnnotated } from '../documents/schemes';
import type { OpenSessions } from '../documents/sessions';
import type { Extractor } from '../extraction/extractor';
import { targetDocuments } from './targets';

/** "Clear Entities": suggestions go at once, what humans did only when they say so. */
export class ClearFeature extends Disposable {
  constructor(
    private readonly sessions: OpenSessions,
    private readonly extractor: Extractor,
  ) {
    super();
    this._register(vscode.commands.registerCommand('dynamicner.clear', () => this.clear()));
    this._register(
      vscode.commands.registerCommand('dynamicner.restoreRejected', async () => {
        await this.sessions.active?.restoreRejected();
      }),
    );
  }

  private async clear(): Promise<void> {
    const sessions = targetDocuments().flatMap(
      (document) => this.sessions.existing(document) ?? [],
    );
    const human = sessions.some(isAnnotated) ? await this.askAboutHuman() : false;
    if (human === undefined) return;
    for (const session of sessions) {
      await this.extractor.stop(session);
      await session.clear(human);
    }
  }

  /** Whether human work goes too; undefined when the question is dismissed. */
  private async askAboutHuman(): Promise<boolean | undefined> {
    const { t } = vscode.l10n;
    const keep = t('Clear Suggestions');
    const all = t('Clear Everything');
    const answer = await vscode.window.showWarningMessage(
      t('Some entities of this document were accepted, corrected, added or rejected by a person.'),
      {
        modal: true,
        detail: t('“Undo Annotation” brings them back as long as the document is open.'),
      },
      keep,
      all,
    );
    return answer === undefined ? undefined : answer === all;
  }
}
