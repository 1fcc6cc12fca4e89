import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import type { EngineAccess } from '../engine/engineAccess';
import type { Failures } from '../failures';
import type { Learner } from '../learning/learner';
import { formatCount } from './percent';

/** "Learn From Annotations", which switches learning on and off, "Undo Learning" and "Forget What Was Learned". */
export class LearnFeature extends Disposable {
  private readonly item = this._register(
    vscode.window.createStatusBarItem('dynamicner.learning', vscode.StatusBarAlignment.Right, 89),
  );

  constructor(
    private readonly learner: Learner,
    private readonly access: EngineAccess,
    private readonly failures: Failures,
  ) {
    super();
    const { registerCommand } = vscode.commands;
    this._register(registerCommand('dynamicner.learn', () => this.toggle()));
    this._register(registerCommand('dynamicner.undoLearning', () => this.undo()));
    this._register(registerCommand('dynamicner.forgetLearned', () => this.forget()));
    this._register(learner.onDidChange(() => this.render()));
    this.item.name = vscode.l10n.t('DynamicNER: Learning');
    this.item.command = 'dynamicner.learn';
    this.render();
  }

  private async toggle(): Promise<void> {
    const { t } = vscode.l10n;
    const { learner } = this;
    try {
      if (learner.on) {
        await learner.switchOff();
        void vscode.window.showInformationMessage(
          t('Learning is off: the model decides alone. What was learned is kept in its file.'),
        );
        return;
      }
      if ((await this.access.engine()).learn === undefined) {
        void vscode.window.showWarningMessage(
          t('This engine cannot learn from annotations. Choose a bundled model first.'),
        );
        return;
      }
      const hasLearned = await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Window, title: t('Learning from annotations') },
        () => learner.switchOn(),
      );
      const undo = t('Undo');
      const answer = await vscode.window.showInformationMessage(
        hasLearned
          ? t('Learned from {0} examples.', formatCount(learner.examples))
          : t('Learning is on. Accept, correct, add or reject entities: each is an example.'),
        ...(hasLearned ? [undo] : []),
      );
      if (answer === undo) await this.undo();
    } catch (error) {
      this.failures.show(error);
    }
  }

  private async undo(): Promise<void> {
    const done = await this.learner.undo();
    if (done) return;
    void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing learned to undo.'));
  }

  private async forget(): Promise<void> {
    const { t } = vscode.l10n;
    try {
      if (!(await this.learner.forget())) {
        void vscode.window.showInformationMessage(t('Nothing was learned of this label list.'));
        return;
      }
      const undo = t('Undo');
      const told = t('What was learned of this label list is deleted.');
      if ((await vscode.window.showInformationMessage(told, undo)) === undo) await this.undo();
    } catch (error) {
      this.failures.show(error);
    }
  }

  private render(): void {
    const { t } = vscode.l10n;
    if (!this.learner.on) {
      this.item.hide();
      return;
    }
    const count = formatCount(this.learner.examples);
    this.item.text = `$(mortar-board) ${count}`;
    this.item.tooltip = t(
      'Learning from annotations: {0} examples. Click to switch it off.',
      count,
    );
    this.item.accessibilityInformation = {
      label: t('Learning from annotations, {0} examples', count),
      role: 'button',
    };
    this.item.show();
  }
}
