import * as vscode from 'vscode';
import type { ExportReport } from '../../core/export/exportReport';
import { showReport } from '../programs/showReport';
import { countEntities, countPassages, formatCount, sayCount } from './numbers';

/**
 * Says what was exported and lost, with the file and the report to be opened.
 * @param metrics What else belongs into the report, as lines of text.
 */
export async function tellExport(
  report: ExportReport,
  target: vscode.Uri,
  kind: 'file' | 'folder',
  metrics?: string,
): Promise<void> {
  const { t } = vscode.l10n;
  const name = vscode.workspace.asRelativePath(target);
  const told = [tellWritten(report, name), ...tellDoubts(report)];
  const isFile = kind === 'file';
  const open = isFile ? t('Open Exported File') : t('Show in Explorer');
  const show = t('Show Report');
  const buttons = report.isEmpty && metrics === undefined ? [open] : [open, show];
  const answer = await vscode.window.showInformationMessage(told.join(' '), ...buttons);
  if (answer === open) {
    await vscode.commands.executeCommand(isFile ? 'vscode.open' : 'revealInExplorer', target);
  }
  if (answer === show) {
    const more = metrics === undefined ? '' : `\n\`\`\`text\n${metrics}\n\`\`\`\n`;
    await showReport(report.toMarkdown(name, t) + more);
  }
}

function tellWritten({ entities, passages }: ExportReport, name: string): string {
  const { t } = vscode.l10n;
  const written = t('{0} in {1}', countEntities(entities), countPassages(passages));
  return entities === 1
    ? t('{0} was exported to “{1}”.', written, name)
    : t('{0} were exported to “{1}”.', written, name);
}

/** What the file says in another way than usual, or does not say, a sentence each. */
function tellDoubts({ spanEntries, lossCount, leftOut }: ExportReport): string[] {
  const { t } = vscode.l10n;
  return [
    ...sayCount(
      spanEntries,
      t('1 entry needed the key "span".'),
      t('{0} entries needed the key "span".', formatCount(spanEntries)),
    ),
    ...sayCount(
      lossCount,
      t('The format does not say everything: 1 kind of loss.'),
      t('The format does not say everything: {0} kinds of losses.', lossCount),
    ),
    ...sayCount(
      leftOut,
      t('1 part was left out.'),
      t('{0} parts were left out.', formatCount(leftOut)),
    ),
  ];
}
