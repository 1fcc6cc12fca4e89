import * as vscode from 'vscode';
import type { EditorParts, EngineStatus } from '../contract';
import { Disposable } from '../disposable';
import { Throttle } from './throttle';
import { levelTitle } from './levelTitle';
import { appendPlain } from './hoverMarkdown';
import { formatCount, percent } from './percent';
import { showStatusMenu } from './statusBarMenu';

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
    const hasText =
      vscode.window.activeTextEditor !== undefined ||
      vscode.window.activeNotebookEditor !== undefined;
    if (!hasText) {
      this.item.hide();
      return;
    }
    const { current } = this.parts.status;
    this.item.text = this.text(current);
    this.item.tooltip = this.tooltip(current);
    this.item.backgroundColor =
      current.state === 'failed'
        ? new vscode.ThemeColor('statusBarItem.warningBackground')
        : undefined;
    this.item.accessibilityInformation = { label: this.spoken(current), role: 'button' };
    this.item.show();
  }

  private text(status: EngineStatus): string {
    const busy = this.isBusy(status);
    const icon = status.state === 'failed' ? '$(warning)' : busy ? '$(loading~spin)' : '$(tag)';
    const parts = [status.engine, ...this.levelAndCount()];
    return [
      icon,
      ...(status.remote ? ['$(shield)'] : []),
      parts.join(' · ').replaceAll('$(', '$\u200b('),
      ...(status.note === undefined ? [] : ['$(info)']),
    ].join(' ');
  }

  private isBusy(status: EngineStatus): boolean {
    return (
      status.state === 'busy' ||
      status.state === 'starting' ||
      (this.parts.sessions.active?.busy ?? false)
    );
  }

  /** The shown level, unless there is only one, and the number of entities, once there can be any. */
  private levelAndCount(): string[] {
    const { labels, view, sessions } = this.parts;
    const { active } = sessions;
    return [
      ...(labels.taxonomy.depth > 1 ? [levelTitle(view.level, labels.taxonomy.depth)] : []),
      ...(active?.extracted === true || (active?.entities.length ?? 0) > 0
        ? [formatCount(active?.entities.length ?? 0)]
        : []),
    ];
  }

  private facts(status: EngineStatus): string[] {
    const { t } = vscode.l10n;
    const count = this.parts.sessions.active?.entities.length;
    return [
      ...(status.problem === undefined ? [] : [status.problem]),
      t('Engine: {0} ({1})', status.engine, status.model),
      stateText(status),
      status.remote
        ? t('Text of the document leaves this machine.')
        : t('Text of the document stays on this machine.'),
      ...(status.note === undefined ? [] : [status.note]),
      t('Least probability shown: {0}', percent(this.parts.view.threshold)),
      ...(count === undefined ? [] : [t('Entities shown: {0}', count)]),
    ];
  }

  private tooltip(status: EngineStatus): vscode.MarkdownString {
    const markdown = new vscode.MarkdownString('', true);
    for (const fact of this.facts(status)) {
      appendPlain(markdown, fact);
      markdown.appendMarkdown('\n\n');
    }
    return appendPlain(
      markdown,
      vscode.l10n.t('Click to change how entities are found and shown.'),
    );
  }

  private spoken(status: EngineStatus): string {
    return ['DynamicNER', ...this.levelAndCount(), ...this.facts(status)].join(', ');
  }
}

function stateText(status: EngineStatus): string {
  const { t } = vscode.l10n;
  switch (status.state) {
    case 'off':
      return t('The engine starts when it is needed.');
    case 'starting':
      return t('The engine is starting.');
    case 'ready':
      return t('The engine is ready.');
    case 'busy':
      return t('The engine is at work.');
    case 'failed':
      return t('The engine does not work.');
  }
}
