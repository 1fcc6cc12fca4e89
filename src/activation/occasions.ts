import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { LazyEditor } from './lazyEditor';

/** Whether something is to be shown without being asked for: people's annotations, what is extracted automatically, problems of taxonomy files. */
export function isNeededAtStart(context: vscode.ExtensionContext): boolean {
  if (vscode.workspace.textDocuments.some(isTaxonomyFile)) return true;
  const storage = context.storageUri ?? context.globalStorageUri;
  if (existsSync(path.join(storage.fsPath, 'annotations'))) return true;
  const folder = vscode.workspace.getConfiguration('dynamicner').get('annotations.folder');
  if (folder !== 'beside' && folder !== 'storage') return true;
  const automatic = vscode.workspace
    .getConfiguration('dynamicner')
    .inspect<boolean>('extract.automatic');
  return (
    (automatic?.globalValue ?? automatic?.workspaceValue ?? automatic?.workspaceFolderValue) ===
      true || (automatic?.languageIds ?? []).length > 0
  );
}

/**
 * Loads the editor once a document is open that it has to do with: a taxonomy file is checked, people's
 * annotations are shown, and the button "Open as Data Set" needs the formats.
 */
export function loadWhenNeeded(lazy: LazyEditor): vscode.Disposable {
  const loadIf = (isNeeded: () => boolean): void => {
    if (!lazy.isLoaded && isNeeded()) void lazy.load();
  };
  const shown = (editors: readonly vscode.TextEditor[]): void =>
    loadIf(() => editors.some(({ document }) => hasAnnotationsBeside(document.uri)));
  const active = (editor: vscode.TextEditor | undefined): void =>
    loadIf(() => editor !== undefined && looksLikeDataset(editor.document));
  shown(vscode.window.visibleTextEditors);
  active(vscode.window.activeTextEditor);
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument((document) => loadIf(() => isTaxonomyFile(document))),
    vscode.window.onDidChangeVisibleTextEditors(shown),
    vscode.window.onDidChangeActiveTextEditor(active),
  );
}

function isTaxonomyFile({ uri }: vscode.TextDocument): boolean {
  return uri.path.endsWith('.taxonomy.json');
}

function hasAnnotationsBeside(uri: vscode.Uri): boolean {
  return uri.scheme === 'file' && existsSync(`${uri.fsPath}.entities.jsonl`);
}

/** Cheap, and rather too often true than not: what a document really is the formats say. */
function looksLikeDataset(document: vscode.TextDocument): boolean {
  const { path: name } = document.uri;
  if (/\.(?:jsonl|ndjson|conllu?|bio|iob2?|bioes|bilou)$/iu.test(name)) return true;
  if (!/\.(?:json|txt|tsv|csv)$/iu.test(name)) return false;
  const head = document.getText(new vscode.Range(0, 0, 20, 0)).slice(0, 2000);
  return /"(?:sentence|text|tokenized_text|entities|conversations|data)"\s*:|[ \t][BIESLU]-\S|[ \t]O$|^id,text,/mu.test(
    head,
  );
}
