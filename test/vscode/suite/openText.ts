import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Entity, TypePath } from '../../../src/core/entity/entity';
import type { EditorParts } from '../../../src/editor/contract';
import type { Session } from '../../../src/editor/documents/session';
import type { ExtensionApi } from '../../../src/extension';

export { until } from '../../until';

/** A document in the active editor, with the real parts of the extension around it. */
export interface OpenText {
  readonly parts: EditorParts;
  readonly document: vscode.TextDocument;
  readonly editor: vscode.TextEditor;
  readonly session: Session;
  /** Puts suggestions there as an engine's results come, in place of those before. */
  suggest(...entities: readonly Entity[]): void;
  /** The shown entity at the `nth` occurrence of a surface. */
  entity(surface: string, nth?: number): Entity;
  /** Where the `nth` occurrence of a surface begins. */
  at(surface: string, nth?: number): vscode.Position;
}

export const scholar: TypePath = ['person', 'real person', 'scholar'];
export const city: TypePath = ['location', 'geo-political entity', 'city'];

export async function editorParts(): Promise<EditorParts> {
  const extension = vscode.extensions.getExtension<ExtensionApi>('dynamicner.dynamicner');
  assert.ok(extension);
  return (await extension.activate()).parts();
}

/** Shows a new document with that text; earlier ones are closed. */
export async function openText(content: string, language = 'plaintext'): Promise<OpenText> {
  const parts = await editorParts();
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const document = await vscode.workspace.openTextDocument({ content, language });
  const editor = await vscode.window.showTextDocument(document);
  const session = parts.sessions.of(document) as Session;
  await session.restore();
  const find = (surface: string, nth: number): number => {
    let start = -1;
    for (let i = 0; i <= nth; i += 1) start = content.indexOf(surface, start + 1);
    assert.ok(start >= 0, `“${surface}” is not in the text ${nth + 1} times`);
    return start;
  };
  return {
    parts,
    document,
    editor,
    session,
    suggest: (...entities) => session.show([{ start: 0, end: content.length, entities }]),
    entity: (surface, nth = 0) => {
      const start = find(surface, nth);
      const end = start + surface.length;
      const found = session.entities.find((each) => each.start === start && each.end === end);
      assert.ok(found, `there is no entity “${surface}” at ${start}`);
      return found;
    },
    at: (surface, nth = 0) => document.positionAt(find(surface, nth)),
  };
}
