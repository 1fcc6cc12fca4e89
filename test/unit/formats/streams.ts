import { collect } from '../../../src/core/formats/wholeFile';
import type {
  ByteChunks,
  Format,
  FormatRecord,
  PassageData,
  PassageRecord,
  ReadOptions,
} from '../../../src/core/formats/format';
import { phraseText } from '../../../src/core/messages/phrase';

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The bytes in pieces of one size, each in memory that is overwritten after use, as readers reuse buffers. */
export async function* chunksOf(bytes: Uint8Array, size = 65536): AsyncGenerator<Uint8Array, void> {
  const buffer = new Uint8Array(size);
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size);
    buffer.set(piece);
    yield buffer.subarray(0, piece.length);
    await Promise.resolve();
    buffer.fill(0x3f);
  }
}

export async function readAll(
  format: Format,
  content: string | ByteChunks,
  options: ReadOptions = {},
): Promise<FormatRecord[]> {
  const chunks = typeof content === 'string' ? chunksOf(bytesOf(content)) : content;
  const records: FormatRecord[] = [];
  for await (const record of format.read(chunks, options)) records.push(record);
  return records;
}

/** The records, all of which must be passages. */
export async function readPassages(
  format: Format,
  content: string | ByteChunks,
  options: ReadOptions = {},
): Promise<PassageRecord[]> {
  return (await readAll(format, content, options)).map((record) => {
    if (record.kind === 'bad') throw new Error(phraseText(record.problem.message));
    return record;
  });
}

export async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await collect(chunks));
}

export async function write(format: Format, passages: readonly PassageData[]): Promise<string> {
  return textOf(format.write(passages));
}

/** Spans and paths, for comparison. */
export function spansOf({ entities }: Pick<PassageData, 'entities'>) {
  return entities.map(({ start, end, path }) => [start, end, path.join('/')]);
}
