import * as l10n from '@vscode/l10n';
import { formatPath } from '../../../src/core/labels/names';
import type { DatasetState, DatasetStats, TypeRow } from '../../../src/core/messages/datasetPanel';
import { make } from '../dom';
import { colourName } from '../passage/colours';
import { percent } from '../passage/spanText';
import { typeTree } from './typeTree';

/** Types shown; all of more are in the filter. */
const shownAtMost = 400;

/**
 * The types that there are, with how many spans each has and how many of them were accepted, and how far
 * the whole is. A type that is chosen is what the filter shows.
 */
export class TypeList {
  readonly element = make('aside', { class: 'types' });
  private readonly bar = make('progress');
  private readonly progress = make('p', { class: 'result' });
  private readonly list = make('div', { class: 'type-rows', role: 'listbox', tabindex: 0 });
  private types: DatasetStats['types'] = [];
  private rows: readonly HTMLElement[] = [];
  private colours = new Map<string, TypeRow['colour']>();
  private active = 0;
  private chosen: string | null = null;

  /**
   * @param choose Told the type that the filter is to show; null for all.
   * @param leave Told when the list is left for the passages.
   */
  constructor(
    private readonly choose: (path: string[] | null) => void,
    leave: () => void,
  ) {
    const { t } = l10n;
    this.element.setAttribute('aria-label', t('Types of the data set'));
    this.list.setAttribute('aria-label', t('Types with their spans; a chosen one filters'));
    this.bar.setAttribute('aria-label', t('Spans accepted'));
    this.element.append(make('h2', {}, t('Types')), this.bar, this.progress, this.list);
    this.list.addEventListener('click', ({ target }) => {
      const at = this.rows.findIndex((row) => row.contains(target as Node));
      if (at >= 0) this.take(at);
    });
    this.list.addEventListener('keydown', (event) => {
      const last = this.rows.length - 1;
      const moves: Readonly<Record<string, number>> = {
        ArrowDown: this.active + 1,
        ArrowUp: this.active - 1,
        Home: 0,
        End: last,
      };
      const to = moves[event.key];
      if (to !== undefined) this.activate(Math.max(0, Math.min(to, last)));
      else if (event.key === 'Enter' || event.key === ' ') this.take(this.active);
      else if (event.key === 'Escape') leave();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  /** Shows the list and goes into it; hides it where the focus is in it already. */
  toggle(): void {
    const isIn = this.element.contains(document.activeElement);
    this.element.hidden = isIn;
    if (!isIn) this.list.focus();
  }

  show({ types }: DatasetState): void {
    this.colours = new Map(types.map(({ path, colour }) => [path.join('\n'), colour]));
    this.draw();
  }

  showStats({ accepted, suggested, types }: DatasetStats): void {
    const all = accepted + suggested;
    this.bar.max = Math.max(all, 1);
    this.bar.value = accepted;
    const share = percent(all === 0 ? 0 : accepted / all);
    this.progress.textContent = l10n.t('{0} of {1} accepted, {2}', accepted, all, share);
    this.types = typeTree(types).slice(0, shownAtMost);
    this.draw();
  }

  /** Marks the type that the filter shows. */
  mark(path: readonly string[] | null): void {
    this.chosen = path === null ? null : path.join('\n');
    this.draw();
  }

  private take(at: number): void {
    const type = this.types[at];
    if (type === undefined) return;
    this.active = at;
    this.choose(type.path.join('\n') === this.chosen ? null : type.path);
  }

  private draw(): void {
    this.rows = this.types.map((type, at) => this.row(type, at));
    this.list.replaceChildren(...this.rows);
    this.activate(Math.min(this.active, this.rows.length - 1), false);
  }

  private activate(at: number, scrolls = true): void {
    this.active = Math.max(0, at);
    this.rows.forEach((row, index) => row.classList.toggle('active', index === this.active));
    const row = this.rows[this.active];
    if (row === undefined) this.list.removeAttribute('aria-activedescendant');
    else this.list.setAttribute('aria-activedescendant', row.id);
    if (scrolls) row?.scrollIntoView({ block: 'nearest' });
  }

  private row({ path, count, accepted }: DatasetStats['types'][number], at: number): HTMLElement {
    const key = path.join('\n');
    const name = formatPath(path);
    const said =
      count === 1
        ? l10n.t('{0}: 1 span, {1} accepted', name, accepted)
        : l10n.t('{0}: {1} spans, {2} accepted', name, count, accepted);
    const row = make('div', {
      id: `type-row-${at}`,
      role: 'option',
      'aria-selected': String(key === this.chosen),
      // What is seen is its name, and this what that means.
      title: said,
    });
    const mark = make('span', { class: 'mark' });
    const colour = this.colours.get(key);
    if (colour !== undefined) mark.style.background = colourName(colour, '');
    row.style.setProperty('--depth', String(path.length - 1));
    const open = count - accepted;
    row.append(mark, make('bdi', { class: 'type-name' }, path.at(-1) ?? ''));
    if (open > 0 && accepted > 0) row.append(make('span', { class: 'part' }, `${accepted} /`));
    row.append(make('span', { class: open === 0 ? 'count done' : 'count' }, String(count)));
    return row;
  }
}
