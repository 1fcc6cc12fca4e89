import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import {
  SideRecords,
  sideNotes,
  sideRecordOf,
  type SideRecord,
} from '../../core/dataset/sideRecords';
import { InputError } from '../../core/errors';
import type { PassageData, WriteNote } from '../../core/formats/format';
import { phrase, type Phrase } from '../../core/messages/phrase';
import type { DatasetStore } from './datasetStore';
import { encodePieces } from './encoding';
import { identifyFile, type FileIdentity } from './fileIdentity';
import { lazyEdits } from './lazyEdits';
import { writePart } from './writeAtomically';

/** What became of a save. */
export interface SavedDataset {
  readonly identity: FileIdentity;
  /** What the file does not say of passages that were written, and nothing beside it either. */
  readonly losses: readonly { readonly message: Phrase; readonly passages: number }[];
  /** Passages of which the side file says more. */
  readonly beside: number;
}

/** The file beside a data set that has what its format cannot say. */
export function sideFileOf(file: string): string {
  const { dir, name } = path.parse(file);
  return path.join(dir, `${name}.provenance.jsonl`);
}

/** The side file's text; empty when there is none. */
export async function readSideFile(file: string): Promise<string> {
  try {
    return await readFile(sideFileOf(file), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/**
 * Writes a data set as it stands to a file: old or new as a whole, whatever happens. What did not change
 * stays byte for byte; what the format cannot say goes into the side file.
 * @throws InputError when it cannot be written; the file is as it was then.
 */
export async function saveDataset(
  store: DatasetStore,
  file: string,
  encoding: string,
): Promise<SavedDataset> {
  checkSaveable(store);
  const sides = new Map<number, SideRecord>();
  for (const record of await keptSides(store)) sides.set(record.record, record);
  const losses = new Map<string, { message: Phrase; passages: number }>();
  const numbers = new WeakMap<PassageData, number>();
  const edits = lazyEdits(store, (id, passage) => {
    const number = store.journal.order.numberOf(id) ?? 0;
    numbers.set(passage, number);
    sides.delete(number);
  });
  const onNote = ({ kind, message, lost }: WriteNote, passage: PassageData): void => {
    const number = numbers.get(passage);
    if (number !== undefined && sideNotes.has(kind)) {
      if (!sides.has(number)) sides.set(number, sideRecordOf(passage, number));
    } else if (lost) {
      const known = losses.get(kind);
      losses.set(kind, { message, passages: (known?.passages ?? 0) + 1 });
    }
  };
  const edited = store.format.edit(store.copy.stream(), edits, { ...store.options, onNote });
  const size = store.copy.size + (1 << 20);
  const main = await writePart({ file, size }, encodePieces(edited, encoding));
  try {
    const identity = (await identifyFile(main.part)) as FileIdentity;
    const beside = await writeSides(store, file, sides, identity.digest);
    await main.commit();
    return { identity, losses: [...losses.values()], beside };
  } catch (error) {
    await main.discard();
    throw error;
  }
}

function checkSaveable({ copy, journal }: DatasetStore): void {
  if (copy.isFaithful || !journal.hasChanges) return;
  throw new InputError(
    phrase`The file has bytes that are not valid in its encoding, and they would be lost`,
    phrase`Open it with the right encoding (setting files.encoding).`,
  );
}

/** The side records of passages that are still there, with the numbers that they have now. */
async function keptSides(store: DatasetStore): Promise<SideRecord[]> {
  const { side, journal } = store;
  const kept: SideRecord[] = [];
  if (side.isEmpty) return kept;
  for (const block of store.blocks()) {
    for (const { record, id } of await store.passages(block)) {
      if (record?.kind !== 'passage') continue;
      const found = side.find(record, record.index);
      const number = journal.order.numberOf(id);
      if (found === undefined || number === undefined) continue;
      // What was found by its text alone may say more than the file does now.
      kept.push(side.isExact ? { ...found, record: number } : sideRecordOf(record, number));
    }
  }
  return kept;
}

/** Returns how many passages it is about. */
async function writeSides(
  { side }: DatasetStore,
  file: string,
  sides: ReadonlyMap<number, SideRecord>,
  digest: string,
): Promise<number> {
  const sideFile = sideFileOf(file);
  if (sides.size === 0 && side.unread.length === 0) {
    await rm(sideFile, { force: true });
    return 0;
  }
  const sorted = [...sides.values()].sort((a, b) => a.record - b.record);
  async function* lines(): AsyncGenerator<Uint8Array> {
    const encoder = new TextEncoder();
    yield await Promise.resolve(encoder.encode(`${JSON.stringify({ provenance: 1, digest })}\n`));
    for (const line of side.unread) yield encoder.encode(`${line}\n`);
    for (const record of sorted) yield encoder.encode(`${JSON.stringify(record)}\n`);
  }
  const written = await writePart({ file: sideFile, size: sides.size * 500 }, lines());
  await written.commit();
  return sides.size;
}

/** The records of a side file for use with a file of that digest. */
export function openSides(text: string, digest: string | undefined): SideRecords {
  const sides = new SideRecords(text);
  if (digest !== undefined) sides.useWith(digest);
  return sides;
}
