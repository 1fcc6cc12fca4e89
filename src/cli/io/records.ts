import { InputError } from '../../core/errors';
import type { Format } from '../../core/formats/format';
import { detectFormat } from '../../core/formats/formats';
import { phrase } from '../../core/messages/phrase';
import { formatNamed } from '../formats';
import { encodingOfMark, newDecoder, refuseBinary } from './lines';
import { peek, toUtf8, type Source } from './sources';

export interface OpenFormatOptions {
  /** Name of the format; found out from the file's name and beginning when absent. */
  readonly from?: string;
  readonly encoding?: string;
}

/** An input whose format is known; its bytes are read once, as they are or in UTF-8. */
export interface OpenedFile {
  readonly format: Format;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** The encoding that they are in: the one named, or UTF-16 where a byte order mark says so. */
  readonly encoding: string;
  /** Whether they begin with a byte order mark of UTF-16. */
  readonly isMarked: boolean;
  /** @throws {InputError} for bytes that are invalid in the encoding. */
  utf8(this: void): AsyncIterable<Uint8Array>;
}

/**
 * Opens an input and finds out its format; undefined when it is empty.
 * @throws {InputError} when the input cannot be opened, is binary, or is of no known format.
 */
export async function openFormat(
  source: Source,
  { from, encoding }: OpenFormatOptions,
): Promise<OpenedFile | undefined> {
  const { head, chunks } = await peek(source.chunks);
  if (head.length === 0) return undefined;
  const mark = encodingOfMark(head);
  const decoder = newDecoder(encoding ?? mark ?? 'utf-8', source.name);
  refuseBinary(head, decoder, source.name);
  const sample = new TextEncoder().encode(new TextDecoder(decoder.encoding).decode(head));
  const format = from === undefined ? detectFormat(sample, source.file) : formatNamed(from);
  if (format === undefined) {
    throw new InputError(phrase`The format is not known`, phrase`Name it with --from.`, {
      source: source.name,
    });
  }
  return {
    format,
    chunks,
    encoding: decoder.encoding,
    isMarked: mark !== undefined,
    utf8: () => toUtf8(chunks, encoding, source.name),
  };
}
