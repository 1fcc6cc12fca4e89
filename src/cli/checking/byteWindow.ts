import type { Region } from '../../core/checks/finding';
import type { PassageRecord } from '../../core/formats/format';
import { WrittenText } from '../../core/checks/writtenText';
import type { Range } from '../../core/text/range';

const LINE_FEED = 0x0a;

/**
 * The bytes of a file from the record that is looked at on, kept while they stream past, so that
 * places in a passage become lines and columns of the file.
 */
export class ByteWindow {
  private readonly pieces: Uint8Array[] = [];
  private start = 0;
  /** UTF-16 units between the last line break and `start`. */
  private column = 0;

  /** The bytes themselves; each is kept until `positionsIn` has passed it. */
  async *watch(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.pieces.push(chunk.slice());
      yield chunk;
    }
  }

  /** Says where ranges of a passage's text stand in the file; records are asked for in their order. */
  positionsIn(record: PassageRecord): (span: Range) => Region | undefined {
    const { start, end, line } = record.source;
    this.drop(start);
    const text = decode(this.slice(start, end));
    const written = new WrittenText(text, record.text);
    const { column } = this;
    const lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
    const position = (offset: number) => {
      const at = lineStarts.findLastIndex((one) => one <= offset);
      const from = at === 0 ? -column : (lineStarts[at] ?? 0);
      return { line: line + at, column: offset - from + 1 };
    };
    return (span) => {
      const range = written.rangeOf(span);
      if (range === undefined) return undefined;
      const [first, last] = [position(range.start), position(range.end)];
      return {
        startLine: first.line,
        startColumn: first.column,
        endLine: last.line,
        endColumn: last.column,
      };
    };
  }

  private drop(to: number): void {
    while (this.start < to) {
      const piece = this.pieces[0];
      if (piece === undefined) return;
      const taken = piece.subarray(0, to - this.start);
      const after = taken.lastIndexOf(LINE_FEED) + 1;
      this.column = (after > 0 ? 0 : this.column) + decode(taken.subarray(after)).length;
      this.start += taken.length;
      if (taken.length === piece.length) this.pieces.shift();
      else this.pieces[0] = piece.subarray(taken.length);
    }
  }

  private slice(from: number, to: number): Uint8Array {
    const bytes = new Uint8Array(to - from);
    let at = this.start;
    for (const piece of this.pieces) {
      if (at >= to) break;
      const first = Math.max(0, from - at);
      const part = piece.subarray(first, to - at);
      if (part.length > 0) bytes.set(part, at + first - from);
      at += piece.length;
    }
    return bytes;
  }
}

/** A byte order mark is no part of the text. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
