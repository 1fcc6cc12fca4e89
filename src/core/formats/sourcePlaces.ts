import type { SourcePlace } from './format';

/**
 * Bytes and lines of places in a text that came from UTF-8. Asked in ascending order it costs one
 * pass over the text.
 */
export class SourcePlaces {
  private at = 0;
  private byte = 0;
  private line = 1;

  constructor(private readonly text: string) {}

  /** The place of `[start, end)` in UTF-16 units; `start` not before the end of the place asked last. */
  of(start: number, end: number): SourcePlace {
    this.advance(start);
    const { byte, line } = this;
    this.advance(end);
    return { start: byte, end: this.byte, line };
  }

  private advance(to: number): void {
    for (; this.at < to; this.at++) {
      const unit = this.text.charCodeAt(this.at);
      if (unit === 0x0a) this.line++;
      if (unit < 0x80) this.byte += 1;
      // Each half of a surrogate pair counts two of its four bytes.
      else if (unit < 0x800 || (unit & 0xf800) === 0xd800) this.byte += 2;
      else this.byte += 3;
    }
  }
}
