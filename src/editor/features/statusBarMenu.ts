import * as vscode from 'vscode';
import type { EditorParts } from '../contract';
import { describeList } from '../labels/knownLists';
import { levelTitle } from './levelTitle';
import { percent } from './numbers';

interface MenuItem extends vscode.QuickPickItem {
  readonly command?: string;
}

/** What the menu of the status bar item offers now. */
export function statusMenuItems(parts: EditorParts): MenuItem[] {
  const { t } = vscode.l10n;
  const { active } = parts.sessions;
  const { depth } = parts.labels.taxonomy;
  const { threshold } = parts.view;
  const separator = (label: string): MenuItem => ({
    label,
    kind: vscode.QuickPickItemKind.Separator,
  });
  const hasEntities = (active?.entityCount ?? 0) > 0;
  return [
    active?.busy === true
      ? { label: `$(debug-stop) ${t('Stop Extraction')}`, command: 'dynamicner.stop' }
      : { label: `$(sparkle) ${t('Extract Entities')}`, command: 'dynamicner.extract' },
    ...(hasEntities
      ? [{ label: `$(clear-all) ${t('Clear Entities')}`, command: 'dynamicner.clear' }]
      : []),
    ...((active?.rejectedCount ?? 0) > 0
      ? [{ label: `$(history) ${t('Restore Rejected')}`, command: 'dynamicner.restoreRejected' }]
      : []),
    separator(t('Types')),
    {
      label: `$(symbol-class) ${t('Select Label List…')}`,
      description: describeList(parts.labels.list),
      command: 'dynamicner.selectLabels',
    },
    { label: `$(type-hierarchy) ${t('Show Label List')}`, command: 'dynamicner.showLabels' },
    separator(t('Display')),
    ...(depth > 1
      ? [
          {
            label: `$(layers) ${t('Change Level…')}`,
            description: levelTitle(parts.view.level, depth),
            command: 'dynamicner.changeLevel',
          },
        ]
      : []),
    {
      label: `$(filter) ${t('Change Threshold…')}`,
      description: threshold > 0 ? percent(threshold) : t('the model’s own'),
      command: 'dynamicner.changeThreshold',
    },
    { label: `$(symbol-text) ${t('Toggle Type Names')}`, command: 'dynamicner.toggleTypeNames' },
    { label: `$(list-tree) ${t('Show Entities')}`, command: 'dynamicner.entities.focus' },
    separator(t('Engine')),
    {
      label: `$(server-process) ${t('Select Engine…')}`,
      description: parts.status.current.engine,
      command: 'dynamicner.selectEngine',
    },
    {
      label: `$(chip) ${t('Select Model…')}`,
      description: parts.status.current.model,
      command: 'dynamicner.selectModel',
    },
    { label: `$(output) ${t('Show Log')}`, command: 'dynamicner.showLog' },
  ];
}

/** Opens the menu and runs what was chosen. */
export async function showStatusMenu(parts: EditorParts): Promise<void> {
  const chosen = await vscode.window.showQuickPick(statusMenuItems(parts), {
    title: 'DynamicNER',
    placeHolder: vscode.l10n.t('What do you want to change?'),
  });
  if (chosen?.command !== undefined) await vscode.commands.executeCommand(chosen.command);
}
