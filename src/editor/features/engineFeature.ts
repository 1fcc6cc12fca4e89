import * as vscode from 'vscode';
import { readWorker, type EngineSetting, type WorkerSetting } from '../../engines/settings';
import { Disposable } from '../disposable';
import type { AskedModels } from '../endpoints/askedModels';
import type { Consent } from '../endpoints/consent';
import { askWorker, askWorkerWithModel } from '../engine/askWorker';
import { settingFor, settingForParts } from '../engine/chosenEngine';
import { choiceItems } from '../engine/engineChoices';
import type { EngineInForce } from '../engine/engineInForce';
import { isAbort, type Failures } from '../failures';
import type { Settings } from '../settings';

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
    const title = t('Select Engine');
    const chosen = await vscode.window.showQuickPick(choiceItems(this.engine.inForce), {
      title,
      placeHolder: t('How entities are found and typed'),
      matchOnDetail: true,
    });
    const choice = chosen?.choice;
    if (choice === undefined) return;
    this.failures.forget();
    try {
      if (choice === 'parts') {
        await this.selectParts();
        return;
      }
      const asked =
        choice === 'encoder'
          ? choice
          : (by ??
            (await askWorker(this.models, { title, placeHolder: t('The language model to ask') })));
      if (asked === undefined) return;
      await this.take([{ by: asked }], (before) => settingFor(choice, { by: asked }, before));
    } catch (error) {
      if (!isAbort(error)) this.failures.show(error);
    }
  }

  /** One who finds and one who types, each with a model of its own. */
  private async selectParts(): Promise<void> {
    const { t } = vscode.l10n;
    const extractor = await askWorkerWithModel(this.models, {
      title: t('Extractor'),
      placeHolder: t('Who finds the entities'),
      offersEncoder: true,
    });
    if (extractor === undefined) return;
    const classifier = await askWorkerWithModel(this.models, {
      title: t('Classifier'),
      placeHolder: t('Who types what was found'),
      offersEncoder: true,
    });
    if (classifier === undefined) return;
    await this.take([extractor, classifier], (before) =>
      settingForParts(extractor, classifier, before),
    );
  }

  private async take(
    parts: readonly WorkerSetting[],
    settingAfter: (before: EngineSetting) => EngineSetting | undefined,
  ): Promise<void> {
    for (const worker of parts.map(readWorker)) {
      if (worker.kind === 'encoder') continue;
      // Who cannot be asked, or must not be, is found out now and not with the first text.
      const { model } = await this.models.questions(worker);
      await this.consent.ask(model);
    }
    await this.settings.set('engine', settingAfter(this.settings.get('engine')));
  }
}
