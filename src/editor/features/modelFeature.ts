import path from 'node:path';
import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import type { LoadedModel } from '../../host/protocol';
import type { EncoderInForce } from '../engine/encoderInForce';
import { packsIn, settingFor } from '../engine/modelFolder';
import type { Failures } from '../failures';
import type { Settings } from '../settings';
import { StoredValue } from '../storedValue';

/**
 * "Select Model…": the bundled packs by language, one of them for all texts, or a model that was added.
 * "Add Model…" in it takes the folder of another pack or of a model of others, loads it once, tells what
 * it is, and uses it when the user wants to.
 */
export class ModelFeature extends Disposable {
  constructor(
    private readonly encoder: EncoderInForce,
    private readonly settings: Settings,
    /** Folders of models that were added before. */
    private readonly added: StoredValue<readonly string[]>,
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
    const add = { label: `$(add) ${t('Add Model…')}`, folder: undefined };
    const others = new Set(this.added.get() ?? []);
    if (now !== bundled && !packsIn(bundled).includes(now)) others.add(now);
    const packs = packsIn(bundled);
    const choice = { label: t('Choose by Language'), description: t('for each paragraph') };
    const items = [
      ...(packs.length > 0
        ? [{ ...choice, folder: bundled }]
        : [{ label: path.basename(bundled), description: t('bundled'), folder: bundled }]),
      ...packs.map((folder) => {
        return { label: path.basename(folder), description: t('bundled'), folder };
      }),
      ...[...others].map((folder) => ({
        label: path.basename(folder),
        description: folder === now ? t('in use') : t('added'),
        detail: folder,
        folder,
      })),
      add,
    ];
    const chosen = await vscode.window.showQuickPick(items, {
      title: t('Select Model'),
      placeHolder: t('The model to extract with'),
    });
    if (chosen === undefined) return;
    if (chosen.folder === undefined) await this.add();
    else await this.take(chosen.folder);
  }

  /** Asks for a folder, tells what model is in it, and uses it when the user wants to. */
  private async add(): Promise<void> {
    const folder = await this.askFolder();
    if (folder === undefined) return;
    this.failures.forget();
    try {
      const model = await this.check(folder);
      const use = vscode.l10n.t('Use This Model');
      const answer = await vscode.window.showInformationMessage(
        describe(model),
        { modal: true, detail: folder },
        use,
      );
      if (answer !== use) return;
      await this.settings.set('model', settingFor(folder, this.encoder.bundled));
      await this.added.set([...new Set([...(this.added.get() ?? []), folder])]);
    } catch (error) {
      this.failures.show(error);
    }
  }

  /** Loads the model of a folder once. @throws ModelError or HostError that says what is wrong. */
  private async check(folder: string): Promise<LoadedModel> {
    return vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Checking the model in {0}', folder),
      },
      () => this.encoder.check(folder),
    );
  }

  private async askFolder(): Promise<string | undefined> {
    const [uri] =
      (await vscode.window.showOpenDialog({
        canSelectFiles: false,
        canSelectFolders: true,
        openLabel: vscode.l10n.t('Add Model'),
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
      const model = await this.check(folder);
      await this.settings.set('model', settingFor(folder, this.encoder.bundled));
      void vscode.window.showInformationMessage(describe(model));
    } catch (error) {
      this.failures.show(error);
    }
  }
}

/** Where the folders of added models are kept. */
export function addedModels({
  globalState,
}: vscode.ExtensionContext): StoredValue<readonly string[]> {
  return new StoredValue(globalState, 'addedModels', (stored) =>
    Array.isArray(stored) && stored.every((one) => typeof one === 'string') ? stored : undefined,
  );
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
