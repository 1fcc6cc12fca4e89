import * as vscode from 'vscode';
import type { EditorParts } from '../contract';
import { Disposable } from '../disposable';
import { showStatusMenu } from './statusBarMenu';
import { describeStatus } from './statusBarText';
import { Throttle } from './throttle';

/** Least time between two changes of the item, in milliseconds. */
const pause = 100;

/** Engine, shown level and number of entities in the status bar; a click opens what can be changed. */
export class StatusBarFeature extends Disposable {
  private readonly item = this._register(
    vscode.window.createStatusBarItem('dynamicner.status', vscode.StatusBarAlignment.Right, 90),
  );
  private readonly update = this._register(new Throttle(() => this.render(), pause));

  constructor(private readonly parts: EditorParts) {
    super();
    this.item.name = 'DynamicNER';
    this.item.command = 'dynamicner.showMenu';
    this._register(
      vscode.commands.registerCommand('dynamicner.showMenu', () => showStatusMenu(parts)),
    );
    const update = (): void => this.update.ask();
    this._register(parts.sessions.onDidChange(update));
    this._register(parts.sessions.onDidChangeActive(update));
    this._register(parts.status.onDidChange(update));
    this._register(parts.view.onDidChange(update));
    this._register(parts.labels.onDidChange(update));
    this._register(vscode.window.onDidChangeActiveTextEditor(update));
    this._register(vscode.window.onDidChangeActiveNotebookEditor(update));
    this.render();
  }

  private render(): void {
    const { activeTextEditor, activeNotebookEditor } = vscode.window;
    if (activeTextEditor === undefined && activeNotebookEditor === undefined) {
      this.item.hide();
      return;
    }
    const { text, tooltip, spoken, isWarning } = describeStatus(this.parts);
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.accessibilityInformation = { label: spoken, role: 'button' };
    this.item.backgroundColor = isWarning
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    this.item.show();
  }
}
