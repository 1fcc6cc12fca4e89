import { readSync } from 'node:fs';
import { open, rm, statfs, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../../core/errors';
import type { RepeatableChunks } from '../../core/formats/wholeFile';
import { phrase } from '../../core/messages/phrase';
import { Decoding, isUtf8 } from './encoding';

const PIECE = 1 << 20;

/**
 * A copy of a data set's file, in UTF-8, in a folder of ours. Edits are kept over it: whatever happens to
 * the file meanwhile, what was opened can still be shown, saved and undone to.
 */
export class WorkingCopy {
  private written = 0;
  /** Whether writing the copy back in the file's encoding gives its bytes. */
  isFaithful = true;

  private constructor(
    readonly file: string,
    private readonly handle: FileHandle,
  ) {}

  /** @throws InputError when the folder has no room for `size` bytes. */
  static async create(file: string, size: number): Promise<WorkingCopy> {
    await checkSpace(path.dirname(file), size);
    return new WorkingCopy(file, await open(file, 'w+'));
  }

  /** A copy that was made before. */
  static async reopen(file: string): Promise<WorkingCopy> {
    const copy = new WorkingCopy(file, await open(file, 'r'));
    copy.written = (await copy.handle.stat()).size;
    return copy;
  }

  /** Bytes of it so far. */
  get size(): number {
    return this.written;
  }

  /** Copies a file piece by piece, and yields each piece, in UTF-8, once it can be read here. */
  async *fill(source: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<Uint8Array> {
    const decoding = isUtf8(encoding) ? undefined : new Decoding(encoding);
    const put = async (bytes: Uint8Array): Promise<Uint8Array> => {
      await this.handle.write(bytes, 0, bytes.length, this.written);
      this.written += bytes.length;
      return bytes;
    };
    for await (const piece of source) yield await put(decoding?.write(piece) ?? piece);
    if (decoding === undefined) return;
    yield await put(decoding.end());
    this.isFaithful = decoding.isFaithful;
  }

  /** The bytes `[start, end)`. */
  async read(start: number, end: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(end - start);
    let at = 0;
    while (at < bytes.length) {
      const { bytesRead } = await this.handle.read(bytes, at, bytes.length - at, start + at);
      if (bytesRead === 0) throw new RangeError('The working copy is shorter than it was.');
      at += bytesRead;
    }
    return bytes;
  }

  /** The same without waiting, for work that cannot. */
  readNow(start: number, end: number): Uint8Array {
    const bytes = new Uint8Array(end - start);
    for (let at = 0; at < bytes.length;) {
      const count = readSync(this.handle.fd, bytes, at, bytes.length - at, start + at);
      if (count === 0) throw new RangeError('The working copy is shorter than it was.');
      at += count;
    }
    return bytes;
  }

  /** All of it, in pieces of a megabyte. */
  stream(): RepeatableChunks {
    return { isRepeatable: true, [Symbol.asyncIterator]: () => this.pieces() };
  }

  private async *pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < this.written; at += PIECE) {
      yield await this.read(at, Math.min(at + PIECE, this.written));
    }
  }

  async close(options: { readonly keep: boolean }): Promise<void> {
    await this.handle.close();
    if (!options.keep) await rm(this.file, { force: true });
  }
}

/** The bytes of a file in pieces of a megabyte; the memory of a piece is not used again. */
export async function* readPieces(file: string): AsyncGenerator<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    for (;;) {
      const bytes = new Uint8Array(PIECE);
      const { bytesRead } = await handle.read(bytes, 0, PIECE);
      if (bytesRead === 0) return;
      yield bytes.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** @throws InputError when the disk of a folder has no room for `size` bytes more. */
export async function checkSpace(folder: string, size: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= size) return;
  throw new InputError(
    phrase`There is not enough room in ${folder}: ${megabytes(size)} MB are needed, ${megabytes(free)} MB are free`,
    phrase`Make room on the disk, and try again.`,
  );
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1e6);
}
