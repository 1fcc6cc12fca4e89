import { createHash } from 'node:crypto';
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  writeBratEntry,
  type BratEntry,
  type DocumentState,
  type FileState,
} from '../../core/formats/bratFolder';
import { InputError } from '../../core/errors';
import { encodeUtf8 } from '../../core/formats/wholeFile';
import { phrase } from '../../core/messages/phrase';
import { decodeText, encodeText, encodingOfMark } from './encoding';

/** The side file of a folder of brat. */
export const bratSideName = 'brat.provenance.jsonl';

/**
 * The documents of a folder by name, below it too: every `.txt`, its path without that, parts joined by `/`.
 * What begins with a dot is left out.
 */
export async function listDocuments(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true });
  return found
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => name.endsWith('.txt') && !/(?:^|\/)\./u.test(name))
    .map((name) => name.slice(0, -4))
    .sort();
}

/**
 * The same for a folder that is to be opened.
 * @param name The folder, as users know it.
 * @throws InputError for a folder without documents.
 */
export async function requireDocuments(folder: string, name: string): Promise<string[]> {
  const names = await listDocuments(folder);
  if (names.length > 0) return names;
  throw new InputError(
    phrase`The folder has no .txt file`,
    phrase`Choose a folder of brat: its texts are .txt files, and annotations .ann files beside them.`,
    { source: name },
  );
}

/** About how many bytes the working copy of a folder with these documents has. */
export async function sizeOfCopy(folder: string, names: readonly string[]): Promise<number> {
  let size = 0;
  for (const name of names) {
    for (const [, ending] of endings) {
      size += (await stat(path.join(folder, name + ending)).catch(() => undefined))?.size ?? 0;
    }
  }
  // Beside the contents each line has its name and what is on the disk.
  return size + names.length * 300;
}

/** The documents of a folder as lines of a working copy. */
export async function* readFolder(folder: string, encoding: string): AsyncGenerator<Uint8Array> {
  for (const name of await listDocuments(folder)) {
    yield encodeUtf8(`${writeBratEntry(await readDocument(folder, name, encoding))}\n`);
  }
}

async function readDocument(folder: string, name: string, encoding: string): Promise<BratEntry> {
  const text = await readState(path.join(folder, `${name}.txt`));
  const annotations = await readState(path.join(folder, `${name}.ann`));
  const said = text === null ? '' : decodeFile(text.bytes, encoding);
  const notes = annotations === null ? null : decodeFile(annotations.bytes, encoding);
  return {
    name,
    text: said ?? '',
    annotations: notes ?? null,
    state: { text: text?.state ?? null, annotations: annotations?.state ?? null },
    ...(said === undefined || notes === undefined ? { isUnreadable: true } : {}),
  };
}

function decodeFile(bytes: Uint8Array, encoding: string): string | undefined {
  return decodeText(bytes, encodingOfMark(bytes) ?? encoding);
}

/** What stands in a file, and its state; `null` where there is none. */
async function readState(file: string): Promise<{ bytes: Uint8Array; state: FileState } | null> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (handle === undefined) return null;
  try {
    const { mtimeMs } = await handle.stat();
    const bytes = await handle.readFile();
    const marked = encodingOfMark(bytes);
    const encoding = marked === undefined ? {} : { encoding: marked };
    const state = { size: bytes.length, modified: mtimeMs, digest: digestOf(bytes), ...encoding };
    return { bytes, state };
  } finally {
    await handle.close();
  }
}

/** Whether a file is as its state says; a touched file is. */
export async function isAs(file: string, state: FileState | null): Promise<boolean> {
  const now = await stat(file).catch(() => null);
  if (now === null || state === null) return now === state;
  if (now.size !== state.size) return false;
  if (now.mtimeMs === state.modified) return true;
  return (await readState(file))?.state.digest === state.digest;
}

/** The state of a file that was written just now. */
export async function stateAfter(
  file: string,
  bytes: Uint8Array,
  before: FileState | null,
): Promise<FileState> {
  const { mtimeMs } = await stat(file);
  return { ...before, size: bytes.length, modified: mtimeMs, digest: digestOf(bytes) };
}

/** Bytes of the files of a document; `null` for a file that is not to be there. */
export interface DocumentBytes {
  readonly text: Uint8Array | null;
  readonly annotations: Uint8Array | null;
}

/** The two files of a document and the endings of their names. */
export const endings = [
  ['text', '.txt'],
  ['annotations', '.ann'],
] as const;

/** @throws InputError for a character that the files' encoding does not have. */
export function bytesOf(
  { text, annotations }: Pick<BratEntry, 'text' | 'annotations'>,
  state: DocumentState,
  encoding: string,
): DocumentBytes {
  return {
    text: encodeText(text, state.text?.encoding ?? encoding),
    annotations:
      annotations === null
        ? null
        : encodeText(annotations, state.annotations?.encoding ?? encoding),
  };
}

export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}

/** Digest of the contents of a whole folder. */
export class FolderDigest {
  private readonly digests: (readonly [name: string, ...string[]])[] = [];

  /** Adds a document as it is to be, or as it is on the disk. */
  add({
    name,
    bytes,
    state,
  }: {
    readonly name: string;
    readonly bytes?: DocumentBytes | undefined;
    readonly state: DocumentState;
  }): void {
    if (bytes?.text === null) return;
    const parts = endings.map(([part]) => {
      if (bytes === undefined) return state[part]?.digest ?? '';
      const own = bytes[part];
      return own === null ? '' : digestOf(own);
    });
    this.digests.push([name, ...parts]);
  }

  get value(): string {
    const sorted = this.digests.toSorted(([a], [b]) => (a < b ? -1 : 1));
    return digestOf(encodeUtf8(JSON.stringify(sorted)));
  }
}

/** The digest of a folder as it is now. */
export async function digestFolder(folder: string): Promise<string> {
  const digest = new FolderDigest();
  for (const name of await listDocuments(folder)) {
    const text = await readState(path.join(folder, `${name}.txt`));
    const annotations = await readState(path.join(folder, `${name}.ann`));
    const state = { text: text?.state ?? null, annotations: annotations?.state ?? null };
    digest.add({ name, state });
  }
  return digest.value;
}
