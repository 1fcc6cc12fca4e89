import { make } from '../dom';
import { HeightIndex } from './heightIndex';

/** Browsers draw nothing beyond some 16 million pixels, so a longer list scrolls in another scale. */
const longest = 8_000_000;
/** Pixels drawn above and below what is seen. */
const overscan = 500;
/** Rows measured before the first guess of their height is replaced. */
const enough = 8;

/** What a list asks of its rows. */
export interface Rows {
  /** The element of a row, made or brought up to date. */
  draw(row: number): HTMLElement;
  /** Whether what the row shows is there, so that its height is its own. */
  isReady(row: number): boolean;
  /** The rows in the page have been laid out: a place to draw what depends on lines. */
  settle(): void;
  /** Rows that left the page. */
  forget(rows: readonly number[]): void;
}

/**
 * A list of any number of rows whose heights are known only once they are drawn. The row at the top
 * of the view is its anchor: what is measured above it moves nothing that is seen. While it scrolls
 * the rows follow the wheel by pixels; when it rests the scroll bar is put where it belongs.
 */
export class VirtualList {
  readonly element = make('div', { class: 'list', role: 'feed', tabindex: -1 });
  private readonly space = make('div', { class: 'space' });
  private readonly window = make('div', { class: 'window' });
  private readonly heights = new HeightIndex(90);
  private readonly drawn = new Map<number, HTMLElement>();
  private anchor = { row: 0, offset: 0 };
  private lastTop = 0;
  /** The row that was brought into view last, until the user scrolls. */
  private held: number | undefined;
  /** The place that was come back to, until the rows there are as they were. */
  private kept: { readonly row: number; readonly offset: number } | undefined;
  private isWaiting = false;
  private isEstimated = false;

  constructor(private readonly rows: Rows) {
    this.space.append(this.window);
    this.element.append(this.space);
    this.element.addEventListener('scroll', () => this.follow());
    this.element.addEventListener('scrollend', () => this.rest());
    for (const type of ['wheel', 'pointerdown', 'touchstart', 'keydown'] as const) {
      this.element.addEventListener(type, () => (this.kept = undefined), { passive: true });
    }
    new ResizeObserver(() => this.refresh()).observe(this.element);
  }

  /** First and last row in view. */
  get visible(): { readonly first: number; readonly last: number } {
    const last = this.heights.rowAt(this.top + this.element.clientHeight - 1);
    return { first: this.heights.rowAt(this.top), last };
  }

  /** Where the list stands, to come back to. */
  get place(): { readonly row: number; readonly offset: number } {
    return this.kept ?? this.placeAt(this.top);
  }

  set place(place: { readonly row: number; readonly offset: number }) {
    this.held = undefined;
    this.kept = place;
    this.refresh();
  }

  /** Shows that many rows; the anchor stays where there still is one. */
  setCount(count: number): void {
    if (count === this.heights.count) return;
    this.heights.reset(count);
    this.element.classList.toggle('empty', count === 0);
    this.held = undefined;
    if (this.anchor.row >= count) this.anchor = { row: Math.max(count - 1, 0), offset: 0 };
    this.refresh();
  }

  /** Draws what is in view again, soon. */
  refresh(): void {
    if (this.isWaiting) return;
    this.isWaiting = true;
    requestAnimationFrame(() => {
      this.isWaiting = false;
      // What was scrolled and not told of yet would be taken back.
      this.follow();
      this.render();
      this.rest();
    });
  }

  /**
   * Brings a row into view, with as little movement as that takes, and draws it at once. It stays in
   * view, whatever becomes known of the rows around it, until the user scrolls.
   */
  reveal(row: number): void {
    this.held = row;
    this.kept = undefined;
    this.render();
    this.rest();
  }

  /** Moves the anchor so that a row is in view; whether that moved anything. */
  private bring(row: number): boolean {
    const view = this.element.clientHeight;
    const before = this.top;
    const place = this.heights.offsetOf(row);
    const above = place - before;
    const below = above + this.heights.height(row) - view;
    let top = before;
    if (Math.abs(above) > 3 * view) top = place - view / 3;
    else if (above < 0) top = place;
    else if (below > 0) top += Math.min(below, above);
    top = Math.min(Math.max(top, 0), this.highestTop);
    this.anchor = { row, offset: top - place };
    return Math.abs(top - before) > 0.5;
  }

  private get top(): number {
    return this.heights.offsetOf(this.anchor.row) + this.anchor.offset;
  }

  private get highestTop(): number {
    return Math.max(this.heights.total - this.element.clientHeight, 0);
  }

