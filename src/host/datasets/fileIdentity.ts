import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';

/** Bytes of the beginning and of the end that are compared. */
const PART = 65_536;

/** What tells a file's content from another one without reading all of it. */
export interface FileIdentity {
  readonly size: number;
  readonly modified: number;
  /** Hash of size, beginning and end. */
  readonly digest: string;
}

/** The identity of a file; undefined when it does not exist. */
export async function identifyFile(file: string): Promise<FileIdentity | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const { size, mtimeMs } = await handle.stat();
    const hash = createHash('sha256').update(String(size));
    const bytes = Buffer.alloc(PART);
    for (const start of [0, Math.max(PART, size - PART)]) {
      const { bytesRead } = await handle.read(bytes, 0, PART, start);
      hash.update(bytes.subarray(0, bytesRead));
    }
    return { size, modified: mtimeMs, digest: hash.digest('hex').slice(0, 32) };
  } finally {
    await handle.close();
  }
}

/** The digest of a file with just these bytes. */
export function digestOfBytes(bytes: Uint8Array): string {
  const { length } = bytes;
  const hash = createHash('sha256').update(String(length)).update(bytes.subarray(0, PART));
  const tail = bytes.subarray(Math.max(PART, length - PART)).subarray(0, PART);
  return hash.update(tail).digest('hex').slice(0, 32);
}

/** Whether both are the same content, a touched file included. */
export function isSameFile(a: FileIdentity | undefined, b: FileIdentity | undefined): boolean {
  return a?.size === b?.size && a?.digest === b?.digest;
}
