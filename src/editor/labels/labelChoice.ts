import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { findBuiltInList } from '../../core/labels/builtInLists';
import { readFrontMatterLabels } from '../../core/labels/frontMatter';
import type { Settings } from '../settings';

/** Who chose the label list of a document, the strongest first. */
export type ChoiceOrigin = 'front-matter' | 'association' | 'setting' | 'default';

/** Which label list a document has. */
export type LabelChoice = {
  readonly origin: ChoiceOrigin;
  /** The same for the same list. */
  readonly key: string;
} & (
  | { readonly kind: 'built-in'; readonly name: string }
  | { readonly kind: 'file'; readonly file: vscode.Uri }
  | { readonly kind: 'names'; readonly names: readonly string[] }
);

/** Characters at the beginning of a document that front matter is looked for in. */
const headLength = 8000;

/**
 * The label list that a document chooses in its front matter, else the association that fits its
 * name, else the setting for its folder and language, else the built-in one.
 */
export function chooseLabels(uri: vscode.Uri | undefined, settings: Settings): LabelChoice {
  const document = uri === undefined ? undefined : openDocument(uri);
  const named = document === undefined ? undefined : readFrontMatterLabels(headOf(document));
  // Beside the document, as links in its text are.
  if (named !== undefined) return choiceOf(named, 'front-matter', uri, 'document');
  const associated = uri === undefined ? undefined : findAssociation(uri, settings);
  if (associated !== undefined) return choiceOf(associated, 'association', uri, 'folder');
  const value = settings.get('labels', document ?? uri);
  if (value.length === 0) return choiceOf('', 'default', uri, 'folder');
  return choiceOf(value, 'setting', uri, 'folder');
}

/** The beginning of a document, where front matter stands; the rest is not asked for. */
function headOf(document: vscode.TextDocument): string {
  if (document.lineCount === 0 || !document.lineAt(0).text.startsWith('---')) return '';
  const end = document.positionAt(headLength);
  return document.getText(new vscode.Range(new vscode.Position(0, 0), end));
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === key);
}

/** The list of the longest pattern that fits a file's name: it is the most exact one. */
function findAssociation(uri: vscode.Uri, settings: Settings): string | undefined {
  const entries = Object.entries(settings.get('labelAssociations', uri));
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  // A data set in its editor is no text document; patterns ask for the name alone.
  const file = { uri, languageId: '' } as vscode.TextDocument;
  const fits = (given: string): boolean => {
    // A pattern without a folder fits files of every folder.
    const pattern = given.includes('/') ? given.replace(/^\.?\//u, '') : `**/${given}`;
    const inside = folder === undefined ? pattern : new vscode.RelativePattern(folder, pattern);
    return vscode.languages.match({ pattern: inside }, file) > 0;
  };
  return entries
    .sort(([one], [other]) => other.length - one.length)
    .find(([pattern]) => fits(pattern))?.[1];
}

function choiceOf(
  value: string | readonly string[],
  origin: ChoiceOrigin,
  uri: vscode.Uri | undefined,
  base: 'document' | 'folder',
): LabelChoice {
  if (typeof value !== 'string') {
    return { origin, key: JSON.stringify(value), kind: 'names', names: value };
  }
  const builtIn = findBuiltInList(value === '' ? 'dynamicner' : value);
  if (builtIn !== undefined) {
    return { origin, key: `built-in:${builtIn.id}`, kind: 'built-in', name: builtIn.id };
  }
  const file = fileOf(value, uri, base);
  return { origin, key: file.toString(), kind: 'file', file };
}

/** The file that a name means: absolute, in the home folder, beside the document, or below its workspace folder. */
function fileOf(
  value: string,
  uri: vscode.Uri | undefined,
  base: 'document' | 'folder',
): vscode.Uri {
  const file = value.replace(/^~(?=[/\\]|$)/u, homedir());
  if (path.isAbsolute(file)) return vscode.Uri.file(file);
  const parts = file.split(/[/\\]/u);
  const folder =
    (uri === undefined ? undefined : vscode.workspace.getWorkspaceFolder(uri)) ??
    vscode.workspace.workspaceFolders?.[0];
  if (base === 'document' && uri !== undefined && uri.scheme !== 'untitled') {
    return vscode.Uri.joinPath(uri, '..', ...parts);
  }
  return folder === undefined
    ? vscode.Uri.file(path.resolve(homedir(), file))
    : vscode.Uri.joinPath(folder.uri, ...parts);
}
