import path from 'node:path';
import * as vscode from 'vscode';
import { nameLabelsInFrontMatter } from '../../core/labels/frontMatterEdit';
import type { Settings } from '../settings';
import type { KnownList } from './knownLists';

/** For which documents a list is chosen. */
type Use = 'document' | 'language' | 'folder' | 'workspace' | 'user';

/** Languages whose documents may begin with front matter. */
const withFrontMatter: ReadonlySet<string> = new Set(['markdown', 'plaintext', 'mdx', 'quarto']);

/**
 * Asks for which documents a list is, and writes that down: in the settings, or in the document itself.
 * Resolves to false when the question is dismissed.
 */
export async function useLabels(
  list: KnownList,
  document: vscode.TextDocument | undefined,
  settings: Settings,
): Promise<boolean> {
  const choices = usesFor(document);
  const chosen =
    choices.length === 1
      ? choices[0]
      : await vscode.window.showQuickPick(choices, {
          title: vscode.l10n.t('Use “{0}” for…', list.title),
        });
  if (chosen === undefined) return false;
  await write(chosen.use, list, document, settings);
  return true;
}

function usesFor(
  document: vscode.TextDocument | undefined,
): (vscode.QuickPickItem & { readonly use: Use })[] {
  const { t } = vscode.l10n;
  const { workspaceFolders: folders = [], name } = vscode.workspace;
  const folder =
    document === undefined ? undefined : vscode.workspace.getWorkspaceFolder(document.uri);
  return [
    ...(folders.length > 0
      ? [{ use: 'workspace' as const, label: t('This Workspace'), description: name ?? '' }]
      : []),
    ...(folders.length > 1 && folder !== undefined
      ? [{ use: 'folder' as const, label: t('This Folder'), description: folder.name }]
      : []),
    ...(document === undefined
      ? []
      : [
          {
            use: 'language' as const,
            label: t('Files of This Language'),
            description: document.languageId,
          },
        ]),
    ...(document === undefined || (!hasFrontMatter(document) && folder === undefined)
      ? []
      : [
          {
            use: 'document' as const,
            label: t('This Document Only'),
            description: hasFrontMatter(document)
              ? t('in its front matter')
              : t('by its name, in the settings'),
          },
        ]),
    { use: 'user' as const, label: t('Everything'), description: t('in the user settings') },
  ];
}

function hasFrontMatter({ languageId }: vscode.TextDocument): boolean {
  return withFrontMatter.has(languageId);
}

async function write(
  use: Use,
  list: KnownList,
  document: vscode.TextDocument | undefined,
  settings: Settings,
): Promise<void> {
  const { ConfigurationTarget: Target } = vscode;
  const configuration = vscode.workspace.getConfiguration('dynamicner', document);
  const inWorkspace = (vscode.workspace.workspaceFolders ?? []).length > 0;
  // The default needs no entry.
  const value = list.value === 'dynamicner' ? undefined : list.value;
  switch (use) {
    case 'user':
      return configuration.update('labels', value, Target.Global, false);
    case 'workspace':
      return configuration.update('labels', value, Target.Workspace, false);
    case 'folder':
      return configuration.update('labels', list.value, Target.WorkspaceFolder, false);
    case 'language':
      return configuration.update(
        'labels',
        list.value,
        inWorkspace ? Target.Workspace : Target.Global,
        true,
      );
    case 'document':
      if (document === undefined) return;
      if (hasFrontMatter(document)) return nameInDocument(document, list);
      return configuration.update(
        'labelAssociations',
        {
          ...settings.get('labelAssociations', document.uri),
          [vscode.workspace.asRelativePath(document.uri, false)]: list.value,
        },
        Target.Workspace,
      );
  }
}

async function nameInDocument(document: vscode.TextDocument, list: KnownList): Promise<void> {
  const { startLine, endLine, text } = nameLabelsInFrontMatter(
    document.getText(),
    list.file === undefined ? list.value : pathFrom(document.uri, list.file),
  );
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(startLine, 0, endLine, 0), text);
  await vscode.workspace.applyEdit(edit);
}

/** The path of a file as a document beside it names it. */
function pathFrom(document: vscode.Uri, file: vscode.Uri): string {
  return document.scheme === 'untitled'
    ? vscode.workspace.asRelativePath(file, false)
    : path.posix.relative(path.posix.dirname(document.path), file.path);
}
