import * as vscode from 'vscode';
import {
  editTaxonomyFileWith,
  pathChangesOfAll,
} from '../../core/labels/taxonomyFile/editTaxonomyFile';
import { readTaxonomyFile } from '../../core/labels/taxonomyFile/readTaxonomyFile';
import type { TaxonomyEdit } from '../../core/labels/taxonomyFile/taxonomyEdit';
import { typeData } from '../../core/labels/taxonomyFile/taxonomyFile';
import { countEntities, formatCount } from '../features/numbers';
import {
  findAnnotationRewrites,
  type AnnotationRewrite,
  type FoundRewrites,
} from './annotationRewrites';
import type { LabelsInForce } from './labelsInForce';
import { listSkipped, offerSkipped } from './skippedFiles';

/** Edits of a taxonomy file with what follows from them in the workspace. */
export interface WorkspaceRewrite extends FoundRewrites {
  /** Edits of the taxonomy file itself. */
  readonly own: readonly vscode.TextEdit[];
}

/** What became of edits: made, made already, given up by the user, or refused by VS Code. */
export type RewriteOutcome = 'done' | 'unchanged' | 'dismissed' | 'refused';

/** Edits that may change the path of a type. */
const pathEdits: ReadonlySet<TaxonomyEdit['kind']> = new Set([
  'rename',
  'remove',
  'move',
  'merge',
  'split',
]);

/**
 * Finds what edits of a taxonomy file change: its text, and the annotations of the workspace whose
 * types have other paths then. Nothing is changed yet.
 * @throws InputError when an edit cannot be made; see `editTaxonomyFile`.
 */
export async function findWorkspaceRewrite(
  document: vscode.TextDocument,
  edits: readonly TaxonomyEdit[],
  labels: LabelsInForce,
  token?: vscode.CancellationToken,
): Promise<WorkspaceRewrite> {
  const text = document.getText();
  const own = editTaxonomyFileWith(text, edits).map(({ offset, length, text: inserted }) =>
    vscode.TextEdit.replace(
      new vscode.Range(document.positionAt(offset), document.positionAt(offset + length)),
      inserted,
    ),
  );
  if (own.length === 0 || !edits.some(({ kind }) => pathEdits.has(kind))) {
    return { own, rewrites: [], skipped: [] };
  }
  const { types, list } = readTaxonomyFile(text);
  const changes = pathChangesOfAll(types.map(typeData), edits);
  const file = document.uri.toString();
  const hasList = (uri: vscode.Uri): boolean => labels.fileFor(uri)?.toString() === file;
  return { own, ...(await findAnnotationRewrites(changes, list.taxonomy, hasList, token)) };
}

/**
 * The edits of a taxonomy file and of the annotations that follow them, as one step to undo.
 * @param needsConfirmation Whether VS Code shows the annotations' changes before they are made.
 */
export function workspaceEditOf(
  document: vscode.TextDocument,
  { own, rewrites }: Pick<WorkspaceRewrite, 'own' | 'rewrites'>,
  needsConfirmation: boolean,
): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  edit.set(document.uri, [...own]);
  for (const { uri, edits, entities } of rewrites) {
    const metadata: vscode.WorkspaceEditEntryMetadata = {
      needsConfirmation,
      label: vscode.l10n.t('Types of Annotations'),
      description: countEntities(entities),
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
 * Makes edits of a taxonomy file, one after the other; where annotations of the workspace have types
 * that they rename, move, merge or remove, the user says whether those are rewritten in the same step.
 * Left as they are, they keep their meaning by the aliases that the edits leave behind. When the user
 * dismisses the question, or the preview, nothing is changed.
 * @throws InputError when an edit cannot be made.
 */
export async function rewriteWorkspace(
  document: vscode.TextDocument,
  edits: readonly TaxonomyEdit[],
  labels: LabelsInForce,
): Promise<RewriteOutcome> {
  const { version } = document;
  const found = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Looking for annotations…') },
    () => findWorkspaceRewrite(document, edits, labels),
  );
  if (found.own.length === 0) return 'unchanged';
  const answer = found.rewrites.length === 0 ? 'keep' : await ask(found);
  // The user may have typed while files were read: what was found is for the text before.
  if (answer === undefined || document.version !== version) return 'dismissed';
  const rewrites = answer === 'keep' ? [] : found.rewrites;
  const edit = workspaceEditOf(document, { own: found.own, rewrites }, answer === 'preview');
  const isDone = await vscode.workspace.applyEdit(edit, { isRefactoring: rewrites.length > 0 });
  if (!isDone) return answer === 'preview' ? 'dismissed' : 'refused';
  if (answer !== 'keep' || found.rewrites.length === 0) void offerSkipped(found.skipped);
  return 'done';
}

async function ask({
  rewrites,
  skipped,
}: FoundRewrites): Promise<'rewrite' | 'preview' | 'keep' | undefined> {
  const { t } = vscode.l10n;
  const choices = { rewrite: t('Rewrite'), preview: t('Preview…'), keep: t('Leave as They Are') };
  const detail = [
    t('Left as they are, they still mean the same: the old paths stay as aliases.'),
    ...listSkipped(skipped),
  ];
  const answer = await vscode.window.showInformationMessage(
    questionOf(rewrites),
    { modal: true, detail: detail.join('\n\n') },
    choices.rewrite,
    choices.preview,
    choices.keep,
  );
  if (answer === choices.rewrite) return 'rewrite';
  if (answer === choices.preview) return 'preview';
  return answer === choices.keep ? 'keep' : undefined;
}

function questionOf(rewrites: readonly AnnotationRewrite[]): string {
  const entities = rewrites.reduce((sum, one) => sum + one.entities, 0);
  return vscode.l10n.t(
    'Rewrite the types in the annotations too? Entities: {0}, files: {1}',
    formatCount(entities),
    formatCount(rewrites.length),
  );
}
