import * as vscode from 'vscode';
import type { Format, WriteNote } from '../../core/formats/format';
import { formats } from '../../core/formats/formats';
import type { DocumentSession, EditorParts } from '../contract';
import { Disposable } from '../disposable';
import { takeTurns } from '../documents/pause';
import { activeDocument } from '../documents/sessions';
import type { EngineAccess } from '../engine/engineAccess';
import type { Failures } from '../failures';
import { say } from '../wording';
import { formatCount } from './percent';
import { sessionPassages } from './sessionPassages';

/** "Export Entities…": the shown entities of the document as a data set, one passage a paragraph. */
export class ExportFeature extends Disposable {
  constructor(
    private readonly parts: EditorParts,
    private readonly access: EngineAccess,
    private readonly failures: Failures,
  ) {
    super();
    this._register(vscode.commands.registerCommand('dynamicner.export', () => this.export()));
  }

  private async export(): Promise<void> {
    const { t } = vscode.l10n;
    const document = activeDocument();
    const session = document === undefined ? undefined : this.parts.sessions.existing(document);
    if (session === undefined || session.entities.length === 0) {
      void vscode.window.showInformationMessage(
        t('There are no entities to export. Run “Extract Entities” first.'),
      );
      return;
    }
    const choices = formats
      .filter(({ name }) => name !== 'text')
      .map((format) => ({
        label: say(format.title),
        description: format.extensions[0] ?? '',
        format,
      }));
    const chosen = await vscode.window.showQuickPick(choices, {
      title: t('Export Entities'),
      placeHolder: t('Format of the file'),
    });
    if (chosen === undefined) return;
    const target = await vscode.window.showSaveDialog({
      title: t('Export Entities'),
      defaultUri: proposedUri(session.document, chosen.format),
      filters: { [chosen.label]: chosen.format.extensions.map((one) => one.slice(1)) },
    });
    if (target === undefined) return;
    try {
      await this.write(session, chosen.format, target);
    } catch (error) {
      this.failures.show(error);
    }
  }

  private async write(session: DocumentSession, format: Format, target: vscode.Uri): Promise<void> {
    const { t } = vscode.l10n;
    const notes = new Map<string, { note: WriteNote; passages: number }>();
    const onNote = (note: WriteNote): void => {
      const known = notes.get(note.kind);
      notes.set(note.kind, { note, passages: (known?.passages ?? 0) + 1 });
    };
    const pieces: Uint8Array[] = [];
    const breath = takeTurns();
    const passages = sessionPassages(session, this.access);
    for await (const piece of format.write(passages, { onNote, full: true })) {
      await breath();
      pieces.push(piece);
    }
    await vscode.workspace.fs.writeFile(target, joinPieces(pieces));
    const lost = [...notes.values()].filter(({ note }) => note.lost);
    const told = t(
      '{0} entities were exported to “{1}”.',
      formatCount(session.entities.length),
      vscode.workspace.asRelativePath(target),
    );
    const losses = lost.map(({ note, passages: count }) =>
      t('{0} ({1} passages)', say(note.message), formatCount(count)),
    );
    const open = t('Open');
    const answer = await vscode.window.showInformationMessage([told, ...losses].join(' '), open);
    if (answer === open) await vscode.commands.executeCommand('vscode.open', target);
  }
}

function proposedUri(document: vscode.TextDocument, { extensions }: Format): vscode.Uri {
  const extension = extensions[0] ?? '';
  if (document.uri.scheme !== 'untitled') {
    return document.uri.with({ path: `${document.uri.path}.entities${extension}`, fragment: '' });
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/');
  return vscode.Uri.joinPath(folder, `entities${extension}`);
}

function joinPieces(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
