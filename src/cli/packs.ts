import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { packFolders } from '../engines/encoder/encoderPacks';
import { readManifest } from '../engines/encoder/pack';
import type { PackManifest } from '../engines/encoder/packSchema';
import { messageOf, ModelError } from '../engines/errors';
import { listModelFiles } from '../engines/models/modelFiles';
import { phrase } from '../core/messages/phrase';
import type { Environment } from './environment';

/** The pack that is used when none is named. */
export const defaultPack = 'dynamicner-en-small';

/** A pack in the folder of bundled models: what it says of itself, or why it cannot be read. */
export type ListedPack =
  | {
      readonly folder: string;
      readonly manifest: PackManifest;
      /** Of the files in its folder, without those that it shares with another pack. */
      readonly bytes: number;
    }
  | { readonly folder: string; readonly problem: string };

/** Folder of the models that come with the program. */
export function bundledFolder({ programFolder }: Environment): string {
  return path.resolve(programFolder, '..', 'models');
}

/**
 * The folder that `--model` or the setting names: a path, or the name of a bundled pack. Without a name
 * that of all bundled packs, of which each passage gets the one for its language, where there are several.
 */
export async function packFolder(
  named: string | undefined,
  environment: Environment,
  from = environment.folder,
): Promise<string> {
  const bundled = bundledFolder(environment);
  if (named === undefined || named === '') {
    const packs = await packFolders(bundled);
    return packs.length > 1 ? bundled : path.join(bundled, defaultPack);
  }
  if (!/[\\/]/.test(named) && (await folderNames(bundled)).includes(named)) {
    return path.join(bundled, named);
  }
  return path.resolve(from, named);
}

/** The bundled packs, by name. */
export async function listPacks(environment: Environment): Promise<ListedPack[]> {
  const bundled = bundledFolder(environment);
  const names = await folderNames(bundled);
  return Promise.all(names.sort().map((name) => listPack(path.join(bundled, name))));
}

async function listPack(folder: string): Promise<ListedPack> {
  try {
    const manifest = await readManifest(folder);
    const own = await listModelFiles(folder);
    const bytes = own.reduce((sum, name) => sum + (manifest.files[name]?.bytes ?? 0), 0);
    return { folder, manifest, bytes };
  } catch (error) {
    return { folder, problem: messageOf(error) };
  }
}

async function folderNames(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    throw new ModelError(
      folder,
      phrase`the bundled models cannot be listed: ${messageOf(error)}`,
      phrase`Install the program again, or name a model with --model DIR.`,
    );
  }
}
