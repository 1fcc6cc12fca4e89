import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * What ships with the extension: the pack in `models`; where there are several, `models` itself, of
 * which each passage gets the pack for its language.
 */
export function bundledModel(extensionFolder: string): string {
  const models = path.join(extensionFolder, 'models');
  const [only, ...others] = packsIn(models);
  return only === undefined || others.length > 0 ? models : only;
}

/** The folders of packs in a folder, by name; none where it is a pack itself. */
export function packsIn(models: string): string[] {
  const names = existsSync(models) ? readdirSync(models).sort() : [];
  return names
    .map((name) => path.join(models, name))
    .filter((folder) => existsSync(path.join(folder, 'pack.json')));
}
