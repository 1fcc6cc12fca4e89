import { phrase, type Phrase } from '../messages/phrase';
import type { ByteChunks } from './format';
import { join } from './lines';
import type { Unit } from './units';

/**
 * The units of a file that is one JSON array: each item is a record; brackets, commas and blanks are
 * gaps. Keeps one item in memory. After a place where the array is broken the rest of the file is one
 * broken record.
 */
export function unitsOfArray(chunks: ByteChunks): AsyncGenerator<Unit, void> {
  return unitsOf(array, chunks);
}

/** The same of a file that is one JSON object: each member `"key": value` is a record. */
export function unitsOfObject(chunks: ByteChunks): AsyncGenerator<Unit, void> {
  return unitsOf(object, chunks);
}

async function* unitsOf(shape: Shape, chunks: ByteChunks): AsyncGenerator<Unit, void> {
  const scanner = new Scanner(shape);
  for await (const chunk of chunks) yield* scanner.scan(chunk);
  yield* scanner.finish();
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const lineFeed = 0x0a;
const markBytes: ReadonlySet<number> = new Set([0xef, 0xbb, 0xbf]);

/** What a file is as a whole, and how to say what it is not. */
interface Shape {
  readonly open: number;
  readonly close: number;
  readonly hasKeys: boolean;
  readonly isNone: Phrase;
  readonly isOpen: Phrase;
  readonly hasMore: Phrase;
  readonly isInside: Phrase;
  readonly isNotParted: Phrase;
}

const array: Shape = {
  open: 0x5b,
  close: 0x5d,
  hasKeys: false,
  isNone: phrase`The file is no JSON array`,
  isOpen: phrase`The file ends before its closing bracket`,
  hasMore: phrase`There is more text after the closing bracket`,
  isInside: phrase`The file ends inside an item`,
  isNotParted: phrase`Items are not parted by one comma each`,
};

const object: Shape = {
  open: 0x7b,
  close: 0x7d,
  hasKeys: true,
  isNone: phrase`The file is no JSON object`,
  isOpen: phrase`The file ends before its closing brace`,
  hasMore: phrase`There is more text after the closing brace`,
  isInside: phrase`The file ends inside an entry`,
  isNotParted: phrase`Entries are not parted by one comma each`,
};

const [other, blank, opener, closer] = [0, 1, 2, 3] as const;
/** What a byte outside of strings is. */
const kinds = new Uint8Array(256);
for (const byte of [0x20, 0x09, 0x0a, 0x0d]) kinds[byte] = blank;
for (const byte of [0x5b, 0x7b]) kinds[byte] = opener;
for (const byte of [0x5d, 0x7d]) kinds[byte] = closer;

type State = 'before' | 'first' | 'between' | 'next' | 'item' | 'after' | 'broken';
/** What of an item comes next, outside of its brackets and strings. */
type Part = 'key' | 'colon' | 'value' | 'scalar';

class Scanner {
  private state: State = 'before';
  private part: Part = 'value';
  private depth = 0;
  private inString = false;
  private escaped = false;
  private slash = -1;
  private pieces: Uint8Array[] = [];
  private start = 0;
  private line = 1;
  private broken: Phrase | undefined;

  constructor(private readonly shape: Shape) {}

  *scan(chunk: Uint8Array): Generator<Unit, void> {
    let from = 0;
    let at = 0;
    this.slash = -1;
    while (at < chunk.length && this.state !== 'broken') {
      if (this.state === 'item') {
        const end = this.goOn(chunk, at);
        at = Math.abs(end);
        if (end > 0) continue;
        yield* this.flush('record', chunk.slice(from, at));
        from = at;
        this.state = 'between';
        continue;
      }
      const byte = chunk[at] ?? 0;
      if (kinds[byte] === blank) {
        at++;
        continue;
      }
      this.state = this.follow(byte);
      if (this.state === 'item' || this.state === 'broken') {
        yield* this.flush('gap', chunk.slice(from, at));
        from = at;
      } else at++;
    }
    if (from < chunk.length) this.pieces.push(chunk.slice(from));
  }

  *finish(): Generator<Unit, void> {
    const isInside = this.state === 'item' || this.state === 'broken';
    const isOpen = this.state !== 'after' && this.state !== 'before';
    if (isInside) {
      this.broken ??= this.shape.isInside;
      yield* this.flush('record', new Uint8Array());
      return;
    }
    yield* this.flush('gap', new Uint8Array());
    if (isOpen) {
      this.broken = this.shape.isOpen;
      const { start, line, broken } = this;
      yield { kind: 'record', bytes: new Uint8Array(), start, line, broken };
    }
  }

  /** The state after a byte that is no blank and stands in no item. */
  private follow(byte: number): State {
    const { open, close, isNone, isNotParted, hasMore } = this.shape;
    switch (this.state) {
      case 'before':
        if (markBytes.has(byte)) return 'before';
        return byte === open ? 'first' : this.fail(isNone);
      case 'first':
        return byte === close ? 'after' : this.begin(byte);
      case 'next':
        return this.begin(byte);
      case 'between':
        return byte === close ? 'after' : byte === comma ? 'next' : this.fail(isNotParted);
      default:
        return this.fail(hasMore);
    }
  }

  private begin(byte: number): State {
    const { hasKeys, isNotParted } = this.shape;
    if (byte === comma || kinds[byte] === closer) return this.fail(isNotParted);
    if (hasKeys && byte !== quote) return this.fail(phrase`A key in quotation marks is missing`);
    this.part = hasKeys ? 'key' : 'value';
    return 'item';
  }

  private fail(reason: Phrase): State {
    this.broken = reason;
    return 'broken';
  }

  /** Goes on in an item from `at`; where to go on next, or below 0 where the item ends, there. */
  private goOn(chunk: Uint8Array, at: number): number {
    if (this.inString) return this.skipString(chunk, at);
    const byte = chunk[at] ?? 0;
    if (byte === quote && this.part !== 'colon' && this.part !== 'scalar') {
      this.inString = true;
      return at + 1;
    }
    const kind = kinds[byte];
    if (this.depth > 0) {
      if (kind === opener) this.depth++;
      else if (kind === closer && --this.depth === 0) return -(at + 1);
      return at + 1;
    }
    if (this.part === 'scalar') {
      return kind === blank || kind === closer || byte === comma ? -at : at + 1;
    }
    if (kind === blank) return at + 1;
    if (this.part === 'colon') {
      if (byte === colon) this.part = 'value';
      else this.state = this.fail(phrase`A colon after a key is missing`);
    } else if (kind === opener) this.depth = 1;
    else if (kind === other && byte !== comma) this.part = 'scalar';
    else this.state = this.fail(phrase`A value is missing`);
    return at + 1;
  }

  /** The same from inside a string: most bytes of a file are in one, and passed at once. */
  private skipString(chunk: Uint8Array, from: number): number {
    let at = from;
    if (this.escaped) {
      this.escaped = false;
      at++;
    }
    for (;;) {
      const end = chunk.indexOf(quote, at);
      const slash = this.slashFrom(chunk, at);
      if (slash < (end < 0 ? chunk.length : end)) {
        at = slash + 2;
        this.escaped = at > chunk.length;
        if (this.escaped) return chunk.length;
        continue;
      }
      if (end < 0) return chunk.length;
      this.inString = false;
      if (this.depth > 0) return end + 1;
      if (this.part !== 'key') return -(end + 1);
      this.part = 'colon';
      return end + 1;
    }
  }

  /** The next backslash of the chunk, its length where there is none; one search tells of many strings. */
  private slashFrom(chunk: Uint8Array, at: number): number {
    if (this.slash < at) {
      const found = chunk.indexOf(backslash, at);
      this.slash = found < 0 ? chunk.length : found;
    }
    return this.slash;
  }

  private *flush(kind: Unit['kind'], last: Uint8Array): Generator<Unit, void> {
    const bytes = join([...this.pieces, last]);
    this.pieces = [];
    const { start, line, broken } = this;
    this.start += bytes.length;
    for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) {
      this.line++;
    }
    if (bytes.length > 0) {
      yield { kind, bytes, start, line, ...(kind === 'record' && broken ? { broken } : {}) };
    }
  }
}
