import * as vscode from 'vscode';
import type { DatasetEdit } from '../../core/dataset/edits';

/** What menus call a step that can be undone. */
export function editLabel(edit: DatasetEdit): string {
  switch (edit.kind) {
    case 'addEntity':
      return vscode.l10n.t('Add Entity');
    case 'changeEntities':
      return edit.change.state === 'accepted'
        ? vscode.l10n.t('Accept')
        : edit.change.state === 'rejected'
          ? vscode.l10n.t('Reject')
          : vscode.l10n.t('Change Entity');
    case 'removeEntities':
      return vscode.l10n.t('Remove Entity');
    case 'changeText':
      return vscode.l10n.t('Correct Text');
    case 'insert':
      return vscode.l10n.t('Add Passage');
    case 'remove':
      return vscode.l10n.t('Delete Passages');
    case 'split':
      return vscode.l10n.t('Split Passage');
    case 'merge':
      return vscode.l10n.t('Merge Passages');
    case 'review':
      return vscode.l10n.t('Review Passage');
    case 'replace':
      return vscode.l10n.t('Change Passage');
    case 'suggest':
      return vscode.l10n.t('Suggest Entities');
    case 'bulk':
      return vscode.l10n.t('Change Passages');
  }
}
