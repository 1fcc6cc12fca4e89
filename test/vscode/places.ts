import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The repository. */
export const root = path.resolve(__dirname, '../..');
/** Bundled tests of the extension host; `index` runs them. */
export const suite = path.join(root, 'out/test/index');
/** Where screenshots of the workbench go. */
export const shots = path.join(root, 'out/screenshots');

const workspace = path.join(root, 'test/vscode/workspace');

/** Copies a folder (default: test/vscode/workspace) to `target`, for one run to work on, and adds files by their names. */
export function copyWorkspace(
  target: string,
  source: string = workspace,
  files: Readonly<Record<string, string>> = {},
): string {
  cpSync(source, target, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(target, name), text);
  return target;
}

/**
 * An extension with nothing in it: VS Code runs tests only beside an extension in development, and
 * when the packaged extension is the one under test, that must be another.
 */
export function emptyExtension(): string {
  const folder = path.join(root, 'out/empty-extension');
  mkdirSync(folder, { recursive: true });
  const manifest = {
    name: 'empty-extension',
    publisher: 'dynamicner-tests',
    version: '0.0.0',
    engines: { vscode: '^1.100.0' },
  };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}
