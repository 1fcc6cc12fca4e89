import * as vscode from 'vscode';
import type { FileTarget } from '../../core/export/exportTargets';
import { InputError } from '../../core/errors';
import { detectFormat } from '../../core/formats/formats';
import { phrase } from '../../core/messages/phrase';
import { annotationEnding } from '../documents/annotationPlaces';
import { stampOf } from '../documents/atomicFile';
import { say } from '../wording';
import { headOf } from './exportSources';

/**
 * Asks for the file to export to; undefined when the question is dismissed. A file that VS Code's
 * dialog let through is asked about again when it holds something else than another export.
 * @param origin What is exported.
 * @throws InputError when the export would destroy what it is made of.
 */
export async function askTargetFile(
  target: FileTarget,
  origin: vscode.Uri,
): Promise<vscode.Uri | undefined> {
  const { t } = vscode.l10n;
  const file = await vscode.window.showSaveDialog({
    title: t('Export Annotations'),
    defaultUri: proposedUri(origin, target),
    filters: { [say(target.title)]: target.extensions.map((one) => one.slice(1)) },
  });
  if (file === undefined) return undefined;
  const name = vscode.workspace.asRelativePath(file);
  if (file.toString() === origin.toString()) {
    throw new InputError(
      phrase`“${name}” is what is exported`,
      phrase`Choose another name for the export.`,
    );
  }
  if (await holdsAnnotations(file)) {
    throw new InputError(
      phrase`“${name}” holds the annotations of a document`,
      phrase`Choose another name for the export.`,
    );
  }
  if ((await stampOf(file)) === undefined || (await isExportLike(file, target))) return file;
  const replace = t('Replace');
  const answer = await vscode.window.showWarningMessage(
    t(
      '“{0}” exists and is no file in the format “{1}”. It will be replaced.',
      name,
      say(target.title),
    ),
    { modal: true },
    replace,
  );
  return answer === replace ? file : undefined;
}

/** Asks for the folder to export to; undefined when the question is dismissed. */
export async function askTargetFolder(): Promise<vscode.Uri | undefined> {
  const { t } = vscode.l10n;
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: t('Folder to Export To'),
      openLabel: t('Export'),
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  if (folder === undefined) return undefined;
  const files = (await vscode.workspace.fs.readDirectory(folder)).length;
  if (files === 0) return folder;
  const write = t('Export into It');
  const answer = await vscode.window.showWarningMessage(
    t(
      'The folder “{0}” is not empty. Files of the same names will be replaced.',
      vscode.workspace.asRelativePath(folder),
    ),
    { modal: true },
    write,
  );
  return answer === write ? folder : undefined;
}

async function holdsAnnotations(file: vscode.Uri): Promise<boolean> {
  if (!file.path.endsWith(annotationEnding)) return false;
  const document = file.with({ path: file.path.slice(0, -annotationEnding.length) });
  return (await stampOf(document).catch(() => undefined)) !== undefined;
}

async function isExportLike(file: vscode.Uri, { name }: FileTarget): Promise<boolean> {
  const head = await headOf(file);
  if (name === 'html') return new TextDecoder().decode(head).includes('<title>Entities</title>');
  const format = detectFormat(head, file.path);
  return format !== undefined && (format.name === name || name.startsWith(`${format.name}-`));
}

function proposedUri(origin: vscode.Uri, { name, extensions }: FileTarget): vscode.Uri {
  const extension = extensions[0] ?? '';
  const ending = `.${name}` === extension ? extension : `.${name}${extension}`;
  if (origin.scheme !== 'untitled') {
    const stem = origin.path.replace(/\.[^./]+$/u, '');
    const path = stem + ending === origin.path ? `${stem}.export${ending}` : stem + ending;
    return origin.with({ path, fragment: '', query: '' });
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/');
  return vscode.Uri.joinPath(folder, `annotations${ending}`);
}
