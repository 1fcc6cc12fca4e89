import * as l10n from '@vscode/l10n';
import type { DiffRow, DiffTake, ShownSpan } from '../../../src/core/messages/datasetPanel';
import { button, make } from '../dom';
import { colourName } from '../passage/colours';
import { labelText } from '../passage/spanText';

/** Text shown on each side of a span. */
const around = 80;

/** One difference: the span of each side in its surroundings, and what can be taken. */
export function diffRowElement(
  row: DiffRow,
  level: number,
  take: (side: DiffTake['take']) => void,
): HTMLElement {
  const { t } = l10n;
  const act = (text: string, side: DiffTake['take']): HTMLElement =>
    button(text, () => take(side), {
      'aria-pressed': String(row.taken === side),
      'aria-label': t('{0} in passage {1}', text, row.number + 1),
    });
  return make(
    'div',
    { class: `diff-row${row.taken === null ? '' : ' taken'}`, role: 'listitem' },
    make('span', { class: 'number' }, String(row.number + 1)),
    side(row.left, row, level),
    make(
      'div',
      { class: 'takes', role: 'group', 'aria-label': t('Take') },
      act(t('Left'), 'left'),
      act(t('Both'), 'both'),
      act(t('Right'), 'right'),
    ),
    side(row.right, row, level),
  );
}

function side(span: ShownSpan | null, { text }: DiffRow, level: number): HTMLElement {
  if (span === null) return make('div', { class: 'side none' }, l10n.t('no span'));
  const from = Math.max(0, span.start - around);
  const to = Math.min(text.length, span.end + around);
  const mention = make(
    'mark',
    { class: `${span.border} ${span.state}` },
    text.slice(span.start, span.end),
  );
  mention.style.setProperty('--colour', colourName(span.colour, ''));
  mention.style.setProperty('--fill', colourName(span.colour, 'Background'));
  const who = span.annotator === null ? '' : ` · ${span.annotator}`;
  return make(
    'div',
    { class: 'side' },
    make(
      'p',
      { dir: 'auto' },
      `${from > 0 ? '…' : ''}${text.slice(from, span.start)}`,
      mention,
      `${text.slice(span.end, to)}${to < text.length ? '…' : ''}`,
    ),
    make('span', { class: 'facts' }, labelText(span, level) + who),
  );
}
