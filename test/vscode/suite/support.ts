import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { DocumentSession, EditorParts } from '../../../src/editor/contract';
import type { ExtensionApi } from '../../../src/extension';
import { until } from '../../until';

export { eventually, until } from '../../until';

const id = 'dynamicner.dynamicner';

/** What the extension gives to others, once it is active. */
export async function extensionApi(): Promise<ExtensionApi> {
  const extension = vscode.extensions.getExtension<ExtensionApi>(id);
  assert.ok(extension, `${id} is not among the installed extensions`);
  return extension.activate();
}

export async function editorParts(): Promise<EditorParts> {
  return (await extensionApi()).parts();
}

/** A new untitled document in an editor of its own. */
export async function openText(
  content: string,
  language = 'plaintext',
): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ content, language });
  return vscode.window.showTextDocument(document, { preview: false });
}

/** Writes a file into the workspace folder. */
export async function writeFile(name: string, content: string | Uint8Array): Promise<vscode.Uri> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder);
  const uri = vscode.Uri.joinPath(folder.uri, name);
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  await vscode.workspace.fs.writeFile(uri, bytes);
  return uri;
}

/** Opens a file of the workspace folder in an editor, as users do: nothing else holds the document. */
export async function openFile(name: string, content: string): Promise<vscode.TextEditor> {
  const uri = await writeFile(name, content);
  await vscode.commands.executeCommand('vscode.open', uri, { preview: false });
  const editor = (): vscode.TextEditor | undefined => vscode.window.activeTextEditor;
  await until(`${name} is open`, () => editor()?.document.uri.path === uri.path);
  return editor() as vscode.TextEditor;
}

/** Runs "Extract Entities" on the active document and returns its session. */
export async function extract(): Promise<DocumentSession> {
  await vscode.commands.executeCommand('dynamicner.extract');
  const { sessions } = await editorParts();
  assert.ok(sessions.active, 'the active document has no session');
  return sessions.active;
}

/** The mentions of a session's shown entities, in text order. */
export function mentions(session: DocumentSession): string[] {
  const text = session.document.getText();
  return session.entities.map(({ start, end }) => text.slice(start, end));
}

/** Hook that starts the encoder's process and loads its model, which takes a while the first time. */
export async function loadEncoder(this: Mocha.Context): Promise<void> {
  this.timeout(180_000);
  await openText('Ada Lovelace lived in London.');
  await extract();
  await closeAll();
}

/**
 * Selects in an editor. VS Code may still have to tell of the place where the cursor was before, which
 * would take the selection back: that has come once the window has answered.
 */
export async function select(
  editor: vscode.TextEditor,
  start: vscode.Position,
  end = start,
): Promise<void> {
  const wanted = new vscode.Selection(start, end);
  await until('the selection', async () => {
    editor.selection = wanted;
    await vscode.commands.getCommands();
    return editor.selection.isEqual(wanted) || editor.selection;
  });
}

/** Closes all editors without saving. */
export async function closeAll(): Promise<void> {
  for (const editor of vscode.window.visibleTextEditors) {
    if (!editor.document.isDirty) continue;
    await vscode.window.showTextDocument(editor.document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Answers the questions of the extension's `vscode.window` without showing them, while `action` runs; returns what was shown. */
export async function answering(
  answers: Partial<Record<AskingMethod, (...args: unknown[]) => unknown>>,
  action: () => PromiseLike<unknown>,
): Promise<string[]> {
  const shown: string[] = [];
  const { window: asked } = await extensionApi();
  const window = asked as unknown as Record<string, (...args: unknown[]) => unknown>;
  const before = new Map<string, (...args: unknown[]) => unknown>();
  for (const name of asking) {
    before.set(name, window[name] as (...args: unknown[]) => unknown);
    window[name] = (...args: unknown[]) => {
      if (typeof args[0] === 'string') shown.push(args[0]);
      return Promise.resolve(answers[name]?.(...args));
    };
  }
  try {
    await action();
  } finally {
    for (const [name, method] of before) window[name] = method;
  }
  return shown;
}

const asking = [
  'showInformationMessage',
  'showWarningMessage',
  'showErrorMessage',
  'showQuickPick',
  'showInputBox',
  'showOpenDialog',
  'showSaveDialog',
] as const;
type AskingMethod = (typeof asking)[number];
