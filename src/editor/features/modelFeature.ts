import path from 'node:path';
import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import type { LoadedModel } from '../../host/protocol';
import type { EncoderInForce } from '../engine/encoderInForce';
import { packsIn, settingFor } from '../engine/modelFolder';
import type { Failures } from '../failures';
import type { Settings } from '../settings';

/**
 * "Select Model…": the bundled packs by language, one of them for all texts, or the folder of another one
 * or of a model of others, which is loaded once before it is taken.
 */
export class ModelFeature extends Disposable {
  constructor(
    private readonly encoder: EncoderInForce,
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
    const now = this.encoder.folder;
    const bundled = this.encoder.bundled;
    const other = { label: `$(folder-opened) ${t('Choose Folder…')}`, folder: undefined };
    const packs = packsIn(bundled);
    const choice = { label: t('Choose by Language'), description: t('for each paragraph') };
    const items = [
      ...(packs.length > 0
        ? [{ ...choice, folder: bundled }]
        : [{ label: path.basename(bundled), description: t('bundled'), folder: bundled }]),
      ...packs.map((folder) => {
        return { label: path.basename(folder), description: t('bundled'), folder };
      }),
      ...(now === bundled || packs.includes(now)
        ? []
        : [{ label: path.basename(now), description: t('in use'), detail: now, folder: now }]),
      other,
    ];
    const chosen = await vscode.window.showQuickPick(items, {
      title: t('Select Model'),
      placeHolder: t('The model to extract with'),
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
        title: vscode.l10n.t('Folder of a Model (Pack, GLiNER, or Token Classification)'),
      })) ?? [];
    return uri?.fsPath;
  }

  private async take(folder: string): Promise<void> {
    this.failures.forget();
    if (folder === this.encoder.bundled) {
      await this.settings.set('model', undefined);
      return;
    }
    try {
      const model = await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: vscode.l10n.t('Checking the model in {0}', folder),
        },
        () => this.encoder.check(folder),
      );
      await this.settings.set('model', settingFor(folder, this.encoder.bundled));
      void vscode.window.showInformationMessage(describe(model));
    } catch (error) {
      this.failures.show(error);
    }
  }
}

/** Kind, size and labels of a model. */
function describe({ name, kind, bytes, labels }: LoadedModel): string {
  const megabytes = (bytes / 1e6).toFixed(1);
  return labels === undefined
    ? vscode.l10n.t(
        'Model: {0} ({1}, {2} MB). It finds the labels that you name.',
        name,
        kind,
        megabytes,
      )
    : vscode.l10n.t(
        'Model: {0} ({1}, {2} MB). It has labels of its own: {3}.',
        name,
        kind,
        megabytes,
        labels.join(', '),
      );
}
