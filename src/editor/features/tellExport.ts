import * as vscode from 'vscode';
import type { ExportReport } from '../../core/export/exportReport';
import { formatCount } from './percent';

/** Says what was exported and lost, with the file and the report to be opened. */
export async function tellExport(
  report: ExportReport,
  target: vscode.Uri,
  kind: 'file' | 'folder',
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
  const buttons = report.isEmpty ? [open] : [open, show];
  const answer = await vscode.window.showInformationMessage(told.join(' '), ...buttons);
  if (answer === open) {
    await vscode.commands.executeCommand(isFile ? 'vscode.open' : 'revealInExplorer', target);
  }
  if (answer === show) await showReport(report.toMarkdown(name, t));
}

/** Shows a report in Markdown as an untitled document. */
export async function showReport(content: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document, { preview: false });
}
