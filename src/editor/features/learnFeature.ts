import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import type { EngineAccess } from '../engine/engineAccess';
import type { Failures } from '../failures';
import type { Learner, OutdatedList } from '../learning/learner';
import { learnedFrom } from './learnedText';
import { formatCount } from './numbers';

/** "Learn from Annotations", which switches learning on and off, "Undo Learning" and "Forget What Was Learned". */
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
    this._register(learner.onDidSetAside((outdated) => void this.offerAnew(outdated)));
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
          ? learnedFrom(learner.examples)
          : t('Learning is on. Accept, correct, add or reject entities: each is an example.'),
        ...(hasLearned ? [undo] : []),
      );
      if (answer === undo) await this.undo();
    } catch (error) {
      this.failures.show(error);
    }
  }

  private async undo(key?: string): Promise<void> {
    const done = await this.learner.undo(key);
    if (done) return;
    void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing learned to undo.'));
  }

  /** What was learned is of no use with this model: the user says what becomes of it. */
  private async offerAnew({ key, name, version, learnedFor }: OutdatedList): Promise<void> {
    const { t } = vscode.l10n;
    const again = t('Learn Again');
    const forget = t('Forget What Was Learned');
    const chosen = await vscode.window.showWarningMessage(
      t(
        'What was learned is for version {0} of {1}, and this is version {2}: the model decides alone.',
        learnedFor,
        name,
        version,
      ),
      again,
      forget,
    );
    if (chosen === again) await this.learnAgain(key);
    else if (chosen === forget) await this.forget(key);
  }

  private async learnAgain(key: string): Promise<void> {
    const { t } = vscode.l10n;
    try {
      const learned = await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Window, title: t('Learning from annotations') },
        () => this.learner.learnAgain(key),
      );
      if (learned) return;
      void vscode.window.showInformationMessage(
        t('There is nothing to learn from: open the documents or data sets that you annotated.'),
      );
    } catch (error) {
      this.failures.show(error);
    }
  }

  private async forget(key?: string): Promise<void> {
    const { t } = vscode.l10n;
    try {
      if (!(await this.learner.forget(key))) {
        void vscode.window.showInformationMessage(t('Nothing was learned of this label list.'));
        return;
      }
      const undo = t('Undo');
      const told = t('What was learned of this label list is deleted.');
      if ((await vscode.window.showInformationMessage(told, undo)) === undo) await this.undo(key);
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
    const isOne = this.learner.examples === 1;
    const count = formatCount(this.learner.examples);
    this.item.text = `$(mortar-board) ${count}`;
    this.item.tooltip = isOne
      ? t('Learning from annotations: 1 example. Click to switch it off.')
      : t('Learning from annotations: {0} examples. Click to switch it off.', count);
    const label = isOne
      ? t('Learning from annotations, 1 example')
      : t('Learning from annotations, {0} examples', count);
    this.item.accessibilityInformation = { label, role: 'button' };
    this.item.show();
  }
}
