import * as vscode from 'vscode';
import type { EditorParts } from '../contract';
import { Disposable } from '../disposable';

/** "Open Sample Document", where the walkthrough begins: a copy, so that it can be edited. */
export class WalkthroughFeature extends Disposable {
  constructor(private readonly parts: EditorParts) {
    super();
    this._register(
      vscode.commands.registerCommand('dynamicner.openSample', () => this.openSample()),
    );
  }

  private async openSample(): Promise<void> {
    const sample = vscode.Uri.joinPath(
      this.parts.context.extensionUri,
      'media',
      'samples',
      'expedition.md',
    );
    const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(sample));
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
    await vscode.window.showTextDocument(document);
  }
}
