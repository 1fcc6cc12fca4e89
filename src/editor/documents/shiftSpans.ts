/** One change of a text: `removed` units at `offset` give way to `inserted` units. UTF-16. */
export interface TextEdit {
  readonly offset: number;
  readonly removed: number;
  readonly inserted: number;
}

/**
 * Moves the first `count` spans `[starts[i], ends[i])` along with an edit, in place, and returns the
 * indexes of those whose text it changed. A span grows and shrinks with edits inside it and becomes
 * empty when all of it goes; text inserted at one of its borders stays outside. Typed arrays, because
 * this runs on each key stroke over everything found in a document.
 */
export function shiftSpans(
  starts: Int32Array,
  ends: Int32Array,
  count: number,
  { offset, removed, inserted }: TextEdit,
): number[] {
  const touched: number[] = [];
  const removedEnd = offset + removed;
  const delta = inserted - removed;
  for (let i = 0; i < count; i++) {
    const start = starts[i] ?? 0;
    const end = ends[i] ?? 0;
    if (end <= offset) continue;
    if (start >= removedEnd) {
      starts[i] = start + delta;
      ends[i] = end + delta;
      continue;
    }
    touched.push(i);
    if (start >= offset && end <= removedEnd) {
      starts[i] = ends[i] = offset + inserted;
      continue;
    }
    starts[i] = start < offset ? start : offset + inserted;
    ends[i] = end > removedEnd ? end + delta : offset;
  }
  return touched;
}
