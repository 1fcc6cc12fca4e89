import * as l10n from '@vscode/l10n';
import { formatPath } from '../../../src/core/labels/names';
import type {
  DatasetFilter,
  DatasetState,
  DatasetStats,
} from '../../../src/core/messages/datasetPanel';
import { afterPause, button, make } from '../dom';
import { Choices } from './choices';
import { typeTree } from './typeTree';

const everything: DatasetFilter = {
  text: '',
  type: null,
  state: null,
  score: null,
  annotator: null,
  mark: null,
  sort: 'file',
};

/** Whether it leaves anything out or changes the order. */
export function isFilter(filter: DatasetFilter): boolean {
  return JSON.stringify(filter) !== JSON.stringify(everything);
}

/** What passages are shown, and in which order. */
export class ReviewBar {
  readonly element = make('div', { class: 'bar review', role: 'group', hidden: true });
  private readonly text = make('input', { type: 'text', dir: 'auto' });
  private readonly type: Choices<string>;
  private readonly state: Choices<'' | NonNullable<DatasetFilter['state']>>;
  private readonly least = number(l10n.t('Least score in percent'), '0');
  private readonly most = number(l10n.t('Greatest score in percent'), '100');
  private readonly annotator: Choices<string>;
  private readonly mark: Choices<'' | NonNullable<DatasetFilter['mark']>>;
  private readonly sort: Choices<DatasetFilter['sort']>;
  private readonly shown = make('span', { class: 'result', role: 'status' });

  /** @param onFilter Told the filter a moment after it was changed. */
  constructor(private readonly onFilter: (filter: DatasetFilter) => void) {
    const { t } = l10n;
    const change = afterPause(() => onFilter(this.filter), 200);
    this.element.setAttribute('aria-label', t('Filter'));
    this.text.placeholder = t('Text');
    this.text.setAttribute('aria-label', t('Text'));
    this.text.addEventListener('input', change);
    this.least.addEventListener('input', change);
    this.most.addEventListener('input', change);
    this.type = new Choices(t('Type'), [['', t('any')]], change);
    this.state = new Choices(
      t('State'),
      [
        ['', t('any')],
        ['suggested', t('suggested')],
        ['accepted', t('accepted')],
        ['rejected', t('rejected')],
        ['none', t('without spans')],
      ],
      change,
    );
    this.annotator = new Choices(t('Annotator'), [['', t('any')]], change);
    this.mark = new Choices(
      t('Marked'),
      [
        ['', t('any')],
        ['flagged', t('flagged')],
        ['commented', t('commented')],
        ['skipped', t('skipped')],
        ['problem', t('doubtful')],
      ],
      change,
    );
    this.sort = new Choices(
      t('Order'),
      [
        ['file', t('as in the file')],
        ['uncertainty', t('least certain first')],
      ],
      change,
    );
    const score = make('span', { class: 'choice' }, t('Score'), this.least, '–', this.most, '%');
    const clear = button(t('Clear Filter'), () => {
      this.filter = everything;
      onFilter(everything);
    });
    const { type, state, annotator, mark, sort } = this;
    this.element.append(this.text, type.element, state.element, score);
    this.element.append(annotator.element, mark.element, sort.element, clear, this.shown);
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      this.element.hidden = true;
      event.stopPropagation();
    });
  }

  get filter(): DatasetFilter {
    const least = this.least.valueAsNumber / 100;
    const most = this.most.valueAsNumber / 100;
    const isScored = least > 0 || most < 1;
    return {
      text: this.text.value,
      type: this.type.value === '' ? null : (JSON.parse(this.type.value) as string[]),
      state: this.state.value === '' ? null : this.state.value,
      score: isScored ? { from: least || 0, to: Number.isNaN(most) ? 1 : most } : null,
      annotator: this.annotator.value === '' ? null : this.annotator.value,
      mark: this.mark.value === '' ? null : this.mark.value,
      sort: this.sort.value,
    };
  }

  set filter(filter: DatasetFilter) {
    this.text.value = filter.text;
    this.type.value = filter.type === null ? '' : JSON.stringify(filter.type);
    this.state.value = filter.state ?? '';
    this.least.valueAsNumber = (filter.score?.from ?? 0) * 100;
    this.most.valueAsNumber = (filter.score?.to ?? 1) * 100;
    this.annotator.value = filter.annotator ?? '';
    this.mark.value = filter.mark ?? '';
    this.sort.value = filter.sort;
  }

  /** Shows the spans of one type, or of all, whatever else the filter asks for. */
  chooseType(type: string[] | null): void {
    this.filter = { ...this.filter, type };
    this.onFilter({ ...this.filter, type });
  }

  toggle(): void {
    this.element.hidden = !this.element.hidden;
    if (!this.element.hidden) this.text.focus();
  }

  show({ count, total }: DatasetState): void {
    this.shown.textContent =
      total === 1 ? l10n.t('{0} of 1 passage', count) : l10n.t('{0} of {1} passages', count, total);
  }

  /** Offers the types and annotators that there are, with the number of spans. */
  offer({ types, annotators }: DatasetStats): void {
    const any = ['', l10n.t('any')] as const;
    this.type.set([
      any,
      ...typeTree(types).map(
        ({ path, count }) => [JSON.stringify(path), `${formatPath(path)} (${count})`] as const,
      ),
    ]);
    this.annotator.set([any, ...annotators.map((name) => [name, name] as const)]);
  }
}

function number(name: string, value: string): HTMLInputElement {
  return make('input', {
    type: 'number',
    min: 0,
    max: 100,
    step: 5,
    value,
    'aria-label': name,
  });
}
