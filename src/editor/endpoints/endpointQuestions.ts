import * as vscode from 'vscode';
import { otherPreset, presets, readBaseUrl, sendsKeyInTheOpen, type Preset } from './presets';

/** The questions of “Set Up Endpoint…”; each returns undefined when the user leaves it. */

interface PresetItem extends vscode.QuickPickItem {
  readonly preset?: Preset;
  readonly name?: string;
}

/** What to do: a new endpoint of a kind, or one that there is. */
export async function askWhich(
  names: readonly string[],
): Promise<{ readonly preset: Preset } | { readonly name: string } | undefined> {
  const { t } = vscode.l10n;
  const separator = (label: string): PresetItem => ({
    label,
    kind: vscode.QuickPickItemKind.Separator,
  });
  const items: PresetItem[] = [
    ...(names.length > 0 ? [separator(t('Your endpoints'))] : []),
    ...names.map((name) => ({ label: `$(plug) ${name}`, name })),
    separator(t('New endpoint')),
    ...presets.map((preset) => ({
      label: `$(add) ${preset.server}`,
      description: preset.url,
      preset,
    })),
    {
      label: `$(add) ${t('Other…')}`,
      detail: t('Any server that speaks OpenAI’s chat completions'),
      preset: otherPreset,
    },
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: t('Set Up Endpoint'),
    placeHolder: t('The server to ask, or an endpoint to change'),
  });
  if (chosen?.preset !== undefined) return { preset: chosen.preset };
  return chosen?.name === undefined ? undefined : { name: chosen.name };
}

export async function askAction(name: string, hasKey: boolean) {
  const { t } = vscode.l10n;
  const items = [
    { label: `$(edit) ${t('Edit…')}`, action: 'edit' as const },
    { label: `$(debug-disconnect) ${t('Test Connection')}`, action: 'test' as const },
    ...(hasKey ? [{ label: `$(key) ${t('Forget Key')}`, action: 'forgetKey' as const }] : []),
    { label: `$(trash) ${t('Remove')}`, action: 'remove' as const },
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: name,
    placeHolder: t('What do you want to do with this endpoint?'),
  });
  return chosen?.action;
}

export async function askUrl(value: string): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const text = await vscode.window.showInputBox({
    title: t('Set Up Endpoint'),
    prompt: t('Address of the server, up to and with its version'),
    value,
    ignoreFocusOut: true,
    validateInput: (typed) =>
      readBaseUrl(typed) === undefined
        ? t('Write an address such as http://127.0.0.1:8000/v1, without a name or password in it.')
        : undefined,
  });
  return text === undefined ? undefined : readBaseUrl(text);
}

/** The key; an empty text for none, or for the one that is kept already. */
export async function askKey(
  url: string,
  need: Preset['key'],
  hasKey: boolean,
): Promise<string | undefined> {
  if (need === 'none') return '';
  const { t } = vscode.l10n;
  const prompt = hasKey
    ? t('Key of the endpoint; leave it empty to keep the one there is')
    : t('Key of the endpoint; leave it empty if the server needs none');
  return vscode.window.showInputBox({
    title: t('Set Up Endpoint'),
    prompt: sendsKeyInTheOpen(url)
      ? t('{0}. The address is not encrypted: others on the network can read the key.', prompt)
      : t('{0}. It is kept in VS Code’s secret storage and sent to this address only.', prompt),
    password: true,
    ignoreFocusOut: true,
    validateInput: (typed) =>
      need === 'needed' && !hasKey && typed.trim() === ''
        ? t('This server answers only with a key.')
        : undefined,
  });
}

/** One of the server's models, or a name where the server does not list them. */
export async function askModel(
  models: readonly string[],
  now: string | undefined,
  title = vscode.l10n.t('Set Up Endpoint'),
): Promise<string | undefined> {
  const { t } = vscode.l10n;
  if (models.length > 0) {
    const other = `$(edit) ${t('Other…')}`;
    const items = models.map((label) => ({
      label,
      ...(label === now ? { description: t('in use') } : {}),
    }));
    const chosen = await vscode.window.showQuickPick([...items, { label: other }], {
      title,
      placeHolder: t('The server has {0} models. Which one is asked?', models.length),
    });
    if (chosen === undefined) return undefined;
    if (chosen.label !== other) return chosen.label;
  }
  const name = await vscode.window.showInputBox({
    title,
    prompt: t('Name of the model as the server knows it'),
    value: now ?? '',
    ignoreFocusOut: true,
    validateInput: (typed) => (typed.trim() === '' ? t('Write a name.') : undefined),
  });
  return name?.trim();
}

export async function askName(
  proposed: string,
  taken: readonly string[],
): Promise<string | undefined> {
  const { t } = vscode.l10n;
  let value = proposed;
  for (let number = 2; taken.includes(value); number++) value = `${proposed}-${number}`;
  const name = await vscode.window.showInputBox({
    title: t('Set Up Endpoint'),
    prompt: t('Name of the endpoint in the settings'),
    value,
    ignoreFocusOut: true,
    validateInput: (typed) => {
      if (typed.trim() === '') return t('Write a name.');
      return taken.includes(typed.trim()) ? t('There is an endpoint of this name.') : undefined;
    },
  });
  return name?.trim();
}
