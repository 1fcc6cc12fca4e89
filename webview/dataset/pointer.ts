import { snapToWords } from '../../src/core/text/wordEdges';
import type { Range } from '../../src/core/text/range';
import type { ShownPassage } from '../../src/core/messages/datasetPanel';
import { chooseType } from './commands/spans';
import type { Page } from './page';
import type { PassageView } from './passage/passageView';

/**
 * The mouse (or pen, or finger) over the passages: text that is selected snaps to words and opens the
 * box of types; a span is selected by a press on it or its name, and its edges can be dragged. With
 * Alt, edges stand at characters instead of words.
 */
export function followPointer(page: Page, run: (act: () => Promise<void>) => void): void {
  const { element } = page.list;
  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    const target = event.target as Element;
    const edge = target.closest<HTMLElement>('.edge')?.dataset['edge'];
    if (target.closest('.text') !== null) selectThroughBoxes(element);
    const place = page.list.viewAround(target);
    if (edge === undefined || place === undefined) return;
    event.preventDefault();
    dragEdge(page, place.view, edge === 'start' ? 'start' : 'end', event, run);
  });
  element.addEventListener('mouseup', (event) => {
    if (event.button === 0) run(() => select(page, event));
  });
  element.addEventListener('dblclick', (event) => {
    if ((event.target as Element).closest('.name') !== null) run(() => chooseType(page));
  });
}

/**
 * Lets the text that is being selected be found below names and edges too: over those, which are no
 * text, the browser would select the rest of the passage.
 */
function selectThroughBoxes(element: HTMLElement): void {
  const end = (): void => {
    element.classList.remove('selecting');
    window.removeEventListener('mouseup', end);
    window.removeEventListener('pointercancel', end);
  };
  element.classList.add('selecting');
  window.addEventListener('mouseup', end);
  window.addEventListener('pointercancel', end);
}

async function select(page: Page, event: MouseEvent): Promise<void> {
  const target = event.target as Element;
  const place = page.list.viewAround(target);
  if (place === undefined || target.closest('.edge, input, textarea') !== null) return;
  const { row, view } = place;
  const name = target.closest<HTMLElement>('.name')?.dataset['span'];
  const { passage } = view;
  if (name !== undefined) page.cursor.selectSpan(row, name);
  else if (passage === undefined) page.cursor.moveTo(row);
  else {
    const range = selectedIn(view);
    if (range !== null && range.start < range.end) {
      const words = event.altKey ? range : snapToWords(passage.text, range);
      window.getSelection()?.removeAllRanges();
      page.cursor.selectWords(row, words);
      page.list.revealCurrent();
      if (words !== null && passage.editable) await chooseType(page);
      return;
    }
    const isText = target.closest('.body') !== null;
    selectAt(page, row, passage, isText ? (range?.start ?? null) : null);
  }
  page.list.revealCurrent();
}

/** Selects the innermost span at a place, else the word there. */
function selectAt(page: Page, row: number, passage: ShownPassage, at: number | null): void {
  if (at === null) {
    page.cursor.moveTo(row);
    return;
  }
  const [inner] = passage.spans
    .filter(({ start, end }) => start <= at && at < end)
    .sort((a, b) => a.end - a.start - (b.end - b.start));
  if (inner !== undefined) page.cursor.selectSpan(row, inner.id);
  else page.cursor.selectWords(row, snapToWords(passage.text, { start: at, end: at + 1 }));
}

/** What the browser has selected of a passage's text; what lies outside of it is left out. */
function selectedIn({ text }: PassageView): Range | null {
  const selection = window.getSelection();
  const node = text.firstChild;
  if (selection === null || selection.rangeCount === 0 || node === null) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(text)) return null;
  const start = range.startContainer === node ? range.startOffset : 0;
  const end = range.endContainer === node ? range.endOffset : (node.textContent?.length ?? 0);
  return { start, end };
}

function dragEdge(
  page: Page,
  view: PassageView,
  edge: 'start' | 'end',
  down: PointerEvent,
  run: (act: () => Promise<void>) => void,
): void {
  const { passage } = view;
  const span = page.cursor.spanIn(passage);
  const row = page.cursor.position;
  if (passage === undefined || span === undefined || !passage.editable) return;
  const { element } = page.list;
  let moved: Range = { start: span.start, end: span.end };
  const show = (range: Range): void => {
    moved = range;
    const spans = passage.spans.map((one) => (one === span ? { ...one, ...range } : one));
    page.pages.put(row, { ...passage, spans });
    page.refresh();
  };
  const move = (event: PointerEvent): void => {
    const at = offsetAt(view, event);
    if (at === null) return;
    const other = edge === 'start' ? span.end : span.start;
    // Over the word that holds the other edge, that word remains.
    const wanted = { start: Math.min(at, other), end: Math.max(at, other) };
    const range = event.altKey ? wanted : snapToWords(passage.text, wanted);
    if (range === null || range.start >= range.end) return;
    const next =
      edge === 'start'
        ? { start: range.start, end: span.end }
        : { start: span.start, end: range.end };
    if (next.start < next.end) show(next);
  };
  const end = (event: Event): void => {
    element.classList.remove('dragging');
    window.removeEventListener('pointermove', move);
    window.removeEventListener('pointerup', end);
    window.removeEventListener('pointercancel', end);
    const { start, end: to } = moved;
    if (event.type === 'pointercancel' || (start === span.start && to === span.end)) {
      show({ start: span.start, end: span.end });
      return;
    }
    const change = { start, end: to };
    run(async () => {
      try {
        await page.edit({ kind: 'changeEntities', id: passage.id, entityIds: [span.id], change });
      } catch (error) {
        show({ start: span.start, end: span.end });
        throw error;
      }
    });
  };
  // Names and edges would be found in the place of the text below them.
  element.classList.add('dragging');
  element.setPointerCapture(down.pointerId);
  window.addEventListener('pointermove', move);
  window.addEventListener('pointerup', end);
  window.addEventListener('pointercancel', end);
}

/** The place in a passage's text that a pointer is over; null beside it. */
function offsetAt({ text }: PassageView, { clientX, clientY }: PointerEvent): number | null {
  const caret = document.caretPositionFromPoint(clientX, clientY);
  return caret !== null && caret.offsetNode === text.firstChild ? caret.offset : null;
}
