import * as l10n from '@vscode/l10n';
import type {
  DatasetDiff,
  DiffQuestion,
  DiffRow,
  DiffTake,
} from '../../../src/core/messages/datasetPanel';
import { button, make } from '../dom';
import { Choices } from '../bars/choices';
import type { Page } from '../page';
import { describeSpan } from '../passage/spanText';
import { diffRowElement } from './diffRow';
import { Dialog } from './dialog';

/** Differences drawn at a time. */
const pageLength = 50;

/** Asks what to compare the data set with, and shows the differences. */
export async function askCompare(page: Page): Promise<void> {
  const { t } = l10n;
  const { annotators } = await page.host.request('stats', undefined);
  const names = annotators.map((name) => [name, name] as const);
  const left = new Choices(t('Left'), names, () => undefined);
  const right = new Choices(t('Right'), names, () => undefined);
  const [, second] = annotators;
  if (second !== undefined) right.value = second;
  const start = (question: DiffQuestion): void => {
    dialog.close();
    void compare(page, question).catch((error: unknown) => page.messages.fail(error));
  };
  const between = make(
    'fieldset',
    {},
    make('legend', {}, t('Two annotators')),
    left.element,
    right.element,
    button(t('Compare Annotators'), () =>
      start({ kind: 'annotators', left: left.value, right: right.value }),
    ),
  );
  between.hidden = annotators.length < 2;
  const versions = make(
    'fieldset',
    {},
    make('legend', {}, t('Two versions')),
    button(t('With Another File…'), () => start({ kind: 'file' })),
    button(t('With the Saved File'), () => start({ kind: 'saved' })),
  );
  const dialog = new Dialog(
    t('Compare'),
    'bulk',
    make('div', { class: 'form' }, versions, between),
  );
}

/** Shows the differences side by side; each can be taken from the left, the right or both. */
async function compare(page: Page, question: DiffQuestion): Promise<void> {
  const diff = await page.host.request('compare', question);
  if (diff === null) return;
  if (diff.count === 0) {
    page.messages.say(saySame(diff));
    return;
  }
  new DiffView(page, diff).open();
}

function saySame({ onlyLeft, onlyRight }: DatasetDiff): string {
  return onlyLeft + onlyRight === 0
    ? l10n.t('There are no differences.')
    : l10n.t(
        'There are no differences in the passages that both have; {0} are only on the left, {1} only on the right.',
        onlyLeft,
        onlyRight,
      );
}

class DiffView {
  private readonly rows = make('div', { class: 'diff-rows', role: 'list' });
  private readonly where = make('span', { class: 'result', role: 'status' });
  private shown: readonly DiffRow[] = [];
  private from = 0;

  constructor(
    private readonly page: Page,
    private readonly diff: DatasetDiff,
  ) {}

  open(): void {
    const { t } = l10n;
    const { left, right } = this.diff;
    const take = (text: string, side: DiffTake['take']): HTMLElement =>
      button(
        text,
        () =>
          void this.take(
            this.shown.map(({ id }) => id),
            side,
          ),
      );
    const head = make(
      'div',
      { class: 'bar' },
      button(t('Previous'), () => void this.load(this.from - pageLength)),
      button(t('Next'), () => void this.load(this.from + pageLength)),
      this.where,
      take(t('Take All Left'), 'left'),
      take(t('Take All Right'), 'right'),
      take(t('Take All Both'), 'both'),
    );
    const sides = make('div', { class: 'diff-sides' }, make('b', {}, left), make('b', {}, right));
    const scroll = make('div', { class: 'scroll', tabindex: 0 }, sides, this.rows);
    scroll.setAttribute('role', 'region');
    scroll.setAttribute('aria-label', t('Differences'));
    const dialog = new Dialog(t('Compare'), 'diff', head, scroll);
    dialog.onClose(() => this.page.list.revealCurrent());
    void this.load(0);
  }

  private async load(wanted: number): Promise<void> {
    const from = Math.max(0, Math.min(wanted, this.diff.count - 1));
    try {
      this.shown = await this.page.host.request('diffRows', { from, to: from + pageLength });
    } catch (error) {
      this.page.messages.fail(error);
      return;
    }
    this.from = from;
    const last = from + this.shown.length;
    this.where.textContent = l10n.t('{0} to {1} of {2}', from + 1, last, this.diff.count);
    this.rows.replaceChildren(
      ...this.shown.map((row) =>
        diffRowElement(row, this.page.state.level, (side) => void this.take([row.id], side)),
      ),
    );
  }

  private async take(ids: readonly number[], side: DiffTake['take']): Promise<void> {
    try {
      await this.page.host.request('takeDiff', { ids: [...ids], take: side });
      await this.load(this.from);
      const [row] = this.shown.filter(({ id }) => id === ids[0]);
      const span = row?.left ?? row?.right ?? null;
      if (row !== undefined && span !== null) {
        this.page.messages.announce(l10n.t('Taken: {0}', describeSpan(span, row.text)));
      }
    } catch (error) {
      this.page.messages.fail(error);
    }
  }
}