  /** The anchor for a place in the list; places outside of it are moved into it. */
  private placeAt(y: number): { row: number; offset: number } {
    const top = Math.min(Math.max(y, 0), this.highestTop);
    const row = this.heights.rowAt(top);
    return { row, offset: top - this.heights.offsetOf(row) };
  }

  private follow(): void {
    const { scrollTop, clientHeight } = this.element;
    const moved = scrollTop - this.lastTop;
    this.lastTop = scrollTop;
    // While rows become known the browser moves the scroll bar, and no one wants to go there.
    if (moved === 0 || this.kept !== undefined) return;
    this.held = undefined;
    const isJump = Math.abs(moved) > 2 * clientHeight;
    this.anchor = this.placeAt(isJump ? scrollTop * this.scale : this.top + moved);
    this.render();
  }

  /** Pixels of the list for one of the scroll bar. */
  private get scale(): number {
    const { clientHeight } = this.element;
    const room = Math.min(this.heights.total, longest) - clientHeight;
    return room > 0 ? this.highestTop / room : 1;
  }

  private rest(): void {
    const wanted = this.top / this.scale;
    if (Math.abs(wanted - this.element.scrollTop) < 1) return;
    this.element.scrollTop = wanted;
    this.lastTop = this.element.scrollTop;
    this.put();
  }

  private render(): void {
    if (this.held !== undefined) this.bring(this.held);
    this.comeBack();
    // What is measured may show that more rows fit in, or that the guess was wrong.
    for (let attempt = 0; attempt < 4; attempt++) {
      const { first, last } = this.wanted();
      this.fill(first, last);
      this.rows.settle();
      const isMeasured = this.measure();
      const isMoved = this.held !== undefined && this.bring(this.held);
      if (this.kept !== undefined) this.comeBack();
      else if (isMeasured && this.held === undefined) this.anchor = this.placeAt(this.top);
      this.put();
      if (!isMeasured && !isMoved) return;
    }
  }

  /** Goes to the place that is kept; once the rows from there on are known it needs no keeping. */
  private comeBack(): void {
    if (this.kept === undefined) return;
    this.anchor = this.kept;
    if (this.top > this.highestTop) this.anchor = this.placeAt(this.top);
    const { first, last } = this.visible;
    for (let row = first; row <= last; row++) {
      if (!this.drawn.has(row) || !this.rows.isReady(row)) return;
    }
    this.kept = undefined;
  }

  private wanted(): { first: number; last: number } {
    const first = this.heights.rowAt(Math.max(this.top - overscan, 0));
    const last = this.heights.rowAt(this.top + this.element.clientHeight + overscan);
    return { first, last: this.heights.count === 0 ? -1 : last };
  }

  private fill(first: number, last: number): void {
    const gone = [...this.drawn.keys()].filter((row) => row < first || row > last);
    for (const row of gone) {
      this.drawn.get(row)?.remove();
      this.drawn.delete(row);
    }
    this.rows.forget(gone);
    let before: Element | null = null;
    for (let row = first; row <= last; row++) {
      const element = this.rows.draw(row);
      const known = this.drawn.get(row);
      if (known !== element) known?.remove();
      this.drawn.set(row, element);
      const next: Element | null =
        before === null ? this.window.firstElementChild : before.nextElementSibling;
      // An element that is in its place already keeps the focus.
      if (next !== element) this.window.insertBefore(element, next);
      before = element;
    }
  }

  /** Takes over the heights of what is drawn; whether that changed what is to be drawn. */
  private measure(): boolean {
    const before = this.heights.total;
    // With the fractions of pixels, which would add up over the rows above.
    const measured = [...this.drawn].map(
      ([row, element]) => [row, element.getBoundingClientRect().height] as const,
    );
    if (!this.isEstimated && measured.length >= enough) {
      this.isEstimated = true;
      const sum = measured.reduce((total, [, height]) => total + height, 0);
      this.heights.reset(this.heights.count, sum / measured.length);
    }
    for (const [row, height] of measured) this.heights.set(row, height);
    return Math.abs(this.heights.total - before) > 0.5;
  }

  /** Puts the drawn rows so that the anchor is where it belongs in the view. */
  private put(): void {
    const first = Math.min(...this.drawn.keys(), this.heights.count);
    this.space.style.height = `${Math.min(this.heights.total, longest)}px`;
    const y = this.element.scrollTop + this.heights.offsetOf(first) - this.top;
    this.window.style.transform = `translateY(${y}px)`;
  }
}
