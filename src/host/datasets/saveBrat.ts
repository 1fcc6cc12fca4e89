import { copyFile, mkdir, mkdtemp, rename, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../../core/errors';
import { collect } from '../../core/formats/wholeFile';
import { phrase } from '../../core/messages/phrase';
import { bratSideName, digestOf, endings, FolderDigest } from './bratFiles';
import type { BratFolder, WantedDocument } from './bratFolder';
import type { SavedDataset } from './saveDataset';
import { SaveNotes } from './saveNotes';
import { sideLines } from './sideFile';
import { writeTogether, type FolderWrite } from './writeTogether';

/**
 * Writes the files of documents that changed, all of them or none; others are not touched.
 * @throws InputError when one cannot be written; the folder is as it was then.
 */
export async function saveBrat(brat: BratFolder): Promise<SavedDataset> {
  const notes = await SaveNotes.open(brat.store);
  const writes: FolderWrite[] = [];
  const wanted: WantedDocument[] = [];
  const digest = new FolderDigest();
  for await (const document of brat.documents(notes)) {
    digest.add(document);
    if (document.bytes === undefined) continue;
    wanted.push(document);
    for (const [part, ending] of endings) {
      const bytes = document.bytes[part];
      const before = document.state[part]?.digest;
      if (before === (bytes === null ? undefined : digestOf(bytes))) continue;
      writes.push({ name: document.name + ending, bytes });
    }
  }
  const sides = await sideBytes(brat, notes, digest);
  const hadSides = await isThere(path.join(brat.folder, bratSideName));
  if (sides !== null || hadSides) writes.push({ name: bratSideName, bytes: sides });
  if (writes.length > 0) await writeTogether(brat.folder, writes);
  for (const document of wanted) await brat.noteSaved(document);
  return { losses: notes.losses, beside: notes.sides.size };
}

/**
 * Writes the whole data set as a new folder, which has its name only once all is in it.
 * @throws InputError when there is something of that name.
 */
export async function saveBratAs(brat: BratFolder, target: string): Promise<SavedDataset> {
  // An empty folder is as good as none; another one is not removed.
  await rmdir(target).catch(() => undefined);
  if (await isThere(target)) {
    throw new InputError(
      phrase`There is something of this name already`,
      phrase`Choose the name of a new folder.`,
      { source: target },
    );
  }
  const notes = await SaveNotes.open(brat.store);
  await mkdir(path.dirname(target), { recursive: true });
  const part = await mkdtemp(path.join(path.dirname(target), `.${path.basename(target)}.`));
  try {
    const writes: FolderWrite[] = [];
    const digest = new FolderDigest();
    for await (const document of brat.documents(notes)) {
      digest.add(document);
      const { name, bytes, state } = document;
      await mkdir(path.dirname(path.join(part, name)), { recursive: true });
      for (const [key, ending] of endings) {
        const own = bytes?.[key] ?? null;
        if (own !== null) writes.push({ name: name + ending, bytes: own });
        else if (bytes === undefined && state[key] !== null) {
          await copyFile(path.join(brat.folder, name + ending), path.join(part, name + ending));
        }
      }
    }
    const sides = await sideBytes(brat, notes, digest);
    if (sides !== null) writes.push({ name: bratSideName, bytes: sides });
    await writeTogether(part, writes);
    await rename(part, target);
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  }
  return { losses: notes.losses, beside: notes.sides.size };
}

async function sideBytes(
  { store }: BratFolder,
  { sides }: SaveNotes,
  digest: FolderDigest,
): Promise<Uint8Array | null> {
  const { unread } = store.side;
  if (sides.size === 0 && unread.length === 0) return null;
  return collect(sideLines(unread, sides, digest.value));
}

async function isThere(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}
