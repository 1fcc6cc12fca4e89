import type { ByteChunks } from './format';
import { join } from './lines';

/** Bytes of a file that begin anew each time they are asked for. */
export interface RepeatableChunks extends AsyncIterable<Uint8Array> {
  readonly isRepeatable: true;
}

/** Whether chunks can be gone through more than once. */
export function canReadAgain(chunks: ByteChunks): boolean {
  return Array.isArray(chunks) || 'isRepeatable' in chunks;
}

/** All bytes of a file. */
export async function collect(chunks: ByteChunks): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const chunk of chunks) pieces.push(chunk.slice());
  return join(pieces);
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** The text of UTF-8 bytes, a byte order mark included; undefined when they are not valid. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}
