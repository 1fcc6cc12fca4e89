// What the open editor draws: functions that run in the page, where nothing of this file is but themselves.

export interface DOMRectLike {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A decoration's overlay: where it is drawn (one line of it) and how. */
export interface DrawnDecoration extends DOMRectLike {
  readonly className: string;
  readonly background: string;
  readonly borderColor: string;
  readonly borderStyle: string;
  readonly borderWidth: string;
}

export const decorationSelector = '.editor-instance .view-overlays [class*="ced-"]';

/** Runs in the page. */
export function drawnDecorations(): DrawnDecoration[] {
  const selector = '.editor-instance .view-overlays [class*="ced-"]';
  return Array.from(document.querySelectorAll(selector)).map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return {
      x,
      y,
      width,
      height,
      className: element.className,
      background: style.backgroundColor,
      borderColor: style.borderTopColor,
      borderStyle: style.borderTopStyle,
      borderWidth: style.borderTopWidth,
    };
  });
}

/** Runs in the page: the rectangles of a text in the lines of the editor, one for each occurrence within a line. */
export function boxesOfText(text: string): DOMRectLike[] {
  const boxes: DOMRectLike[] = [];
  const lines = document.querySelectorAll('.editor-instance .view-lines .view-line');
  for (const line of Array.from(lines)) {
    const nodes: Text[] = [];
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) nodes.push(walker.currentNode as Text);
    // The editor draws blanks as no-break spaces.
    const drawn = nodes
      .map(({ data }) => data)
      .join('')
      .replaceAll('\u00a0', ' ');
    for (let at = drawn.indexOf(text); at >= 0; at = drawn.indexOf(text, at + 1)) {
      const range = document.createRange();
      let before = 0;
      for (const node of nodes) {
        const end = before + node.length;
        if (at >= before && at < end) range.setStart(node, at - before);
        if (at + text.length > before && at + text.length <= end) {
          range.setEnd(node, at + text.length - before);
        }
        before = end;
      }
      const { x, y, width, height } = range.getBoundingClientRect();
      boxes.push({ x, y, width, height });
    }
  }
  const inOrder = (a: DOMRectLike, b: DOMRectLike): number => a.y - b.y || a.x - b.x;
  return boxes.sort(inOrder);
}
