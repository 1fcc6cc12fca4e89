import * as vscode from 'vscode';

/** A probability as the editor's language writes whole percents. */
export function percent(score: number): string {
  return new Intl.NumberFormat(vscode.env.language, {
    style: 'percent',
    maximumFractionDigits: 0,
  }).format(score);
}

/** A count as the editor's language groups its digits. */
export function formatCount(count: number): string {
  return new Intl.NumberFormat(vscode.env.language).format(count);
}

/** "1 entity", "1,204 entities". */
export function countEntities(count: number): string {
  const { t } = vscode.l10n;
  return count === 1 ? t('1 entity') : t('{0} entities', formatCount(count));
}

/** "1 passage", "1,204 passages". */
export function countPassages(count: number): string {
  const { t } = vscode.l10n;
  return count === 1 ? t('1 passage') : t('{0} passages', formatCount(count));
}

/** What is said of a count: nothing of none, `one` of one, `more` of others. */
export function sayCount(count: number, one: string, more: string): string[] {
  if (count === 0) return [];
  return [count === 1 ? one : more];
}
