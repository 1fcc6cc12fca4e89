import * as l10n from '@vscode/l10n';
import type { DatasetState } from '../../../src/core/messages/datasetPanel';
import type { Cursor } from '../cursor';
import { PassageView } from '../passage/passageView';
import type { PassagePages } from './passagePages';
import { VirtualList, type Rows } from './virtualList';

/** Passages asked for before they are drawn, so that they are there when they are scrolled to. */
const ahead = 20;

/** The passages of the view as a list of which only what is seen exists. */
export class PassageList implements Rows {
  readonly list: VirtualList;
  private readonly views = new Map<number, PassageView>();
  private width = 0;

  constructor(
    private readonly pages: PassagePages,
    private readonly cursor: Cursor,
    private readonly chosen: Set<number>,
    private readonly state: () => DatasetState | undefined,
    private readonly onChoose: () => void,
  ) {
    this.list = new VirtualList(this);
    this.list.element.setAttribute('aria-label', l10n.t('Passages'));
  }

  get element(): HTMLElement {
    return this.list.element;
  }

  draw(row: number): HTMLElement {
    let view = this.views.get(row);
    if (view === undefined) {
      const made = new PassageView((isChosen) => this.choose(made, isChosen));
      view = made;
      this.views.set(row, view);
    }
    const last = (this.state()?.count ?? 0) - 1;
    this.pages.want(Math.max(row - ahead, 0), Math.min(row + ahead, last));
    const passage = this.pages.get(row);
    const isCurrent = row === this.cursor.position;
    view.show(passage, {
      position: row,
      // A text of before the passages changed is not said to be one of as many as there are now.
      count: this.pages.isFresh(row) ? (this.state()?.count ?? 0) : view.count,
      level: this.state()?.level ?? 0,
      isCurrent,
      isChosen: passage !== undefined && this.chosen.has(passage.id),
      selection: isCurrent ? this.cursor.selection : null,
      span: isCurrent ? this.cursor.span : null,
    });
    return view.element;
  }

  isReady(row: number): boolean {
    return this.pages.get(row) !== undefined;
  }

  settle(): void {
    const { clientWidth } = this.element;
    if (clientWidth !== this.width) {
      this.width = clientWidth;
      for (const view of this.views.values()) view.invalidate();
    }
    // Each phase for all passages: reading and writing in turns would lay out the page each time.
    const stale = [...this.views.values()].filter((view) => view.measure());
    for (const view of stale) view.makeRoom();
    for (const view of stale) view.draw();
  }

  forget(rows: readonly number[]): void {
    for (const row of rows) {
      this.views.get(row)?.onLeave?.();
      this.views.delete(row);
    }
  }

  /** Draws everything in view again, also where the passages are the same: colours or fonts changed. */
  redraw(): void {
    for (const view of this.views.values()) view.invalidate();
    this.list.refresh();
  }

  /** Brings the passage under the cursor into view, draws it at once and gives it the focus. */
  revealCurrent(): void {
    this.list.reveal(this.cursor.position);
    this.viewOf(this.cursor.position)?.element.focus({ preventScroll: true });
    const selected = this.viewOf(this.cursor.position)?.element.querySelector('.box.selected');
    // Of a passage longer than the view, the span is what is to be seen.
    if (selected !== null && selected !== undefined) this.revealPart(selected);
  }

  viewOf(row: number): PassageView | undefined {
    return this.views.get(row);
  }

  /** The passage that an element is in. */
  viewAround(node: Node | null): { readonly row: number; readonly view: PassageView } | undefined {
    for (const [row, view] of this.views) {
      if (node !== null && view.element.contains(node)) return { row, view };
    }
    return undefined;
  }

  /** Where the selected span or words are drawn. */
  selectedBox(): DOMRect {
    const box = this.element.querySelector('.box.selected');
    const around = this.viewOf(this.cursor.position)?.element ?? this.element;
    return (box ?? around).getBoundingClientRect();
  }

  private revealPart(part: Element): void {
    const view = this.element.getBoundingClientRect();
    const { top, bottom } = part.getBoundingClientRect();
    if (bottom > view.bottom) this.element.scrollTop += bottom - view.bottom + 24;
    else if (top < view.top) this.element.scrollTop -= view.top - top + 24;
  }

  private choose(view: PassageView, isChosen: boolean): void {
    const { passage } = view;
    if (passage === undefined) return;
    if (isChosen) this.chosen.add(passage.id);
    else this.chosen.delete(passage.id);
    this.onChoose();
  }
}
