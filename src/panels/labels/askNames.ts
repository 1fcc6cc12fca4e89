import * as vscode from 'vscode';
import type { TypePath } from '../../core/entity/entity';

/** What a type is divided into. */
export interface SplitAnswer {
  readonly names: string[];
  readonly into: 'children' | 'siblings';
}

/** Asks what a type is to be divided into; null when the user changed their mind. */
export async function askNames(path: TypePath): Promise<SplitAnswer | null> {
  const { t } = vscode.l10n;
  const title = t('Split “{0}”', path.at(-1) ?? '');
  const answer = await vscode.window.showInputBox({
    title,
    prompt: t('Names of the types that it is divided into, separated by commas'),
    validateInput: (text) =>
      namesOf(text).length < 2 ? t('Give two or more names, separated by commas.') : undefined,
  });
  if (answer === undefined) return null;
  const choices = [
    {
      label: t('Types below it'),
      description: t('it stays, and annotations of it stay valid'),
      into: 'children' as const,
    },
    {
      label: t('Types in its place'),
      description: t('its annotations become the first one’s'),
      into: 'siblings' as const,
    },
  ];
  const chosen = await vscode.window.showQuickPick(choices, { title });
  return chosen === undefined ? null : { names: namesOf(answer), into: chosen.into };
}

function namesOf(text: string): string[] {
  return text
    .split(/[,，、]/u)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
