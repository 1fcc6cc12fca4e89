import * as l10n from '@vscode/l10n';
import type { DatasetState } from '../../../src/core/messages/datasetPanel';
import { button, make } from '../dom';
import { Dialog } from './dialog';

/**
 * Lists all commands of the page with their keys.
 * @param openKeys Opens the keyboard shortcuts, where they can be changed.
 */
export function showHelp(commands: DatasetState['commands'], openKeys: () => void): void {
  const rows = commands.map(({ title, keys }) =>
    make(
      'tr',
      {},
      make('th', { scope: 'row' }, title),
      make('td', {}, ...keys.flatMap((key) => [make('kbd', {}, key), ' '])),
    ),
  );
  const table = make('table', {}, make('tbody', {}, ...rows));
  const scroll = make('div', { class: 'scroll', tabindex: 0 }, table);
  scroll.setAttribute('aria-label', l10n.t('Keys'));
  scroll.setAttribute('role', 'region');
  const change = button(l10n.t('Change Keys…'), () => {
    dialog.close();
    openKeys();
  });
  const foot = make('div', { class: 'buttons' }, change);
  const dialog = new Dialog(l10n.t('Keys'), 'help', scroll, foot);
}
