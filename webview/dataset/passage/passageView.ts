import * as l10n from '@vscode/l10n';
import type { ShownPassage } from '../../../src/core/messages/datasetPanel';
import type { Range as Offsets } from '../../../src/core/text/range';
import { make } from '../dom';
import { SpanBoxes, type DrawnSpan } from './spanBoxes';
import { describeSpan } from './spanText';

/** What of a passage depends on what the user does in the page. */
export interface PassageLook {
  readonly position: number;
  /** Passages in the view, for those who hear the page; -1 where that is not known yet. */
  readonly count: number;
  readonly level: number;
  readonly isCurrent: boolean;
  /** The passage is one of those that a change of many is to be about. */
  readonly isChosen: boolean;
  /** Words under the cursor, if it is in this passage. */
  readonly selection: Offsets | null;
  /** The span under the cursor, which then is the selection too. */
  readonly span: string | null;
}

/** One passage: its number, its text with the spans' boxes, and what is to be said about it. */
export class PassageView {
  readonly text = make('p', { class: 'text', dir: 'auto' });
  private readonly number = make('span', { class: 'number' });
  private readonly marks = make('span', { class: 'marks' });
  private readonly heard = make('ul', { class: 'heard' });
  private readonly notes = make('div', { class: 'notes' });
  private readonly choose = make('input', { type: 'checkbox' });
  private readonly boxes: SpanBoxes;
  readonly body: HTMLElement;
  readonly element: HTMLElement;
  passage: ShownPassage | undefined;
  /** Called when the passage leaves the page: what is being written in it ends. */
  onLeave: (() => void) | undefined;
  private look: PassageLook | undefined;
  private level = 0;
  private isStale = true;

  constructor(onChoose: (isChosen: boolean) => void) {
    this.boxes = new SpanBoxes(this.text, () => this.level);
    this.body = make('div', { class: 'body' }, this.text, this.boxes.element);
    this.choose.addEventListener('change', () => onChoose(this.choose.checked));
    this.element = make(
      'article',
      { class: 'passage', tabindex: -1 },
      make('div', { class: 'gutter' }, this.choose, this.number, this.marks),
      make('div', { class: 'content' }, this.body, this.heard, this.notes),
    );
  }

  /** Of how many passages it is said to be one; -1 before it was shown. */
  get count(): number {
    return this.look?.count ?? -1;
  }

  show(passage: ShownPassage | undefined, look: PassageLook): void {
    if (passage === this.passage && isSameLook(look, this.look)) return;
    const isOther = this.look === undefined || passage !== this.passage;
    this.passage = passage;
    this.look = look;
    this.level = look.level;
    this.isStale = true;
    const { element } = this;
    element.setAttribute('aria-posinset', String(look.position + 1));
    element.setAttribute('aria-setsize', String(look.count));
    element.classList.toggle('current', look.isCurrent);
    element.tabIndex = look.isCurrent ? 0 : -1;
    if (look.isCurrent) element.setAttribute('aria-current', 'true');
    else element.removeAttribute('aria-current');
    this.choose.checked = look.isChosen;
    if (isOther) this.write(passage, look);
    this.boxes.set(this.drawnSpans());
  }

  /** The three phases of drawing the boxes; each is done for all passages before the next. */
  measure(): boolean {
    if (!this.isStale) return false;
    this.boxes.measure();
    return true;
  }

  makeRoom(): void {
    this.boxes.makeRoom();
  }

  draw(): void {
    this.boxes.draw();
    this.isStale = false;
  }

  /** The lines may have become others: the boxes are to be drawn again. */
  invalidate(): void {
    this.isStale = true;
  }

  private write(passage: ShownPassage | undefined, look: PassageLook): void {
    const number = (passage?.number ?? look.position) + 1;
    this.element.classList.toggle('waiting', passage === undefined);
    this.element.classList.toggle('bad', passage?.editable === false);
    this.element.setAttribute('aria-label', l10n.t('Passage {0}', number));
    this.choose.setAttribute('aria-label', l10n.t('Choose passage {0}', number));
    this.number.textContent = String(number);
    this.text.replaceChildren(document.createTextNode(passage?.text ?? '…'));
    const marks = [];
    if (passage?.status === 'accepted')
      marks.push(make('span', { title: l10n.t('Accepted') }, '✓'));
    if (passage?.status === 'rejected')
      marks.push(make('span', { title: l10n.t('Rejected') }, '✗'));
    if (passage?.status === 'skipped') marks.push(make('span', { title: l10n.t('Skipped') }, '↷'));
    if (passage?.flag === true) marks.push(make('span', { title: l10n.t('Flagged') }, '⚑'));
    this.marks.replaceChildren(...marks);
    this.heard.replaceChildren(
      ...(passage?.spans ?? []).map((span) =>
        make('li', {}, describeSpan(span, passage?.text ?? '')),
      ),
    );
    const notes = (passage?.problems ?? []).map((problem) =>
      make('p', { class: 'problem' }, problem),
    );
    if (passage !== undefined && passage.comment !== '') {
      notes.push(make('p', { class: 'comment', dir: 'auto' }, passage.comment));
    }
    this.notes.replaceChildren(...notes);
  }

  private drawnSpans(): DrawnSpan[] {
    const { selection = null, span: selected = null } = this.look ?? {};
    const spans = (this.passage?.spans ?? []).map((span) => ({
      start: span.start,
      end: span.end,
      span,
      isSelected: span.id === selected,
    }));
    if (selection === null || selected !== null) return spans;
    return [...spans, { ...selection, span: undefined, isSelected: true }];
  }
}

function isSameLook(a: PassageLook, b: PassageLook | undefined): boolean {
  return (
    b !== undefined &&
    a.position === b.position &&
    a.count === b.count &&
    a.level === b.level &&
    a.isCurrent === b.isCurrent &&
    a.isChosen === b.isChosen &&
    a.span === b.span &&
    a.selection?.start === b.selection?.start &&
    a.selection?.end === b.selection?.end
  );
}
