import * as vscode from 'vscode';
import type { Entity } from '../../core/entity/entity';
import type { Format, PassageData, WriteNote } from '../../core/formats/format';
import { formats } from '../../core/formats/formats';
import type { DocumentSession, EditorParts } from '../contract';
import { Disposable } from '../disposable';
import { takeTurns } from '../documents/pause';
import { activeDocument } from '../documents/sessions';
import { lengthOf, rangeOf } from '../documents/textRanges';
import type { EngineAccess } from '../engine/engineAccess';
import { sliceDocument } from '../extraction/slices';
import type { Failures } from '../failures';
import { say } from '../wording';
import { formatCount } from './percent';

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
    const passages = this.passagesOf(session);
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

  /** The document's passages with their entities; an entity across passages joins them. */
  private async *passagesOf(session: DocumentSession): AsyncGenerator<PassageData> {
    const { document } = session;
    const { version } = document;
    const entities = session.entities;
    let next = 0;
    let joined: { start: number; end: number } | undefined;
    const passage = (start: number, end: number): PassageData => {
      const inside: Entity[] = [];
      for (; next < entities.length && (entities[next]?.start ?? 0) < end; next++) {
        const entity = entities[next];
        if (entity !== undefined) {
          inside.push({ ...entity, start: entity.start - start, end: entity.end - start });
        }
      }
      return { text: document.getText(rangeOf(document, { start, end })), entities: inside };
    };
    for (const slice of sliceDocument(document)) {
      const text = document.getText(rangeOf(document, slice));
      const { offsets } = await this.access.segment({ text, languageId: document.languageId });
      if (document.version !== version) throw new Error(changedMeanwhile());
      for (let i = 0; i + 1 < offsets.length; i += 2) {
        const start = slice.start + (offsets[i] ?? 0);
        const end = slice.start + (offsets[i + 1] ?? 0);
        if (joined === undefined) joined = { start, end };
        else if (session.entitiesIn(joined.end - 1, start + 1).some(spans(joined.end, start))) {
          joined.end = end;
        } else {
          yield passage(joined.start, joined.end);
          joined = { start, end };
        }
      }
    }
    if (joined !== undefined) yield passage(joined.start, Math.min(joined.end, lengthOf(document)));
  }
}

function spans(end: number, start: number): (entity: Entity) => boolean {
  return (entity) => entity.start < end && entity.end > start;
}

function changedMeanwhile(): string {
  return vscode.l10n.t('The document was edited during the export. Run “Export Entities…” again.');
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
