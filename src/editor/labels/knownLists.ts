import * as vscode from 'vscode';
import { builtInLists } from '../../core/labels/builtInLists';
import { parseLabelFile } from '../../core/labels/labelFile';
import type { LabelList } from '../../core/labels/labelList';
import { taxonomyFileEnding } from '../../core/labels/taxonomyFile/readTaxonomyFile';

/** A label list that can be chosen. */
export interface KnownList {
  readonly title: string;
  /** What names it in a setting or in front matter. */
  readonly value: string;
  /** The same as the key of a choice of it. */
  readonly key: string;
  /** The file that holds it; absent for a built-in one. */
  readonly file?: vscode.Uri;
  /** @throws InputError when its file cannot be read as one. */
  read(): Promise<LabelList>;
}

/** Most taxonomy files of a workspace that are offered. */
const mostFiles = 200;

/** The built-in lists. */
export function knownBuiltIns(): KnownList[] {
  return builtInLists.map((one) => ({
    title: one.title,
    value: one.id,
    key: `built-in:${one.id}`,
    read: () => Promise.resolve(one.list),
  }));
}

/** The taxonomy files of the workspace. */
export async function findListFiles(): Promise<KnownList[]> {
  const files = await vscode.workspace.findFiles(
    `**/*${taxonomyFileEnding}`,
    '**/{node_modules,.git}/**',
    mostFiles,
  );
  return files.map(knownFile).sort((one, other) => (one.title < other.title ? -1 : 1));
}

/** A label file, named relative to its workspace folder where it has one. */
export function knownFile(file: vscode.Uri): KnownList {
  const isInside = vscode.workspace.getWorkspaceFolder(file) !== undefined;
  const title = vscode.workspace.asRelativePath(file, false);
  return {
    title,
    value: isInside ? title : file.fsPath,
    key: file.toString(),
    file,
    read: async () => {
      const bytes = await vscode.workspace.fs.readFile(file);
      return parseLabelFile(new TextDecoder().decode(bytes), title).list;
    },
  };
}

/** How many types a list has, and what stands at its top. */
export function describeList({ taxonomy }: LabelList): string {
  const tops = taxonomy.roots.map(({ name }) => name);
  const shown = tops.slice(0, 8).join(', ');
  const { length } = taxonomy.leaves;
  const listed = tops.length > 8 ? `${shown}, …` : shown;
  return length === 1
    ? vscode.l10n.t('1 type: {0}', listed)
    : vscode.l10n.t('{0} types: {1}', length, listed);
}
