import * as vscode from 'vscode';
import type { Entity } from '../../core/entity/entity';
import type { DocumentSession, EditorParts } from '../contract';
import { Disposable } from '../disposable';
import { entityAtCursor } from './entityAtCursor';
import { entitiesAt } from './entityText';
import { findMentions } from './sameMentions';

/**
 * All mentions of an entity as references: "Find All References" lists them in the References view,
 * "Show All Mentions" does so from the palette and the hover.
 */
export class ReferencesFeature extends Disposable implements vscode.ReferenceProvider {
  constructor(private readonly parts: EditorParts) {
    super();
    this._register(vscode.languages.registerReferenceProvider('*', this));
    this._register(
      vscode.commands.registerCommand('dynamicner.showAllMentions', () => this.showAtCursor()),
    );
  }

  provideReferences(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): vscode.Location[] | undefined {
    const session = this.parts.sessions.existing(document);
    if (session === undefined) return undefined;
    const entity = entitiesAt(session, document.offsetAt(position)).at(-1);
    return entity === undefined ? undefined : mentionLocations(session, entity);
  }

  private async showAtCursor(): Promise<void> {
    const found = entityAtCursor(this.parts);
    if (found !== undefined) await showAllMentions(found.session, found.entity);
  }
}

/**
 * Lists all mentions of an entity in the References view, or in a peek where that is not installed.
 * The view asks for what is at the cursor, which therefore moves to the entity.
 */
export async function showAllMentions(session: DocumentSession, entity: Entity): Promise<void> {
  const { document } = session;
  const position = document.positionAt(entity.start);
  const active = vscode.window.activeTextEditor;
  const editor =
    active?.document === document ? active : await vscode.window.showTextDocument(document);
  const range = new vscode.Range(position, document.positionAt(entity.end));
  if (!range.contains(editor.selection))
    editor.selection = new vscode.Selection(position, position);
  const known = await vscode.commands.getCommands(true);
  if (known.includes('references-view.findReferences')) {
    await vscode.commands.executeCommand('references-view.findReferences');
    return;
  }
  await vscode.commands.executeCommand(
    'editor.action.peekLocations',
    document.uri,
    position,
    mentionLocations(session, entity),
    'peek',
  );
}

function mentionLocations(session: DocumentSession, entity: Entity): vscode.Location[] {
  const { document } = session;
  return findMentions(document.getText(), session.entities, entity).map(
    ({ start, end }) =>
      new vscode.Location(
        document.uri,
        new vscode.Range(document.positionAt(start), document.positionAt(end)),
      ),
  );
}
