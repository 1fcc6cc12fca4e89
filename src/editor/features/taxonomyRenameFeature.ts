import * as vscode from 'vscode';
import { readTaxonomyFile } from '../../core/labels/taxonomyFile/readTaxonomyFile';
import { allTypes, type FileType } from '../../core/labels/taxonomyFile/taxonomyFile';
import { Disposable } from '../disposable';
import type { LabelsInForce } from '../labels/labelsInForce';
import { findWorkspaceRewrite, workspaceEditOf } from '../labels/rewriteWorkspace';
import { offerSkipped } from '../labels/skippedFiles';
import { rangeOfPlace, taxonomySelector } from '../labels/taxonomyDocuments';
import { sayError } from '../wording';

/**
 * "Rename Symbol" on a type's name in a taxonomy file: the name, the alias that it leaves, and the
 * annotations of the workspace in one step, with VS Code's preview.
 */
export class TaxonomyRenameFeature extends Disposable implements vscode.RenameProvider {
  constructor(private readonly labels: LabelsInForce) {
    super();
    this._register(vscode.languages.registerRenameProvider(taxonomySelector, this));
  }

  prepareRename(document: vscode.TextDocument, position: vscode.Position) {
    const type = typeAt(document, position);
    const place = type?.fields.name;
    if (type === undefined || place === undefined) {
      throw new Error(vscode.l10n.t('Put the cursor on the name of a type.'));
    }
    // Without the quotes.
    const inside = { offset: place.offset + 1, length: place.length - 2 };
    return { range: rangeOfPlace(document, inside), placeholder: type.name };
  }

  async provideRenameEdits(
    document: vscode.TextDocument,
    position: vscode.Position,
    name: string,
    token: vscode.CancellationToken,
  ): Promise<vscode.WorkspaceEdit | undefined> {
    const type = typeAt(document, position);
    if (type === undefined) return undefined;
    try {
      const edit = { kind: 'rename', type: type.place, name } as const;
      const found = await findWorkspaceRewrite(document, [edit], this.labels, token);
      if (!token.isCancellationRequested) void offerSkipped(found.skipped);
      return workspaceEditOf(document, found, false);
    } catch (error) {
      throw new Error(sayError(error));
    }
  }
}

/** The type whose name stands at a position. */
function typeAt(document: vscode.TextDocument, position: vscode.Position): FileType | undefined {
  const offset = document.offsetAt(position);
  return allTypes(readTaxonomyFile(document.getText()).types).find(({ fields: { name } }) => {
    return name !== undefined && name.offset <= offset && offset <= name.offset + name.length;
  });
}
