import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** The pack that ships with the extension: the first folder of `models` that is one; the folder itself when none is. */
export function bundledModel(extensionFolder: string): string {
  const models = path.join(extensionFolder, 'models');
  const names = existsSync(models) ? readdirSync(models).sort() : [];
  const name = names.find((one) => existsSync(path.join(models, one, 'pack.json')));
  return name === undefined ? models : path.join(models, name);
}
