import type { Range } from '../text/range';

/**
 * The text with marks around places of it (UTF-16 units, end exclusive), by their offsets: neither
 * repeats of the same words nor places inside others go wrong. Places must not cross.
 */
export function markSpans(
  text: string,
  spans: readonly Range[],
  [open, close]: readonly [open: string, close: string] = ['##', '##'],
): string {
  const marks = spans
    .flatMap(({ start, end }) => [
      { at: start, isEnd: false, length: end - start },
      { at: end, isEnd: true, length: end - start },
    ])
    // At one place what ends comes before what begins, and what is inside ends first and begins last.
    .sort(
      (a, b) =>
        a.at - b.at ||
        Number(b.isEnd) - Number(a.isEnd) ||
        (a.isEnd ? a.length - b.length : b.length - a.length),
    );
  let marked = '';
  let from = 0;
  for (const { at, isEnd } of marks) {
    marked += text.slice(from, at) + (isEnd ? close : open);
    from = at;
  }
  return marked + text.slice(from);
}
