import { open, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { bratFolderFormat } from '../../core/formats/bratFolder';
import { InputError } from '../../core/errors';
import type { Format } from '../../core/formats/format';
import { findFormat } from '../../core/formats/formats';
import { phrase } from '../../core/messages/phrase';
import { DatasetStore } from './datasetStore';
import {
  formatFor,
  headInUtf8,
  readOptionsFor,
  type DatasetBackup,
  type OpenParams,
} from './datasetKind';
import { encodingFor } from './encoding';
import { digestOfBytes, identifyFile } from './fileIdentity';
import { BratFolder } from './bratFolder';
import { bratSideName, digestFolder, readFolder, requireDocuments, sizeOfCopy } from './bratFiles';
import { openSides, readSideFile, sideFileOf } from './sideFile';
import { finishWriting } from './writeTogether';
import type { JournalState } from '../../core/dataset/journal';
import type { FindText } from '../../core/dataset/queryMatch';
import { readPieces, WorkingCopy } from './workingCopy';

/** Bytes of the beginning that show the format. */
const HEAD = 65_536;

/** A data set whose records are still to be found. */
export interface OpeningStore {
  readonly store: DatasetStore;
  /** The bytes of its working copy as they come to be there, and how many there are about. */
  readonly pieces: AsyncIterable<Uint8Array>;
  readonly size: number;
  /** Content of the file as it was opened or saved last; undefined for what is no file here. */
  readonly digest: string | undefined;
  /** What a backup needs beside the journal. */
  readonly origin: Pick<DatasetBackup, 'side' | 'opened'>;
  /** The folder of brat that it is; undefined for a file. */
  readonly brat?: BratFolder;
}

/**
 * Opens what was asked for: a file or bytes, or the working copy that a backup was made over.
 * @throws InputError when it is no data set, its encoding is not known, or there is no room for a copy.
 */
export async function openStore(params: OpenParams, search: FindText): Promise<OpeningStore> {
  const { source } = params;
  const backup = params.backup === undefined ? undefined : await readBackup(params.backup);
  if (backup !== undefined) {
    const copy = await WorkingCopy.reopen(backup.copy).catch(() => undefined);
    if (copy !== undefined) return restoreStore(params, backup, copy, search);
  }
  if (source.kind === 'folder') return openFolder(params, source.folder, backup, search);
  const digest =
    source.kind === 'file'
      ? (await identifyFile(source.file))?.digest
      : digestOfBytes(source.bytes);
  if (backup !== undefined && (digest === undefined || digest !== backup.opened))
    throw lost(params);
  const size = source.kind === 'file' ? (await stat(source.file)).size : source.bytes.length;
  const head = source.kind === 'file' ? await firstBytes(source.file) : source.bytes.slice(0, HEAD);
  const encoding = backup?.encoding ?? encodingFor(head, params.encoding);
  const utf8 = headInUtf8(head, encoding);
  const format = formatFor(utf8, params.name, backup?.format ?? params.format);
  const found =
    source.kind === 'file' ? await readSideFile(sideFileOf(source.file)) : (source.side ?? '');
  const side = backup?.side ?? found;
  const copy = await WorkingCopy.create(params.copy, size);
  const journal = backup?.journal;
  const facts = { format, copy, head: utf8, side, encoding, opened: digest, journal };
  const bytes = source.kind === 'file' ? readPieces(source.file) : once(source.bytes);
  return {
    store: newStore(params, facts, search),
    pieces: copy.fill(bytes, encoding),
    size,
    digest: backup?.digest ?? digest,
    origin: { side, opened: digest },
  };
}

async function restoreStore(
  params: OpenParams,
  backup: DatasetBackup,
  copy: WorkingCopy,
  search: FindText,
): Promise<OpeningStore> {
  const { side, opened, digest } = backup;
  const { source } = params;
  const folder = source.kind === 'folder' ? source.folder : undefined;
  const format = folder === undefined ? findFormat(backup.format) : bratFolderFormat;
  if (format === undefined) throw lost(params);
  const head = await copy.read(0, Math.min(HEAD, copy.size));
  const store = newStore(params, { ...backup, format, copy, head }, search);
  return {
    store,
    pieces: copy.stream(),
    size: copy.size,
    digest,
    origin: { side, opened },
    ...(folder === undefined ? {} : { brat: new BratFolder(folder, store, backup.brat) }),
  };
}

async function openFolder(
  params: OpenParams,
  folder: string,
  backup: DatasetBackup | undefined,
  search: FindText,
): Promise<OpeningStore> {
  await finishWriting(folder);
  const size = await sizeOfCopy(folder, await requireDocuments(folder, params.name));
  const found = await readSideFile(path.join(folder, bratSideName));
  // Reading all of it is needed only to know whether a side file was saved with just this.
  const hasOwn = backup !== undefined || found !== '';
  const opened = hasOwn ? await digestFolder(folder) : undefined;
  if (backup !== undefined && opened !== backup.opened) throw lost(params);
  const encoding = backup?.encoding ?? encodingFor(new Uint8Array(), params.encoding);
  const side = backup?.side ?? found;
  const copy = await WorkingCopy.create(params.copy, size);
  const journal = backup?.journal;
  const format = bratFolderFormat;
  const facts = { format, copy, head: new Uint8Array(), side, encoding, opened, journal };
  const store = newStore(params, facts, search);
  return {
    store,
    pieces: copy.fill(readFolder(folder, encoding), 'utf8'),
    size,
    digest: undefined,
    origin: { side, opened },
    brat: new BratFolder(folder, store, backup?.brat),
  };
}

interface StoreFacts {
  readonly format: Format;
  readonly copy: WorkingCopy;
  readonly head: Uint8Array;
  readonly side: string;
  readonly encoding: string;
  readonly opened: string | undefined;
  readonly journal: JournalState | undefined;
}

function newStore(params: OpenParams, facts: StoreFacts, search: FindText): DatasetStore {
  const { format, copy, head, side, encoding, opened, journal } = facts;
  const options = readOptionsFor(params.labels);
  return new DatasetStore({
    format,
    copy,
    encoding,
    reader: format.open(head, options),
    side: openSides(side, opened),
    options,
    search,
    ...(journal === undefined ? {} : { journal }),
  });
}

async function readBackup(file: string): Promise<DatasetBackup> {
  return JSON.parse(await readFile(file, 'utf8')) as DatasetBackup;
}

function lost({ name }: OpenParams): InputError {
  return new InputError(
    phrase`The unsaved edits cannot be restored: the copy that they were made in is gone, and the file has changed`,
    phrase`Open the file anew.`,
    { source: name },
  );
}

async function firstBytes(file: string): Promise<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    const bytes = new Uint8Array(HEAD);
    const { bytesRead } = await handle.read(bytes, 0, HEAD, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
