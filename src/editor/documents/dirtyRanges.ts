import type { Range } from '../../core/text/range';
import type { TextEdit } from './shiftSpans';

/** Parts of a text that changed since they were last read; they follow further edits. */
export class DirtyRanges {
  private ranges: Range[] = [];

  get isEmpty(): boolean {
    return this.ranges.length === 0;
  }

  /** Follows an edit; the text that it brought is dirty as well. */
  edit({ offset, removed, inserted }: TextEdit): void {
    const removedEnd = offset + removed;
    const delta = inserted - removed;
    const apart: Range[] = [];
    let dirty: Range = { start: offset, end: offset + inserted };
    for (const range of this.ranges) {
      if (range.end < offset) apart.push(range);
      else if (range.start > removedEnd) {
        apart.push({ start: range.start + delta, end: range.end + delta });
      } else {
        dirty = {
          start: Math.min(dirty.start, range.start),
          end: Math.max(dirty.end, range.end + delta),
        };
      }
    }
    this.ranges = [...apart, dirty];
  }

  add(range: Range): void {
    this.ranges.push(range);
  }

  /** The ranges in text order, overlaps joined; none are dirty afterwards. */
  take(): readonly Range[] {
    const sorted = this.ranges.sort((a, b) => a.start - b.start);
    this.ranges = [];
    const joined: Range[] = [];
    for (const range of sorted) {
      const last = joined.at(-1);
      if (last !== undefined && range.start <= last.end) {
        joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
      } else joined.push(range);
    }
    return joined;
  }
}
