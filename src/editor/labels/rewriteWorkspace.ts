import * as vscode from 'vscode';
import { editTaxonomyFile, pathChangesOf } from '../../core/labels/taxonomyFile/editTaxonomyFile';
import { readTaxonomyFile } from '../../core/labels/taxonomyFile/readTaxonomyFile';
import type { PathChange, TaxonomyEdit } from '../../core/labels/taxonomyFile/taxonomyEdit';
import { typeData } from '../../core/labels/taxonomyFile/taxonomyFile';
import { formatCount } from '../features/percent';
import { findAnnotationRewrites, type AnnotationRewrite } from './annotationRewrites';
import type { LabelsInForce } from './labelsInForce';

/** An edit of a taxonomy file with what follows from it in the workspace. */
export interface WorkspaceRewrite {
  readonly changes: readonly PathChange[];
  /** Edits of the taxonomy file itself. */
  readonly own: readonly vscode.TextEdit[];
  readonly rewrites: readonly AnnotationRewrite[];
}

/**
 * Finds what an edit of a taxonomy file changes: its text, and the annotations of the workspace whose
 * types have other paths then. Nothing is changed yet.
 * @throws InputError when the edit cannot be made; see `editTaxonomyFile`.
 */
export async function findWorkspaceRewrite(
  document: vscode.TextDocument,
  edit: TaxonomyEdit,
  labels: LabelsInForce,
  token?: vscode.CancellationToken,
): Promise<WorkspaceRewrite> {
  const text = document.getText();
  const own = editTaxonomyFile(text, edit).map(({ offset, length, text: inserted }) =>
    vscode.TextEdit.replace(
      new vscode.Range(document.positionAt(offset), document.positionAt(offset + length)),
      inserted,
    ),
  );
  const { types, list } = readTaxonomyFile(text);
  const changes = pathChangesOf(types.map(typeData), edit);
  const hasList = (uri: vscode.Uri): boolean => {
    const choice = labels.choiceOf(uri);
    return choice.kind === 'file' && choice.file.toString() === document.uri.toString();
  };
  const rewrites = await findAnnotationRewrites(changes, list.taxonomy, hasList, token);
  return { changes, own, rewrites };
}

/**
 * The edit of a taxonomy file and of the annotations that follow it, as one step to undo.
 * @param needsConfirmation Whether VS Code shows the annotations' changes before they are made.
 */
export function workspaceEditOf(
  document: vscode.TextDocument,
  { own, rewrites }: WorkspaceRewrite,
  needsConfirmation: boolean,
): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, [...own]);
  for (const { uri, edits, entities } of rewrites) {
    const metadata: vscode.WorkspaceEditEntryMetadata = {
      needsConfirmation,
      label: vscode.l10n.t('Types of Annotations'),
      description: vscode.l10n.t('{0} entities', formatCount(entities)),
      iconPath: new vscode.ThemeIcon('symbol-class'),
    };
    edit.set(
      uri,
      edits.map((one): [vscode.TextEdit, vscode.WorkspaceEditEntryMetadata] => [one, metadata]),
    );
  }
  return edit;
}

/**
 * Makes an edit of a taxonomy file; where annotations of the workspace have types that it renames,
 * moves, merges or removes, the user says whether they are rewritten in the same step. Left as they
 * are, they keep their meaning by the aliases that the edit leaves behind. Resolves to false when the
 * user dismisses the question: nothing is changed then.
 * @throws InputError when the edit cannot be made.
 */
export async function rewriteWorkspace(
  document: vscode.TextDocument,
  edit: TaxonomyEdit,
  labels: LabelsInForce,
): Promise<boolean> {
  const { version } = document;
  const found = await findWorkspaceRewrite(document, edit, labels);
  const answer = found.rewrites.length === 0 ? 'keep' : await ask(found.rewrites);
  // The user may have typed while files were read: what was found is for the text before.
  if (answer === undefined || document.version !== version) return false;
  const wanted = answer === 'keep' ? { ...found, rewrites: [] } : found;
  const made = workspaceEditOf(document, wanted, answer === 'preview');
  return vscode.workspace.applyEdit(made, { isRefactoring: wanted.rewrites.length > 0 });
}

async function ask(
  rewrites: readonly AnnotationRewrite[],
): Promise<'rewrite' | 'preview' | 'keep' | undefined> {
  const { t } = vscode.l10n;
  const entities = rewrites.reduce((sum, one) => sum + one.entities, 0);
  const choices = { rewrite: t('Rewrite'), preview: t('Preview…'), keep: t('Leave as They Are') };
  const answer = await vscode.window.showInformationMessage(
    t(
      'Rewrite the types of {0} entities in {1} files too?',
      formatCount(entities),
      formatCount(rewrites.length),
    ),
    {
      modal: true,
      detail: t('Left as they are, they still mean the same: the old paths stay as aliases.'),
    },
    choices.rewrite,
    choices.preview,
    choices.keep,
  );
  if (answer === choices.rewrite) return 'rewrite';
  if (answer === choices.preview) return 'preview';
  return answer === choices.keep ? 'keep' : undefined;
}
