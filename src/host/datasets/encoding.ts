import iconv from 'iconv-lite';
import { InputError } from '../../core/errors';
import type { ByteChunks } from '../../core/formats/format';
import { decodeUtf8, encodeUtf8 } from '../../core/formats/wholeFile';
import { phrase } from '../../core/messages/phrase';

/** The encoding that a byte order mark names; undefined without one, and for UTF-8's. */
export function encodingOfMark(head: Uint8Array): string | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf16be' : undefined;
}

/** Whether files of this encoding are used byte for byte as they are. */
export function isUtf8(encoding: string): boolean {
  return /^utf-?8(bom|-sig)?$/iu.test(encoding);
}

function checkEncoding(encoding: string): void {
  if (isUtf8(encoding) || iconv.encodingExists(encoding)) return;
  throw new InputError(
    phrase`The encoding “${encoding}” is not known`,
    phrase`Choose another one with “Reopen Data Set with Encoding…”.`,
  );
}

/**
 * The encoding of a file that begins with these bytes: a byte order mark counts more than what was declared.
 * @throws InputError for an encoding that nothing is known of.
 */
export function encodingFor(head: Uint8Array, declared: string | undefined): string {
  const encoding = encodingOfMark(head) ?? declared ?? 'utf8';
  checkEncoding(encoding);
  return encoding;
}

/** Turns bytes of an encoding into UTF-8, piece by piece; what it cannot decode is kept, escaped. */
export class Decoding {
  private pending: Buffer = Buffer.alloc(0);
  private readonly isWide: boolean;
  /** Whether writing the text back would give the same bytes so far. */
  isFaithful = true;

  constructor(private readonly encoding: string) {
    this.isWide = isUtf16(encoding);
  }

  write(bytes: Uint8Array): Uint8Array {
    this.pending = Buffer.concat([this.pending, bytes]);
    const end = this.isWide ? this.pending.length & ~1 : lastSafe(this.pending, 0);
    // A pair of UTF-16 must not be cut: its second half may be yet to come.
    const cut = this.isWide && end > 0 && this.endsInPair(end) ? end - 2 : end;
    const ready = this.pending.subarray(0, cut);
    this.pending = this.pending.subarray(cut);
    return this.decode(ready);
  }

  end(): Uint8Array {
    const rest = this.pending;
    this.pending = Buffer.alloc(0);
    if (this.isWide && rest.length % 2 === 1) this.isFaithful = false;
    return this.decode(rest);
  }

  private endsInPair(end: number): boolean {
    const high = this.pending[isBigEndian(this.encoding) ? end - 2 : end - 1] ?? 0;
    return high >= 0xd8 && high <= 0xdb;
  }

  private decode(bytes: Buffer): Buffer {
    if (bytes.length === 0) return bytes;
    const text = iconv.decode(bytes, this.encoding, { stripBOM: false });
    if (this.isWide) return escapeSurrogates(text);
    const back = iconv.encode(text, this.encoding, { addBOM: false });
    if (back.equals(bytes)) return Buffer.from(text, 'utf8');
    // The half without the strange bytes is decoded at once.
    const inner = bytes.subarray(0, -1);
    const middle = lastSafe(inner, inner.length >>> 1) || lastSafe(inner, 0);
    if (middle > 0) {
      return Buffer.concat([
        this.decode(bytes.subarray(0, middle)),
        this.decode(bytes.subarray(middle)),
      ]);
    }
    return this.decodeSingly(bytes);
  }

  private decodeSingly(bytes: Buffer): Buffer {
    const pieces: Buffer[] = [];
    for (let at = 0; at < bytes.length;) {
      const own = [1, 2, 4, 3]
        .map((length) => bytes.subarray(at, at + length))
        .map((part) => ({ part, text: iconv.decode(part, this.encoding, { stripBOM: false }) }))
        .find(
          ({ part, text }) =>
            [...text].length === 1 &&
            iconv.encode(text, this.encoding, { addBOM: false }).equals(part),
        );
      pieces.push(own === undefined ? escape(bytes[at] ?? 0) : Buffer.from(own.text, 'utf8'));
      at += own?.part.length ?? 1;
    }
    return Buffer.concat(pieces);
  }
}

/**
 * UTF-8 in another encoding, piece by piece; what a `Decoding` escaped becomes what it was.
 * @throws InputError for a character that the encoding does not have.
 */
