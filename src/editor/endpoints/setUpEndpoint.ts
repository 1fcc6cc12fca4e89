import * as vscode from 'vscode';
import type { EndpointProfileSetting } from '../../engines/endpoint/profile';
import type { EndpointKeys } from './endpointKeys';
import { askAction, askKey, askModel, askName, askUrl, askWhich } from './endpointQuestions';
import { otherPreset, presets, type Preset } from './presets';
import type { Profiles } from './profiles';
import { testConnection } from './testConnection';

/** Sets up, changes, tests and removes endpoints, one question after the other. */
export class EndpointSetUp {
  constructor(
    private readonly profiles: Profiles,
    private readonly keys: EndpointKeys,
  ) {}

  /** Returns the name of the endpoint that was set up or changed; undefined when none was. */
  async run(): Promise<string | undefined> {
    const which = await askWhich(this.profiles.names);
    if (which === undefined) return undefined;
    if ('preset' in which) return this.edit(which.preset);
    const { name } = which;
    switch (await askAction(name, await this.keys.has(name))) {
      case 'edit':
        return this.edit(this.presetOf(name), name);
      case 'test':
        await this.test(name);
        return undefined;
      case 'forgetKey':
        await this.forgetKey(name);
        return undefined;
      case 'remove':
        await this.remove(name);
        return undefined;
      case undefined:
        return undefined;
    }
  }

  async forgetKey(name: string): Promise<void> {
    await this.keys.forget(name);
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The key of “{0}” was forgotten.', name),
    );
  }

  private async edit(preset: Preset, name?: string): Promise<string | undefined> {
    const before = name === undefined ? undefined : this.profiles.find(name);
    const url = await askUrl(before?.url ?? preset.url);
    if (url === undefined) return undefined;
    const kept = name === undefined ? undefined : await this.keys.get(name, url);
    const typed = await askKey(url, preset.key, kept !== undefined);
    if (typed === undefined) return undefined;
    const key = typed.trim() === '' ? kept : typed.trim();
    const draft = { ...preset.profile, url, model: before?.model ?? '' };
    const models = await this.connect(draft, key);
    if (models === undefined) return undefined;
    const model = await askModel(models, before?.model);
    if (model === undefined) return undefined;
    const called = name ?? (await askName(preset.name, this.profiles.names));
    if (called === undefined) return undefined;
    if (key !== undefined && key !== kept) await this.keys.set(called, url, key);
    // What an existing profile says otherwise stays as it is.
    await this.profiles.save(called, name === undefined ? { ...draft, model } : { url, model });
    return called;
  }

  /** The server's models; empty where it does not tell them, undefined when the user gives up. */
  private async connect(
    draft: EndpointProfileSetting,
    key: string | undefined,
  ): Promise<readonly string[] | undefined> {
    const { t } = vscode.l10n;
    for (;;) {
      const result = await testConnection(draft, key);
      if (result === undefined) return undefined;
      if ('models' in result) return result.models;
      if (!result.isFinal) return [];
      const again = t('Try Again');
      const anyway = t('Set Up Anyway');
      const answer = await vscode.window.showWarningMessage(result.problem, again, anyway);
      if (answer === anyway) return [];
      if (answer !== again) return undefined;
    }
  }

  private async test(name: string): Promise<void> {
    const { t } = vscode.l10n;
    const profile = this.profiles.get(name);
    const result = await testConnection(profile, await this.keys.get(name, profile.url));
    if (result === undefined) return;
    if ('problem' in result) {
      void vscode.window.showWarningMessage(result.problem);
      return;
    }
    const { models } = result;
    void vscode.window.showInformationMessage(
      models.length === 0 || models.includes(profile.model)
        ? t('“{0}” answers.', name)
        : t('“{0}” answers, but does not list the model “{1}”.', name, profile.model),
    );
  }

  private async remove(name: string): Promise<void> {
    const { t } = vscode.l10n;
    const remove = t('Remove');
    const answer = await vscode.window.showWarningMessage(
      t('Remove the endpoint “{0}” and its key?', name),
      { modal: true },
      remove,
    );
    if (answer !== remove) return;
    await this.keys.forget(name);
    await this.profiles.remove(name);
  }

  /** The kind of server that an endpoint's address is usual for. */
  private presetOf(name: string): Preset {
    const url = this.profiles.find(name)?.url;
    return presets.find((preset) => preset.url === url) ?? otherPreset;
  }
}
