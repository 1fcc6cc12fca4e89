import * as vscode from 'vscode';

/** Shows a report as an untitled document; Markdown unless said otherwise. */
export async function showReport(content: string, language = 'markdown'): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  await vscode.window.showTextDocument(document, { preview: false });
}
