import path from 'node:path';
import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import type { EngineInForce } from '../engine/engineInForce';
import type { Failures } from '../failures';
import type { Settings } from '../settings';

/** "Select Model…": the bundled pack or another folder, which is loaded once before it is taken. */
export class ModelFeature extends Disposable {
  constructor(
    private readonly engine: EngineInForce,
    private readonly settings: Settings,
    private readonly failures: Failures,
  ) {
    super();
    this._register(
      vscode.commands.registerCommand('dynamicner.selectModel', (folder: unknown) =>
        typeof folder === 'string' ? this.take(folder) : this.ask(),
      ),
    );
  }

  private async ask(): Promise<void> {
    const { t } = vscode.l10n;
    const now = this.engine.folder;
    const bundled = this.engine.bundled;
    const other = { label: `$(folder-opened) ${t('Choose Folder…')}`, folder: undefined };
    const items = [
      { label: path.basename(bundled), description: t('bundled'), folder: bundled },
      ...(now === bundled
        ? []
        : [{ label: path.basename(now), description: t('in use'), detail: now, folder: now }]),
      other,
    ];
    const chosen = await vscode.window.showQuickPick(items, {
      title: t('Select Model'),
      placeHolder: t('The model pack to extract with'),
    });
    if (chosen === undefined) return;
    const folder = chosen.folder ?? (await this.askFolder());
    if (folder !== undefined) await this.take(folder);
  }

  private async askFolder(): Promise<string | undefined> {
    const [uri] =
      (await vscode.window.showOpenDialog({
        canSelectFiles: false,
        canSelectFolders: true,
        openLabel: vscode.l10n.t('Use This Model'),
        title: vscode.l10n.t('Folder of a Model Pack'),
      })) ?? [];
    return uri?.fsPath;
  }

  private async take(folder: string): Promise<void> {
    this.failures.forget();
    if (folder === this.engine.bundled) {
      await this.settings.set('model', undefined);
      return;
    }
    try {
      const model = await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: vscode.l10n.t('Checking the model in {0}', folder),
        },
        () => this.engine.check(folder),
      );
      await this.settings.set('model', folder);
      vscode.window.setStatusBarMessage(vscode.l10n.t('Model: {0}', model.name), 4000);
    } catch (error) {
      this.failures.show(error);
    }
  }
}
