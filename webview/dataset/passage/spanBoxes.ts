import { depthsInside } from '../../../src/core/entity/nesting';
import type { ShownSpan } from '../../../src/core/messages/datasetPanel';
import type { Range as Offsets } from '../../../src/core/text/range';
import { make } from '../dom';
import { colourName } from './colours';
import { assignLanes, joinRuns, type Box, type LabelPlace } from './lines';
import { labelText } from './spanText';

/** Pixels: what a label takes, what lies between the boxes of nested spans, and around it all. */
const labelHeight = 15;
const step = 3;
const air = 8;
/** Nested boxes beyond this depth are drawn alike: there is no room between lines. */
const deepest = 3;

/** A span as it is drawn: also the words under the cursor that are no span yet. */
export interface DrawnSpan extends Offsets {
  readonly span: ShownSpan | undefined;
  readonly isSelected: boolean;
}

interface Measured extends DrawnSpan {
  readonly depth: number;
  readonly boxes: readonly Box[];
  readonly label: string;
  readonly labelWidth: number;
}

/**
 * Draws the spans of one text as boxes over it, each with its name below its beginning. The text
 * stays one text node, so that letters join, marks combine and directions mix as they should; where
 * the boxes belong the browser's own layout tells. Reading and writing of layout are apart, so that
 * many texts are laid out twice together and not each on its own.
 */
export class SpanBoxes {
  readonly element = make('div', { class: 'boxes', 'aria-hidden': true });
  private drawn: readonly DrawnSpan[] = [];
  private measured: readonly Measured[] = [];
  private places: readonly LabelPlace[] = [];
  private lanes: readonly number[] = [];
  private lines = 0;

  constructor(
    private readonly text: HTMLElement,
    private readonly level: () => number,
  ) {}

  /** Takes the spans, the outer before those inside; `measure`, `makeRoom` and `draw` follow. */
  set(drawn: readonly DrawnSpan[]): void {
    this.drawn = drawn;
  }

  /** Reads how wide and in which lines everything is. */
  measure(): void {
    const depths = depthsInside(this.drawn);
    const { lineHeight, rtl, origin } = this.metrics();
    this.measured = this.drawn.map((drawn, index) => {
      const label = drawn.span === undefined ? '' : labelText(drawn.span, this.level());
      return {
        ...drawn,
        depth: Math.min(depths[index] ?? 0, deepest),
        boxes: boxesOf(this.text, drawn, origin),
        label,
        labelWidth: label === '' ? 0 : widthOf(label) + 6,
      };
    });
    this.lines = Math.round(origin.height / lineHeight);
    this.places = this.measured.map(({ boxes, labelWidth }) => {
      const box = boxes[0] ?? { left: 0, top: 0, width: 0, height: 0 };
      return {
        line: Math.floor((box.top + box.height / 2) / lineHeight),
        left: rtl ? box.left + box.width - labelWidth : box.left,
        width: labelWidth,
      };
    });
    this.lanes = assignLanes(this.places);
  }

  /**
   * Gives all lines of the text the same height, with room for the most labels below one, and the
   * last one as much below it as it needs itself.
   */
  makeRoom(): void {
    const lanes = this.places.map(({ width }, index) =>
      width === 0 ? 0 : (this.lanes[index] ?? 0) + 1,
    );
    const last = Math.max(0, ...this.places.map(({ line }) => line));
    const depth = Math.max(0, ...this.measured.map((one) => one.depth));
    const ofLast = lanes.filter((_, index) => this.places[index]?.line === last);
    const isLast = last >= this.lines - 1;
    const below = depth * step + (isLast ? Math.max(0, ...ofLast) * labelHeight : 0);
    const room = Math.max(0, ...lanes) * labelHeight + 2 * depth * step + air;
    this.text.style.setProperty('--room', `${room}px`);
    this.text.style.setProperty('--below', `${below}px`);
  }

  draw(): void {
    const { rtl, origin } = this.metrics();
    const parts = this.measured.flatMap((one, index) => this.partsOf(one, index, rtl, origin));
    this.element.replaceChildren(...parts);
  }

