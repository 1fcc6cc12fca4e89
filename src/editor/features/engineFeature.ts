import * as vscode from 'vscode';
import { readWorker } from '../../engines/settings';
import { Disposable } from '../disposable';
import type { AskedModels } from '../endpoints/askedModels';
import type { Consent } from '../endpoints/consent';
import { settingFor, type EngineChoice } from '../engine/chosenEngine';
import { choiceItems } from '../engine/engineChoices';
import type { EngineInForce } from '../engine/engineInForce';
import { isAbort, type Failures } from '../failures';
import type { Settings } from '../settings';

interface WorkerItem extends vscode.QuickPickItem {
  /** As the setting names it; undefined sets up a new endpoint. */
  readonly by?: string;
}

/** "Select Engine…": what finds and types entities, then which model it asks. */
export class EngineFeature extends Disposable {
  constructor(
    private readonly engine: EngineInForce,
    private readonly models: AskedModels,
    private readonly consent: Consent,
    private readonly settings: Settings,
    private readonly failures: Failures,
  ) {
    super();
    this._register(
      vscode.commands.registerCommand('dynamicner.selectEngine', (endpoint: unknown) =>
        this.select(typeof endpoint === 'string' ? `endpoint:${endpoint}` : undefined),
      ),
    );
  }

  /** @param by Who is asked, where that is known already. */
  private async select(by: string | undefined): Promise<void> {
    const { t } = vscode.l10n;
    const chosen = await vscode.window.showQuickPick(choiceItems(this.engine.inForce), {
      title: t('Select Engine'),
      placeHolder: t('How entities are found and typed'),
      matchOnDetail: true,
    });
    if (chosen?.choice === undefined) return;
    const { choice } = chosen;
    const worker = choice === 'encoder' ? 'encoder' : (by ?? (await this.askWorker()));
    if (worker === undefined) return;
    try {
      await this.take(choice, worker);
    } catch (error) {
      if (!isAbort(error)) this.failures.show(error);
    }
  }

  private async take(choice: EngineChoice, by: string): Promise<void> {
    this.failures.forget();
    const worker = readWorker(by);
    if (worker.kind !== 'encoder') {
      // Who cannot be asked, or must not be, is found out now and not with the first text.
      const { model } = await this.models.questions(worker);
      await this.consent.ask(model);
    }
    await this.settings.set('engine', settingFor(choice, by, this.settings.get('engine')));
  }

  /** Who is asked: an endpoint, a language model of VS Code, or an endpoint that is set up now. */
  private async askWorker(): Promise<string | undefined> {
    const { t } = vscode.l10n;
    const separator = (label: string): WorkerItem => ({
      label,
      kind: vscode.QuickPickItemKind.Separator,
    });
    const endpoints = this.models.profiles.names.map((name): WorkerItem => {
      const { name: model, host } = this.models.describe({ kind: 'endpoint', name });
      return { label: name, description: model, detail: host, by: `endpoint:${name}` };
    });
    const languageModels = (await vscode.lm.selectChatModels()).map(
      ({ id, name, vendor, family }): WorkerItem => ({
        label: name,
        description: family,
        detail: vendor,
        by: `vscode:${id}`,
      }),
    );
    const items: WorkerItem[] = [
      ...(endpoints.length > 0 ? [separator(t('Endpoints')), ...endpoints] : []),
      ...(languageModels.length > 0
        ? [separator(t('Language models of VS Code')), ...languageModels]
        : []),
      separator(''),
      { label: `$(add) ${t('Set Up Endpoint…')}` },
    ];
    const chosen = await vscode.window.showQuickPick(items, {
      title: t('Select Engine'),
      placeHolder: t('The language model to ask'),
      matchOnDescription: true,
      matchOnDetail: true,
    });
    if (chosen === undefined) return undefined;
    if (chosen.by !== undefined) return chosen.by;
    const name = await vscode.commands.executeCommand<string | undefined>(
      'dynamicner.setUpEndpoint',
      { isAsked: true },
    );
    return name === undefined ? undefined : `endpoint:${name}`;
  }
}
