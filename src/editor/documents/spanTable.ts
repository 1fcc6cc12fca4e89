import { shiftSpans, type TextEdit } from './shiftSpans';

/**
 * Spans of a document that is being edited, by the index that `add` gave them. They follow the
 * edits, and each knows whether its text has changed since it was last marked clean.
 */
export class SpanTable {
  private starts = new Int32Array(64);
  private ends = new Int32Array(64);
  private touched = new Uint8Array(64);
  private count = 0;

  get size(): number {
    return this.count;
  }

  add(start: number, end: number): number {
    if (this.count === this.starts.length) {
      const room = this.count * 2;
      this.starts = grown(this.starts, new Int32Array(room));
      this.ends = grown(this.ends, new Int32Array(room));
      this.touched = grown(this.touched, new Uint8Array(room));
    }
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    return this.count++;
  }

  start(index: number): number {
    return this.starts[index] ?? 0;
  }

  end(index: number): number {
    return this.ends[index] ?? 0;
  }

  isTouched(index: number): boolean {
    return this.touched[index] === 1;
  }

  markClean(index: number): void {
    this.touched[index] = 0;
  }

  edit(edit: TextEdit): void {
    for (const index of shiftSpans(this.starts, this.ends, this.count, edit)) {
      this.touched[index] = 1;
    }
  }
}

function grown<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
