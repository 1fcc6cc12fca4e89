import { InputError } from '../../core/errors';
import { phrase } from '../../core/messages/phrase';

/** Longest line that is read, in bytes; text of this size already takes minutes. */
export const longestLine = 64 * 1024 * 1024;

/** Bytes at a file's beginning that are searched for signs of binary content. */
const sniffed = 8192;

/** One line of an input, without its line break: its text, or why it could not be read. */
export type Line =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly error: InputError };

export interface ReadLinesOptions {
  /** Name of the input, as the user knows it. */
  readonly source: string;
  /** WHATWG encoding label; UTF-8, or UTF-16 where a byte order mark says so, when absent. */
  readonly encoding?: string;
  /** Longest line in bytes; a longer one becomes an error in its place. */
  readonly longest?: number;
}

/**
 * Splits bytes into lines as they arrive, numbered from 1; memory holds one line. A line break is
 * LF or CR LF; the last line need not have one. A line that is not valid in the encoding, or too
 * long, yields its error in its place, and reading goes on.
 * @throws {InputError} for an unknown encoding, and for binary content at the beginning.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  options: ReadLinesOptions,
): AsyncGenerator<Line> {
  const { source, longest = longestLine } = options;
  let decoder = options.encoding === undefined ? undefined : newDecoder(options.encoding, source);
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let tooLong = false;
  let number = 0;
  const close = (): Line => {
    number++;
    const bytes = concat(held, heldBytes);
    held = [];
    heldBytes = 0;
    if (tooLong) {
      tooLong = false;
      return { number, error: lineTooLong(longest, source, number) };
    }
    return decodeLine(bytes, (decoder ??= newDecoder('utf-8', source)), source, number);
  };
  for await (const chunk of alignToUnits(chunks, options.encoding)) {
    if (number === 0 && heldBytes === 0 && !tooLong) {
      decoder ??= newDecoder(encodingOfMark(chunk) ?? 'utf-8', source);
      refuseBinary(chunk, decoder, source);
    }
    const wide = decoder?.encoding.startsWith('utf-16') === true;
    let from = 0;
    for (;;) {
      const at = findLineBreak(chunk, from, wide ? decoder : undefined);
      const piece = chunk.subarray(from, at === -1 ? chunk.length : at);
      if (heldBytes + piece.length > longest) {
        tooLong = true;
        held = [];
        heldBytes = 0;
      } else if (!tooLong && piece.length > 0) {
        held.push(piece);
        heldBytes += piece.length;
      }
      if (at === -1) break;
      yield close();
      from = at + (wide ? 2 : 1);
    }
  }
  if (heldBytes > 0 || tooLong) yield close();
}

/** A decoder that throws on bytes which are invalid in the encoding. */
export function newDecoder(encoding: string, source: string): TextDecoder {
  try {
    // Marks are taken off the first line alone: elsewhere U+FEFF is a character with an offset.
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  } catch {
    throw new InputError(
      phrase`“${encoding}” is not a known text encoding`,
      phrase`Use a name such as utf-8, utf-16le, windows-1252, shift_jis or gb18030.`,
      { source },
    );
  }
}

/** The UTF-16 encoding that a byte order mark at the beginning of `bytes` announces. */
export function encodingOfMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** @throws {InputError} when the beginning of `bytes` cannot be text of the decoder's encoding. */
export function refuseBinary(bytes: Uint8Array, decoder: TextDecoder, source: string): void {
  if (decoder.encoding.startsWith('utf-16')) return;
  if (!bytes.subarray(0, sniffed).includes(0)) return;
  throw new InputError(
    phrase`This is a binary file, or text in an encoding with zero bytes`,
    phrase`Give a text file, or name its encoding with --encoding (for example utf-16le).`,
    { source },
  );
}

function decodeLine(bytes: Uint8Array, decoder: TextDecoder, source: string, line: number): Line {
  try {
    let text = decoder.decode(bytes);
    if (line === 1 && text.startsWith('\uFEFF')) text = text.slice(1);
    return { number: line, text: text.endsWith('\r') ? text.slice(0, -1) : text };
  } catch {
    const error = new InputError(
      phrase`The line is not valid ${decoder.encoding.toUpperCase()}`,
      phrase`Name the encoding of the input with --encoding.`,
      { source, line },
    );
    return { number: line, error };
  }
}

function lineTooLong(longest: number, source: string, line: number): InputError {
  return new InputError(
    phrase`The line is longer than ${longest.toLocaleString('en')} bytes`,
    phrase`Cut the text into shorter passages.`,
    { source, line },
  );
}

function findLineBreak(bytes: Uint8Array, from: number, wide: TextDecoder | undefined): number {
  if (wide === undefined) return bytes.indexOf(0x0a, from);
  const [first, second] = wide.encoding === 'utf-16le' ? [0x0a, 0] : [0, 0x0a];
  for (let at = from; at + 1 < bytes.length; at += 2) {
    if (bytes[at] === first && bytes[at + 1] === second) return at;
  }
  return -1;
}

/** Passes chunks on so that in UTF-16 no code unit is cut in two; other encodings pass as they are. */
async function* alignToUnits(
  chunks: AsyncIterable<Uint8Array>,
  encoding: string | undefined,
): AsyncGenerator<Uint8Array> {
  let wide = encoding === undefined ? undefined : /^utf-?16/i.test(encoding);
  let rest: Uint8Array = new Uint8Array();
  for await (const chunk of chunks) {
    let bytes = rest.length === 0 ? chunk : concat([rest, chunk], rest.length + chunk.length);
    rest = new Uint8Array();
    if (wide === undefined && bytes.length < 2) {
      rest = bytes;
      continue;
    }
    wide ??= encodingOfMark(bytes) !== undefined;
    if (wide && bytes.length % 2 === 1) {
      rest = bytes.subarray(-1);
      bytes = bytes.subarray(0, -1);
    }
    yield bytes;
  }
  if (rest.length > 0) yield rest;
}

function concat(pieces: readonly Uint8Array[], length: number): Uint8Array {
  if (pieces.length === 1) return pieces[0] ?? new Uint8Array();
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
