import * as vscode from 'vscode';
import type { Labels } from '../contract';
import { Disposable } from '../disposable';
import type { ShownView } from '../view/viewState';
import { levelTitle } from './levelTitle';

/** "Change Level…" and "Change Threshold…": what of the entities is shown. */
export class DisplayFeature extends Disposable {
  constructor(
    private readonly view: ShownView,
    private readonly labels: Labels,
  ) {
    super();
    const { registerCommand } = vscode.commands;
    this._register(registerCommand('dynamicner.changeLevel', () => this.changeLevel()));
    this._register(registerCommand('dynamicner.changeThreshold', () => this.changeThreshold()));
  }

  private async changeLevel(): Promise<void> {
    const { depth, levels } = this.labels.taxonomy;
    const items = levels.map((types, level) => ({
      label: levelTitle(level, depth),
      description: types
        .slice(0, 4)
        .map(({ name }) => name)
        .join(', '),
      picked: level === this.view.level,
      level,
    }));
    const chosen = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Change Level'),
      placeHolder: vscode.l10n.t(
        'Level that types are shown at, now: {0}',
        levelTitle(this.view.level, depth),
      ),
    });
    if (chosen !== undefined) await this.view.setLevel(chosen.level);
  }

  private async changeThreshold(): Promise<void> {
    const { t } = vscode.l10n;
    const now = this.view.wantedThreshold;
    const answer = await vscode.window.showInputBox({
      title: t('Change Threshold'),
      prompt: t(
        'Least probability of an entity that is shown, from 0 to 1; empty for the model’s own',
      ),
      value: now === undefined ? '' : String(now),
      validateInput: (text) =>
        text.trim() === '' || readProbability(text) !== undefined
          ? undefined
          : t('Give a number from 0 to 1, such as 0.5, or nothing.'),
    });
    if (answer === undefined) return;
    const threshold = readProbability(answer);
    if (threshold === undefined) await this.view.resetThreshold();
    else await this.view.setThreshold(threshold);
  }
}

/** A probability as people write it, with a point or a comma, or as percent. */
export function readProbability(text: string): number | undefined {
  const [, digits, percent] = /^\s*(\d*[.,]?\d+)\s*(%?)\s*$/u.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const value = Number(digits.replace(',', '.')) / (percent === '%' ? 100 : 1);
  return value >= 0 && value <= 1 ? value : undefined;
}
