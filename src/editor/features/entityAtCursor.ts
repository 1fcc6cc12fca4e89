import * as vscode from 'vscode';
import type { Entity } from '../../core/entity/entity';
import type { DocumentSession, EditorParts } from '../contract';
import { entitiesAt } from './entityText';

/** The innermost entity at the cursor of the active editor; where there is none, the user is told. */
export function entityAtCursor(
  parts: EditorParts,
): { readonly session: DocumentSession; readonly entity: Entity } | undefined {
  const session = parts.sessions.active;
  const editor = vscode.window.activeTextEditor;
  if (session !== undefined && editor?.document === session.document) {
    const offset = session.document.offsetAt(editor.selection.active);
    const entity = entitiesAt(session, offset).at(-1);
    if (entity !== undefined) return { session, entity };
  }
  void vscode.window.showInformationMessage(
    vscode.l10n.t('There is no entity at the cursor. Put the cursor into one and try again.'),
  );
  return undefined;
}
