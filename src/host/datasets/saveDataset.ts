import { rm } from 'node:fs/promises';
import type { SideRecord } from '../../core/dataset/sideRecords';
import { InputError } from '../../core/errors';
import { phrase } from '../../core/messages/phrase';
import type { DatasetStore } from './datasetStore';
import { encodePieces } from './encoding';
import { identifyFile, type FileIdentity } from './fileIdentity';
import { lazyEdits } from './lazyEdits';
import { SaveNotes, type SaveLoss } from './saveNotes';
import { sideFileOf, sideLines } from './sideFile';
import { writePart } from './writeAtomically';

/** What became of a save. */
export interface SavedDataset {
  /** Content of the file as it was written; undefined for a folder. */
  readonly digest?: string;
  readonly losses: readonly SaveLoss[];
  /** Passages of which the side file says more. */
  readonly beside: number;
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
  const notes = await SaveNotes.open(store);
  const edits = lazyEdits(store, notes.onPassage);
  const options = { ...store.options, onNote: notes.onNote };
  const edited = store.format.edit(store.copy.stream(), edits, options);
  const size = store.copy.size + (1 << 20);
  const main = await writePart({ file, size }, encodePieces(edited, encoding));
  try {
    const { digest } = (await identifyFile(main.part)) as FileIdentity;
    await writeSides(store, file, notes.sides, digest);
    await main.commit();
    return { digest, losses: notes.losses, beside: notes.sides.size };
  } catch (error) {
    await main.discard();
    throw error;
  }
}

function checkSaveable({ copy, journal }: DatasetStore): void {
  if (copy.isFaithful || !journal.hasChanges) return;
  throw new InputError(
    phrase`The file has bytes that are not valid in its encoding, and they would be lost`,
    phrase`Choose its encoding with “Reopen Data Set with Encoding…”.`,
  );
}

async function writeSides(
  { side }: DatasetStore,
  file: string,
  sides: ReadonlyMap<number, SideRecord>,
  digest: string,
): Promise<void> {
  const sideFile = sideFileOf(file);
  if (sides.size === 0 && side.unread.length === 0) {
    await rm(sideFile, { force: true });
    return;
  }
  const lines = sideLines(side.unread, sides, digest);
  const written = await writePart({ file: sideFile, size: sides.size * 500 }, lines);
  await written.commit();
}
