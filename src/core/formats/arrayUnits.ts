import { phrase, type Phrase } from '../messages/phrase';
import type { ByteChunks } from './format';
import { join } from './lines';
import type { Unit } from './units';

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const lineFeed = 0x0a;
const openers: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const closers: ReadonlySet<number> = new Set([0x5d, 0x7d]);
const openBracket = 0x5b;
const closeBracket = 0x5d;
const blanks: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);
const markBytes: ReadonlySet<number> = new Set([0xef, 0xbb, 0xbf]);

/**
 * The units of a file that is one JSON array: each item is a record; brackets, commas and blanks are
 * gaps. Keeps one item in memory. After a place where the array is broken the rest of the file is one
 * broken record.
 */
export async function* unitsOfArray(chunks: ByteChunks): AsyncGenerator<Unit, void> {
  const scanner = new ArrayScanner();
  for await (const chunk of chunks) yield* scanner.scan(chunk);
  yield* scanner.finish();
}

type State = 'before' | 'first' | 'between' | 'next' | 'item' | 'after' | 'broken';

class ArrayScanner {
  private state: State = 'before';
  private depth = 0;
  private inString = false;
  private escaped = false;
  private pieces: Uint8Array[] = [];
  private start = 0;
  private line = 1;
  private broken: Phrase | undefined;

  *scan(chunk: Uint8Array): Generator<Unit, void> {
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (this.state === 'item') {
        const end = this.endsAt(byte, at);
        if (end === undefined) continue;
        yield* this.flush('record', chunk.slice(from, end));
        from = end;
        this.state = 'between';
        if (end > at) continue;
      }
      if (this.state === 'broken' || blanks.has(byte)) continue;
      const next = this.follow(byte);
      if (next === 'item' || next === 'broken') {
        yield* this.flush('gap', chunk.slice(from, at));
        from = at;
        if (next === 'item') this.begin(byte);
      }
      this.state = next;
    }
    if (from < chunk.length) this.pieces.push(chunk.slice(from));
  }

  *finish(): Generator<Unit, void> {
    const isInside = this.state === 'item' || this.state === 'broken';
    const isOpen = this.state !== 'after' && this.state !== 'before';
    if (isInside) {
      this.broken ??= phrase`The file ends inside an item`;
      yield* this.flush('record', new Uint8Array());
      return;
    }
    yield* this.flush('gap', new Uint8Array());
    if (isOpen) {
      this.broken = phrase`The file ends before its closing bracket`;
      const { start, line, broken } = this;
      yield { kind: 'record', bytes: new Uint8Array(), start, line, broken };
    }
  }

  /** The state after a byte that is no blank and stands in no item. */
  private follow(byte: number): State {
    switch (this.state) {
      case 'before':
        if (markBytes.has(byte)) return 'before';
        if (byte === openBracket) return 'first';
        return this.fail(phrase`The file is no JSON array`);
      case 'first':
        return byte === closeBracket ? 'after' : byte === comma ? this.strange() : 'item';
      case 'next':
        return byte === closeBracket || byte === comma ? this.strange() : 'item';
      case 'between':
        return byte === closeBracket ? 'after' : byte === comma ? 'next' : this.strange();
      default:
        return this.fail(phrase`There is more text after the closing bracket`);
    }
  }

  private strange(): State {
    return this.fail(phrase`Items are not parted by one comma each`);
  }

  private fail(reason: Phrase): State {
    this.broken = reason;
    return 'broken';
  }

  private begin(byte: number): void {
    this.depth = openers.has(byte) ? 1 : 0;
    this.inString = byte === quote;
    this.escaped = false;
  }

  /** Where the item ends, when the byte at `at` decides it: at the byte or after it. */
  private endsAt(byte: number, at: number): number | undefined {
    if (this.inString) {
      if (this.escaped) this.escaped = false;
      else if (byte === backslash) this.escaped = true;
      else if (byte === quote) {
        this.inString = false;
        if (this.depth === 0) return at + 1;
      }
      return undefined;
    }
    if (byte === quote) this.inString = true;
    else if (openers.has(byte)) this.depth++;
    else if (closers.has(byte)) {
      if (this.depth === 0) return at;
      if (--this.depth === 0) return at + 1;
    } else if (this.depth === 0 && (byte === comma || blanks.has(byte))) return at;
    return undefined;
  }

  private *flush(kind: Unit['kind'], last: Uint8Array): Generator<Unit, void> {
    const bytes = join([...this.pieces, last]);
    this.pieces = [];
    const { start, line, broken } = this;
    this.start += bytes.length;
    for (const byte of bytes) if (byte === lineFeed) this.line++;
    if (bytes.length > 0) {
      yield { kind, bytes, start, line, ...(kind === 'record' && broken ? { broken } : {}) };
    }
  }
}
