import * as vscode from 'vscode';
import type { ExportReport } from '../../core/export/exportReport';
import { showReport } from '../programs/showReport';
import { formatCount } from './percent';

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
  const told = [
    t(
      '{0} entities of {1} passages were exported to “{2}”.',
      formatCount(report.entities),
      formatCount(report.passages),
      name,
    ),
    ...(report.spanEntries === 0
      ? []
      : [t('{0} entries needed the key "span".', formatCount(report.spanEntries))]),
    ...(report.lossCount === 0
      ? []
      : [t('The format does not say everything: {0} kinds of losses.', report.lossCount)]),
    ...(report.leftOut === 0 ? [] : [t('{0} parts were left out.', formatCount(report.leftOut))]),
  ];
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
