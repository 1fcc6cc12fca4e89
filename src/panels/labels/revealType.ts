import * as vscode from 'vscode';
import type { TypePath } from '../../core/entity/entity';
import { foldPath } from '../../core/labels/names';
import type { Sessions } from '../../editor/contract';
import { rangeOf } from '../../editor/documents/textRanges';

/**
 * Selects the next entity of a type, after the cursor, in the text editor that shows entities; false
 * where there is none.
 */
export async function revealType(path: TypePath, sessions: Sessions): Promise<boolean> {
  const wanted = foldPath(path);
  const isOfType = (entity: { readonly path: TypePath }): boolean =>
    foldPath(entity.path.slice(0, path.length)) === wanted;
  for (const editor of vscode.window.visibleTextEditors) {
    const entities = sessions.existing(editor.document)?.entities ?? [];
    const cursor = editor.document.offsetAt(editor.selection.active);
    const entity =
      entities.find((one) => one.start >= cursor && isOfType(one)) ?? entities.find(isOfType);
    if (entity === undefined) continue;
    const range = rangeOf(editor.document, entity);
    // The cursor goes behind the entity, so that the next click finds the next one.
    const selection = new vscode.Selection(range.start, range.end);
    await vscode.window.showTextDocument(editor.document, {
      selection,
      preserveFocus: true,
      ...(editor.viewColumn === undefined ? {} : { viewColumn: editor.viewColumn }),
    });
    return true;
  }
  return false;
}
