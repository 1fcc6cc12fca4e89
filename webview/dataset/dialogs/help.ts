import * as l10n from '@vscode/l10n';
import type { DatasetState } from '../../../src/core/messages/datasetPanel';
import { make } from '../dom';
import { Dialog } from './dialog';

/** Lists all commands of the page with their keys. */
export function showHelp(commands: DatasetState['commands']): void {
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
  const note = make('p', {}, l10n.t('All of them can be changed in the keyboard shortcuts.'));
  new Dialog(l10n.t('Keys'), 'help', scroll, note);
}
