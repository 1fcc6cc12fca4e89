import * as vscode from 'vscode';
import { isOfInterest } from '../documents/schemes';

/** VS Code gives extensions no text beyond this size. */
const largestDocument = 50 * 1024 * 1024;

/**
 * What "the document" means now: the active text editor's, or all Markdown cells of the active
 * notebook. Empty when there is none; `explainNoText` says why.
 */
export function targetDocuments(): vscode.TextDocument[] {
  const editor = vscode.window.activeTextEditor;
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  if (notebook !== undefined && (editor === undefined || isCellOf(editor.document, notebook))) {
    return notebook
      .getCells()
      .filter(({ kind }) => kind === vscode.NotebookCellKind.Markup)
      .map(({ document }) => document);
  }
  return editor !== undefined && isOfInterest(editor.document.uri) ? [editor.document] : [];
}

function isCellOf(document: vscode.TextDocument, notebook: vscode.NotebookDocument): boolean {
  return notebook.getCells().some((cell) => cell.document === document);
}

/** Why there is no text to work on, with the mend. The name comes from the tab: such files have no editor. */
export async function explainNoText(): Promise<string> {
  const { t } = vscode.l10n;
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  if (vscode.window.activeNotebookEditor !== undefined) {
    return t('This notebook has no Markdown cell. Write one, or open a text document.');
  }
  if (tab === undefined) return t('No document is open. Open one and run the command again.');
  const size = await sizeOf(tab.input);
  if (size !== undefined && size > largestDocument) {
    return t(
      '“{0}” has {1} MB, and VS Code passes no more than 50 MB to extensions. Split the file, or read it with the command line: dynamicner extract "{0}"',
      tab.label,
      Math.round(size / 1024 / 1024),
    );
  }
  return t(
    '“{0}” is not open as text, so there is nothing to read. If it is a text file, choose “Reopen Editor With…” and take the text editor; else open another file.',
    tab.label,
  );
}

async function sizeOf(input: unknown): Promise<number | undefined> {
  const uri = (input as { readonly uri?: unknown } | undefined)?.uri;
  if (!(uri instanceof vscode.Uri)) return undefined;
  try {
    return (await vscode.workspace.fs.stat(uri)).size;
  } catch {
    return undefined;
  }
}
