import * as vscode from 'vscode';
import type { WorkerSetting } from '../../engines/settings';
import type { AskedModels } from '../endpoints/askedModels';
import { askModel } from '../endpoints/endpointQuestions';

interface WorkerItem extends vscode.QuickPickItem {
  /** As the setting names it; undefined sets up a new endpoint. */
  readonly by?: string;
}

export interface WorkerQuestion {
  readonly title: string;
  readonly placeHolder: string;
  /** Whether the encoder can do this work too. */
  readonly offersEncoder?: boolean;
}

/**
 * Asks who does a piece of work: the encoder, an endpoint, a language model of VS Code, or an endpoint
 * that is set up now. Undefined when the user leaves the question.
 */
export async function askWorker(
  models: AskedModels,
  { title, placeHolder, offersEncoder = false }: WorkerQuestion,
): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const separator = (label: string): WorkerItem => ({
    label,
    kind: vscode.QuickPickItemKind.Separator,
  });
  const endpoints = models.profiles.names.map((name): WorkerItem => {
    const { name: model, host } = models.describe({ kind: 'endpoint', name });
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
    ...(offersEncoder
      ? [
          {
            label: t('Encoder'),
            detail: t('Offline and fast; text stays on this machine.'),
            by: 'encoder',
          },
        ]
      : []),
    ...(endpoints.length > 0 ? [separator(t('Endpoints')), ...endpoints] : []),
    ...(languageModels.length > 0
      ? [separator(t('Language models of VS Code')), ...languageModels]
      : []),
    separator(''),
    { label: `$(add) ${t('Set Up Endpoint…')}` },
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder,
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

/**
 * As `askWorker`, then which of an endpoint's models is asked: those that its server lists.
 * @returns Undefined when the user leaves a question, or the server does not answer, which is said.
 */
export async function askWorkerWithModel(
  models: AskedModels,
  question: WorkerQuestion,
): Promise<WorkerSetting | undefined> {
  const by = await askWorker(models, question);
  if (by?.startsWith('endpoint:') !== true) return by === undefined ? undefined : { by };
  const name = by.slice('endpoint:'.length);
  const own = models.profiles.get(name).model;
  const tested = await models.test(name);
  if (tested === undefined) return undefined;
  if ('problem' in tested && tested.isFinal) {
    void vscode.window.showWarningMessage(tested.problem);
    return undefined;
  }
  const listed = 'models' in tested ? tested.models : [];
  if (listed.every((model) => model === own)) return { by };
  const model = await askModel(listed, own, question.title);
  if (model === undefined) return undefined;
  return model === own ? { by } : { by, model };
}
