import * as l10n from '@vscode/l10n';
import { make } from '../dom';
import type { PassageView } from './passageView';
import { changeOf, type TextChange } from './textChange';

/**
 * Lets the user correct the text in its place; null when it was left as it is. Escape leaves it,
 * Ctrl+Enter or going elsewhere keeps the change.
 */
export function editText(
  view: PassageView,
  before: string,
  onLayout: () => void,
): Promise<TextChange | null> {
  return new Promise((resolve) => {
    const area = make('textarea', {
      class: 'text-area',
      dir: 'auto',
      'aria-label': l10n.t('Text of the passage'),
    });
    area.value = before;
    area.style.height = `${view.text.offsetHeight + 24}px`;
    view.body.hidden = true;
    view.body.after(area);
    let isOver = false;
    const end = (isKept: boolean): void => {
      if (isOver) return;
      isOver = true;
      view.onLeave = undefined;
      const { value } = area;
      view.body.hidden = false;
      area.remove();
      onLayout();
      resolve(isKept ? changeOf(before, value) : null);
    };
    area.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') end(false);
      else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) end(true);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    area.addEventListener('blur', () => end(true));
    view.onLeave = () => end(true);
    area.focus();
    onLayout();
  });
}