  private partsOf(one: Measured, index: number, rtl: boolean, origin: DOMRect): HTMLElement[] {
    const { span, depth, isSelected, label, labelWidth } = one;
    const boxes = boxesOf(this.text, one, origin);
    const grown = depth * step + 1;
    const look = span === undefined ? 'candidate' : `span ${span.border} ${span.state}`;
    const parts: HTMLElement[] = boxes.map((box, at) => {
      const edges = `${at === 0 ? ' first' : ''}${at === boxes.length - 1 ? ' last' : ''}`;
      const element = make('div', { class: `box ${look}${isSelected ? ' selected' : ''}${edges}` });
      place(element, {
        left: box.left - 1,
        top: box.top - grown,
        width: box.width + 2,
        height: box.height + 2 * grown,
      });
      colourIn(element, span);
      return element;
    });
    const [first] = boxes;
    const last = boxes.at(-1);
    if (first === undefined || last === undefined) return parts;
    if (span !== undefined) {
      const name = make(
        'div',
        { class: `name ${span.state}${isSelected ? ' selected' : ''}`, 'data-span': span.id },
        label,
      );
      const top = first.top + first.height + grown + (this.lanes[index] ?? 0) * labelHeight + 1;
      const left = rtl ? first.left + first.width - labelWidth : first.left - 1;
      place(name, { left, top, width: labelWidth, height: labelHeight - 1 });
      colourIn(name, span);
      parts.push(name);
      if (isSelected) parts.push(...this.edges(first, last, grown, rtl));
    }
    return parts;
  }

  /** What can be dragged at both ends of the selected span. */
  private edges(first: Box, last: Box, grown: number, rtl: boolean): HTMLElement[] {
    return (['start', 'end'] as const).map((edge) => {
      const box = edge === 'start' ? first : last;
      const isRight = (edge === 'end') !== rtl;
      const element = make('div', { class: 'edge', 'data-edge': edge });
      const x = isRight ? box.left + box.width : box.left;
      place(element, {
        left: x - 4,
        top: box.top - grown,
        width: 8,
        height: box.height + 2 * grown,
      });
      return element;
    });
  }

  private metrics(): { lineHeight: number; rtl: boolean; origin: DOMRect } {
    const style = getComputedStyle(this.text);
    return {
      lineHeight: parseFloat(style.lineHeight) || 20,
      rtl: style.direction === 'rtl',
      origin: this.text.getBoundingClientRect(),
    };
  }
}

/** The rectangles of a stretch of the text, in reading order of its lines. */
function boxesOf(text: HTMLElement, { start, end }: Offsets, origin: DOMRect): Box[] {
  const node = text.firstChild;
  if (!(node instanceof Text)) return [];
  const range = document.createRange();
  range.setStart(node, Math.min(start, node.length));
  range.setEnd(node, Math.min(end, node.length));
  return joinRuns(
    Array.from(range.getClientRects(), ({ left, top, width, height }) => ({
      left: left - origin.left,
      top: top - origin.top,
      width,
      height,
    })),
  );
}

function place(element: HTMLElement, { left, top, width, height }: Box): void {
  element.style.transform = `translate(${left}px, ${top}px)`;
  element.style.width = `${width}px`;
  element.style.height = `${height}px`;
}

function colourIn(element: HTMLElement, span: ShownSpan | undefined): void {
  if (span === undefined) return;
  element.style.setProperty('--colour', colourName(span.colour, ''));
  element.style.setProperty('--fill', colourName(span.colour, 'Background'));
}

let canvas: CanvasRenderingContext2D | null | undefined;
const widths = new Map<string, number>();

/** Width of a label in pixels; measured without layout. */
function widthOf(label: string): number {
  let width = widths.get(label);
  if (width !== undefined) return width;
  canvas ??= document.createElement('canvas').getContext('2d');
  if (canvas === null) return label.length * 7;
  canvas.font = `11px ${getComputedStyle(document.body).fontFamily}`;
  width = Math.ceil(canvas.measureText(label).width);
  if (widths.size > 5000) widths.clear();
  widths.set(label, width);
  return width;
}
