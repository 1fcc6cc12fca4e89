import { readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../../core/errors';
import { phrase } from '../../core/messages/phrase';
import { removeStale, writePart, type WrittenFile } from './writeAtomically';

/** A file of a folder and what is to be in it; `null` means that it is to go. */
export interface FolderWrite {
  /** Path in the folder, parts joined by `/`. */
  readonly name: string;
  readonly bytes: Uint8Array | null;
}

/** What says, while it is there, which written files have their names still to get. */
const planName = '.dynamicner-saving.json';

interface Plan {
  readonly rename: readonly (readonly [part: string, name: string])[];
  readonly remove: readonly string[];
}

/**
 * Writes files of a folder, all of them or none: whenever the process stops, `finishWriting` makes the
 * folder the old one or the new one.
 * @throws InputError when a file cannot be written; the folder is as it was then.
 */
export async function writeTogether(folder: string, writes: readonly FolderWrite[]): Promise<void> {
  const root = await realpath(folder);
  const parts: WrittenFile[] = [];
  const plan = { rename: [] as [string, string][], remove: [] as string[] };
  try {
    for (const { name, bytes } of writes) {
      const file = path.join(root, name);
      if (bytes === null) plan.remove.push(name);
      else {
        const part = await writePart({ file, size: bytes.length, isTidy: true }, once(bytes));
        parts.push(part);
        const target = await realpath(file).catch(() => file);
        plan.rename.push([path.relative(root, part.part), path.relative(root, target)]);
      }
    }
    const [only] = parts;
    if (only !== undefined && plan.remove.length === 0 && parts.length === 1) {
      await only.commit();
      return;
    }
    for (const [part, name] of plan.rename) {
      if (!isInside(root, part)) throw leadsOutside(path.join(folder, name));
    }
    const bytes = new TextEncoder().encode(JSON.stringify(plan));
    const written = await writePart({ file: path.join(root, planName), size: 0 }, once(bytes));
    await written.commit();
  } catch (error) {
    for (const part of parts) await part.discard();
    throw error;
  }
  await performPlan(root);
}

/** Ends what a killed process began to write in a folder and its folders: wholly, or not at all. */
export async function finishWriting(folder: string): Promise<void> {
  await performPlan(folder);
  await removeStale(folder);
}

async function performPlan(folder: string): Promise<void> {
  const file = path.join(folder, planName);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const plan = JSON.parse(text) as Plan;
  for (const [part, name] of plan.rename) {
    const from = inside(folder, part);
    if ((await stat(from).catch(() => undefined)) === undefined) continue;
    await rename(from, inside(folder, name));
  }
  for (const name of plan.remove) await rm(inside(folder, name), { force: true });
  await rm(file, { force: true });
}

function inside(folder: string, name: string): string {
  if (isInside(folder, name)) return path.resolve(folder, name);
  throw leadsOutside(name);
}

function isInside(folder: string, name: string): boolean {
  return path.resolve(folder, name).startsWith(path.resolve(folder) + path.sep);
}

function leadsOutside(source: string): InputError {
  return new InputError(
    phrase`The file is a link that leads out of the folder`,
    phrase`Put the file itself into the folder.`,
    { source },
  );
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
