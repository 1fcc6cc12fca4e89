import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
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

/**
 * The folder that the setting names: that of a bundled pack by the pack's name, else a path from `base`
 * or the home folder; `bundled` for an empty setting.
 */
export function folderNamed(setting: string, bundled: string, base: string): string {
  const chosen = setting.trim();
  if (chosen === '') return bundled;
  const pack = packsIn(bundled).find((folder) => path.basename(folder) === chosen);
  return pack ?? path.resolve(base, chosen.replace(/^~(?=[/\\]|$)/u, homedir()));
}

/** What the setting says for a folder: a bundled pack's name, for its folder's place changes with updates. */
export function settingFor(folder: string, bundled: string): string {
  return packsIn(bundled).includes(folder) ? path.basename(folder) : folder;
}
