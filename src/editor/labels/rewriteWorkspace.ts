import * as vscode from 'vscode';
import {
  editTaxonomyFile,
  pathChangesOfAll,
} from '../../core/labels/taxonomyFile/editTaxonomyFile';
import { readTaxonomyFile } from '../../core/labels/taxonomyFile/readTaxonomyFile';
import type { TaxonomyEdit } from '../../core/labels/taxonomyFile/taxonomyEdit';
import { typeData } from '../../core/labels/taxonomyFile/taxonomyFile';
import { formatCount } from '../features/percent';
import { findAnnotationRewrites, type AnnotationRewrite } from './annotationRewrites';
import type { LabelsInForce } from './labelsInForce';

/** An edit of a taxonomy file with what follows from it in the workspace. */
export interface WorkspaceRewrite {
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
  return { own, rewrites: await findRewrites(document.uri, text, [edit], labels, token) };
}

/** The annotations that follow edits of a taxonomy file, one after the other, of which `text` is from before. */
async function findRewrites(
  file: vscode.Uri,
  text: string,
  edits: readonly TaxonomyEdit[],
  labels: LabelsInForce,
  token?: vscode.CancellationToken,
): Promise<AnnotationRewrite[]> {
  const { types, list } = readTaxonomyFile(text);
  const changes = pathChangesOfAll(types.map(typeData), edits);
  const hasList = (uri: vscode.Uri): boolean => labels.fileFor(uri)?.toString() === file.toString();
  return findAnnotationRewrites(changes, list.taxonomy, hasList, token);
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
  addRewrites(edit, rewrites, needsConfirmation);
  return edit;
}

function addRewrites(
  edit: vscode.WorkspaceEdit,
  rewrites: readonly AnnotationRewrite[],
  needsConfirmation: boolean,
): void {
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
}

/**
 * Offers to rewrite the annotations that follow edits which were made already, as in the label editor,
 * where nothing waits for an answer. Until then, and without it, the old paths mean the same as aliases.
 * @param before The text of the taxonomy file before the edits.
 */
export async function offerRewrites(
  file: vscode.Uri,
  before: string,
  edits: readonly TaxonomyEdit[],
  labels: LabelsInForce,
): Promise<void> {
  const found = await findRewrites(file, before, edits, labels);
  if (found.length === 0) return;
  const { t } = vscode.l10n;
  const choices = { rewrite: t('Rewrite'), preview: t('Preview…') };
  const answer = await vscode.window.showInformationMessage(
    questionOf(found),
    choices.rewrite,
    choices.preview,
  );
  if (answer === undefined) return;
  // What stands in the files may be another text than when the question was put.
  const rewrites = await findRewrites(file, before, edits, labels);
  const edit = new vscode.WorkspaceEdit();
  addRewrites(edit, rewrites, answer === choices.preview);
  await vscode.workspace.applyEdit(edit, { isRefactoring: true });
}

function questionOf(rewrites: readonly AnnotationRewrite[]): string {
  const entities = rewrites.reduce((sum, one) => sum + one.entities, 0);
  return vscode.l10n.t(
    'Rewrite the types of {0} entities in {1} files too?',
    formatCount(entities),
    formatCount(rewrites.length),
  );
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
  const choices = { rewrite: t('Rewrite'), preview: t('Preview…'), keep: t('Leave as They Are') };
  const answer = await vscode.window.showInformationMessage(
    questionOf(rewrites),
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