export async function* encodePieces(
  chunks: ByteChunks,
  encoding: string,
): AsyncGenerator<Uint8Array> {
  if (isUtf8(encoding)) {
    yield* chunks;
    return;
  }
  let pending = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([pending, chunk]);
    const end = wholeCharacters(bytes);
    yield encodeEscaped(bytes.subarray(0, end), encoding);
    pending = bytes.subarray(end);
  }
  yield encodeEscaped(pending, encoding);
}

function encodeEscaped(bytes: Buffer, encoding: string): Uint8Array {
  const pieces: Uint8Array[] = [];
  let from = 0;
  for (let at = bytes.indexOf(0xed); at >= 0; at = bytes.indexOf(0xed, at + 1)) {
    const second = bytes[at + 1] ?? 0;
    if (second < 0xa0) continue;
    pieces.push(encodeText(bytes.toString('utf8', from, at), encoding));
    pieces.push(unescape(((second & 0x3f) << 6) | ((bytes[at + 2] ?? 0) & 0x3f), encoding));
    from = at + 3;
  }
  if (from === 0) return encodeText(bytes.toString('utf8'), encoding);
  return Buffer.concat([...pieces, encodeText(bytes.toString('utf8', from), encoding)]);
}

/**
 * A byte that is none of its encoding as three that are none of UTF-8, U+DC00 and more, so that its record
 * cannot be read and stays as it is.
 */
function escape(byte: number): Buffer {
  return surrogate(0xdc00 + byte);
}

/** What was escaped, of which the lower 12 bits are given. */
function unescape(bits: number, encoding: string): Buffer {
  if (!isUtf16(encoding)) return Buffer.from([bits & 0xff]);
  const unit = [bits & 0xff, 0xd0 | (bits >> 8)];
  return Buffer.from(isBigEndian(encoding) ? unit.toReversed() : unit);
}

/** The text in UTF-8, with lone surrogates as three bytes that are none of UTF-8. */
function escapeSurrogates(text: string): Buffer {
  if (!/\p{Surrogate}/u.test(text)) return Buffer.from(text, 'utf8');
  const pieces = text.split(/(\p{Surrogate})/u);
  return Buffer.concat(
    pieces.map((piece, index) =>
      index % 2 === 0 ? Buffer.from(piece, 'utf8') : surrogate(piece.charCodeAt(0)),
    ),
  );
}

function surrogate(unit: number): Buffer {
  return Buffer.from([0xed, 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)]);
}

function isUtf16(encoding: string): boolean {
  return /^utf-?16/iu.test(encoding);
}

function isBigEndian(encoding: string): boolean {
  return /be$/iu.test(encoding);
}

/**
 * Where a multi-byte text can be cut: behind the last byte before `most` that is a character by itself
 * in every encoding, such as a blank or quotation mark; 0 where there is none.
 */
function lastSafe(bytes: Buffer, most: number): number {
  for (let at = most === 0 ? bytes.length - 1 : most; at >= 0; at--) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x30 && byte !== 0x2b && byte !== 0x2f) return at + 1;
  }
  return 0;
}

/** How many bytes of UTF-8 are whole characters. */
function wholeCharacters(bytes: Buffer): number {
  for (let at = bytes.length - 1; at >= Math.max(0, bytes.length - 3); at--) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return at + length > bytes.length ? at : bytes.length;
  }
  return bytes.length;
}

/** The text of a file's bytes; undefined when writing it back would not give the same bytes. */
export function decodeText(bytes: Uint8Array, encoding: string): string | undefined {
  if (isUtf8(encoding)) return decodeUtf8(bytes);
  const text = iconv.decode(Buffer.from(bytes), encoding, { stripBOM: false });
  return iconv.encode(text, encoding, { addBOM: false }).equals(bytes) ? text : undefined;
}

/** @throws InputError for a character that the encoding does not have. */
export function encodeText(text: string, encoding: string): Uint8Array {
  if (isUtf8(encoding)) return encodeUtf8(text);
  const bytes = iconv.encode(text, encoding, { addBOM: false });
  const back = iconv.decode(bytes, encoding, { stripBOM: false });
  if (back === text) return bytes;
  const strange = [...text].find(
    (character) =>
      iconv.decode(iconv.encode(character, encoding, { addBOM: false }), encoding, {
        stripBOM: false,
      }) !== character,
  );
  throw new InputError(
    phrase`The character “${strange ?? ''}” cannot be written as ${encoding}`,
    phrase`Remove it, or save the file as UTF-8 in the text editor first.`,
  );
}
