import { constants } from 'node:fs';
import { access, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../../core/errors';
import { phrase } from '../../core/messages/phrase';
import { checkSpace } from './workingCopy';

export interface WriteTarget {
  /** The file; a symbolic link stays one, and what it points to is written. */
  readonly file: string;
  /** About how many bytes there will be, for the check of free space. */
  readonly size: number;
  /** Whether nobody needs to look for what earlier saves left in the folder. */
  readonly isTidy?: boolean;
}

/** A file that is wholly written and has its name still to get. */
export interface WrittenFile {
  readonly part: string;
  /** Gives it its name; what had the name before is gone. */
  commit(): Promise<void>;
  discard(): Promise<void>;
}

/**
 * Writes a file beside the one whose name it is to get, and makes sure that it is on the disk. Whenever
 * the process or the machine stops, the name stands for the old file or the new one, whole.
 * @throws InputError when the file or its folder cannot be written; the old file is as it was.
 */
export async function writePart(
  { file, size, isTidy = false }: WriteTarget,
  chunks: AsyncIterable<Uint8Array>,
): Promise<WrittenFile> {
  const target = await realpath(file).catch(() => file);
  const folder = path.dirname(target);
  try {
    const before = await stat(target).catch(() => undefined);
    if (before !== undefined) await access(target, constants.W_OK);
    await checkSpace(folder, size);
    if (!isTidy) await removeStale(folder, path.basename(target));
    const part = path.join(folder, `.${path.basename(target)}.${process.pid}.saving`);
    const discard = () => rm(part, { force: true });
    // Through a masked mode of its own, a copy of a private file would be readable for others.
    const handle = await open(part, 'w', before?.mode ?? 0o666);
    try {
      for await (const chunk of inBlocks(chunks)) {
        let at = 0;
        while (at < chunk.length) {
          at += (await handle.write(chunk, at, chunk.length - at)).bytesWritten;
        }
      }
      if (before !== undefined) await handle.chmod(before.mode & 0o7777);
      await handle.sync();
    } catch (error) {
      await handle.close();
      await discard();
      throw error;
    }
    await handle.close();
    const commit = async () => {
      await rename(part, target);
      await syncFolder(folder);
    };
    return { part, commit, discard };
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw cannotWrite(file, error);
  }
}

/** Bytes that are written at once: formats give a line at a time. */
const BLOCK = 1 << 20;

/** The same bytes in larger pieces. */
async function* inBlocks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let block = new Uint8Array(BLOCK);
  let length = 0;
  for await (const chunk of chunks) {
    if (length + chunk.length > BLOCK) {
      if (length > 0) yield block.subarray(0, length);
      block = new Uint8Array(BLOCK);
      length = 0;
    }
    if (chunk.length > BLOCK) yield chunk;
    else {
      block.set(chunk, length);
      length += chunk.length;
    }
  }
  if (length > 0) yield block.subarray(0, length);
}

/**
 * Removes parts of processes that were killed while they saved.
 * @param name The file that they were to be; all files of the folder and of those below when absent.
 */
export async function removeStale(folder: string, name?: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: name === undefined })) {
    const [, whole, pid] = /^\.(.+)\.(\d+)\.saving$/u.exec(path.basename(entry)) ?? [];
    if (whole === undefined || (name !== undefined && whole !== name)) continue;
    if (!isRunning(Number(pid))) await rm(path.join(folder, entry), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The new name itself is on the disk only then; file systems that cannot do so keep it anyway. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function cannotWrite(file: string, error: unknown): InputError {
  const reason = error instanceof Error ? error.message : String(error);
  return new InputError(
    phrase`The file cannot be written (${reason})`,
    phrase`Make it and its folder writable, or save under another name.`,
    { source: file },
  );
}
