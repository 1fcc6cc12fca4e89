import type { ByteChunks } from './format';

/** A line of a file as bytes, without its line break. */
export interface ByteLine {
  readonly bytes: Uint8Array;
  /** Offset of its first byte in the file; a byte order mark at the beginning of the file is no part. */
  readonly start: number;
  /** Number of bytes of the line break after it: 0 (end of the file), 1 or 2. */
  readonly breakLength: number;
  /** Counted from 1. */
  readonly number: number;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const byteOrderMark = [0xef, 0xbb, 0xbf];

/** Yields the lines of a file as soon as they are whole; keeps one line in memory. */
export async function* splitLines(chunks: ByteChunks): AsyncGenerator<ByteLine, void> {
  let pieces: Uint8Array[] = [];
  let start = 0;
  let number = 1;
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      pieces.push(chunk.subarray(from, at));
      const line = lineOf(join(pieces), start, 1, number++);
      start = line.start + line.bytes.length + line.breakLength;
      pieces = [];
      from = at + 1;
      yield line;
    }
    // A copy, because the owner of the chunk may use its memory again.
    if (from < chunk.length) pieces.push(chunk.slice(from));
  }
  if (pieces.length > 0) yield lineOf(join(pieces), start, 0, number);
}

function lineOf(all: Uint8Array, start: number, breakLength: number, number: number): ByteLine {
  const marked = start === 0 && byteOrderMark.every((byte, index) => all[index] === byte);
  const skipped = marked ? byteOrderMark.length : 0;
  const returns = breakLength === 1 && all.length > skipped && all.at(-1) === CARRIAGE_RETURN;
  return {
    bytes: all.subarray(skipped, all.length - (returns ? 1 : 0)),
    start: start + skipped,
    breakLength: breakLength + (returns ? 1 : 0),
    number,
  };
}

/** The pieces as one array; a single piece is given back as it is. */
export function join(pieces: readonly Uint8Array[]): Uint8Array {
  const [first] = pieces;
  if (first === undefined) return new Uint8Array();
  if (pieces.length === 1) return first;
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
