import * as vscode from 'vscode';

/** What a level is called: coarse, medium and fine where there are three, else its number. */
export function levelTitle(level: number, depth: number): string {
  const { t } = vscode.l10n;
  if (depth === 3) return [t('coarse'), t('medium'), t('fine')][level] ?? '';
  if (depth === 2) return [t('coarse'), t('fine')][level] ?? '';
  return t('level {0}', level + 1);
}
