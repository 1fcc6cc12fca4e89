import iconv from 'iconv-lite';
import { InputError } from '../../core/errors';
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

/** @throws InputError for an encoding that nothing is known of. */
export function checkEncoding(encoding: string): void {
  if (isUtf8(encoding) || iconv.encodingExists(encoding)) return;
  throw new InputError(
    phrase`The encoding “${encoding}” is not known`,
    phrase`Choose another one in the setting files.encoding.`,
  );
}

/** Turns bytes of an encoding into UTF-8, piece by piece, and notices what could not be written back. */
export class Decoding {
  private readonly decoder: iconv.DecoderStream;
  private readonly encoder: iconv.EncoderStream;
  private pending: Buffer = Buffer.alloc(0);
  /** Whether writing the text back would give the same bytes so far. */
  isFaithful = true;

  constructor(encoding: string) {
    this.decoder = iconv.getDecoder(encoding, { stripBOM: false });
    this.encoder = iconv.getEncoder(encoding, { addBOM: false });
  }

  write(bytes: Uint8Array): Uint8Array {
    if (this.isFaithful) this.pending = Buffer.concat([this.pending, bytes]);
    return this.turn(this.decoder.write(Buffer.from(bytes)));
  }

  end(): Uint8Array {
    const last = this.turn(this.decoder.end() ?? '');
    this.compare(this.encoder.end());
    if (this.pending.length > 0) this.isFaithful = false;
    return last;
  }

  private turn(text: string): Uint8Array {
    this.compare(this.encoder.write(text));
    return Buffer.from(text, 'utf8');
  }

  private compare(back: Buffer | undefined): void {
    if (back === undefined || !this.isFaithful) return;
    this.isFaithful = this.pending.subarray(0, back.length).equals(back);
    this.pending = this.isFaithful ? this.pending.subarray(back.length) : Buffer.alloc(0);
  }
}

/**
 * UTF-8 in another encoding, piece by piece.
 * @throws InputError for a character that the encoding does not have.
 */
export async function* encodePieces(
  chunks: AsyncIterable<Uint8Array>,
  encoding: string,
): AsyncGenerator<Uint8Array> {
  if (isUtf8(encoding)) {
    yield* chunks;
    return;
  }
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for await (const chunk of chunks)
    yield encodeText(decoder.decode(chunk, { stream: true }), encoding);
  yield encodeText(decoder.decode(), encoding);
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
