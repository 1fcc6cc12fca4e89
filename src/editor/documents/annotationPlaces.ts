import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Settings } from '../settings';

/** What is put behind a document's name to name the file of its annotations. */
export const annotationEnding = '.entities.jsonl';

/** Where the annotations of documents are saved. */
export class AnnotationPlaces {
  /** @param storage Folder of the extension's own for the workspace. */
  constructor(
    private readonly settings: Settings,
    private readonly storage: vscode.Uri,
    private readonly onBadFolder: (message: string) => void,
  ) {}

  /** The file for a document's annotations: as the setting says, or in the storage where nothing may be written. */
  async of(uri: vscode.Uri): Promise<vscode.Uri> {
    const wanted = this.chosen(uri);
    return wanted !== undefined && (await isWritable(uri)) ? wanted : this.inStorage(uri);
  }

  /** All files that may hold a document's annotations, the most likely first. */
  async candidates(uri: vscode.Uri): Promise<readonly vscode.Uri[]> {
    const all = [await this.of(uri), this.chosen(uri), besideOf(uri), this.inStorage(uri)];
    const known = new Set<string>();
    return all.filter((one): one is vscode.Uri => {
      if (one === undefined || known.has(one.toString())) return false;
      known.add(one.toString());
      return true;
    });
  }

  inStorage(uri: vscode.Uri): vscode.Uri {
    return append(this.storageFolder(uri), annotationEnding);
  }

  /** Files and folders that follow a file or folder to another name: what is in the workspace, and what is in the storage. */
  followers(from: vscode.Uri, to: vscode.Uri) {
    const pair = (one: vscode.Uri | undefined, other: vscode.Uri | undefined) =>
      one === undefined || other === undefined ? [] : [{ from: one, to: other }];
    const [fromMirror, toMirror] = [this.mirrored(from), this.mirrored(to)];
    const [fromStorage, toStorage] = [this.storageFolder(from), this.storageFolder(to)];
    return {
      workspace: [
        ...pair(besideOf(from), besideOf(to)),
        ...pair(fromMirror, toMirror),
        ...(fromMirror === undefined || toMirror === undefined
          ? []
          : pair(append(fromMirror, annotationEnding), append(toMirror, annotationEnding))),
      ],
      storage: [
        ...pair(fromStorage, toStorage),
        ...pair(append(fromStorage, annotationEnding), append(toStorage, annotationEnding)),
      ],
    };
  }

  /** The document whose annotations a file of the workspace folder holds. */
  documentOf(file: vscode.Uri, folder: vscode.Uri): vscode.Uri {
    const own = file.path.slice(0, -annotationEnding.length);
    const setting = this.folderSetting(folder);
    const mirror = vscode.Uri.joinPath(folder, setting).path;
    const isMirrored =
      setting !== 'beside' && setting !== 'storage' && own.startsWith(`${mirror}/`);
    return file.with({ path: isMirrored ? folder.path + own.slice(mirror.length) : own });
  }

  /** The documents below a folder whose annotations are in the storage. */
  async storedBelow(folder: vscode.Uri): Promise<readonly vscode.Uri[]> {
    const found: vscode.Uri[] = [];
    const visit = async (stored: vscode.Uri, real: string): Promise<void> => {
      const entries = await vscode.workspace.fs.readDirectory(stored).then(undefined, () => []);
      for (const [name, type] of entries) {
        const isFile = type === vscode.FileType.File && name.endsWith(annotationEnding);
        const own = isFile ? name.slice(0, -annotationEnding.length) : name;
        const path = `${real}/${decodeURIComponent(own)}`;
        if (isFile) found.push(folder.with({ path }));
        else if (type === vscode.FileType.Directory) {
          await visit(vscode.Uri.joinPath(stored, name), path);
        }
      }
    };
    await visit(this.storageFolder(folder), folder.path);
    return found;
  }

  private chosen(uri: vscode.Uri): vscode.Uri | undefined {
    if (this.folderSetting(uri) === 'storage') return undefined;
    const mirrored = this.mirrored(uri);
    return mirrored === undefined ? besideOf(uri) : append(mirrored, annotationEnding);
  }

  /** The document's path below the folder that the user chose; undefined when there is none. */
  private mirrored(uri: vscode.Uri): vscode.Uri | undefined {
    const setting = this.folderSetting(uri);
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (setting === 'beside' || setting === 'storage' || folder === undefined) return undefined;
    const inside = path.posix.relative(folder.uri.path, uri.path);
    return vscode.Uri.joinPath(folder.uri, setting, inside);
  }

  private folderSetting(uri: vscode.Uri): string {
    const setting = this.settings.get('annotations.folder', uri).trim().replaceAll('\\', '/');
    if (setting === '' || setting === 'beside' || setting === 'storage') return setting || 'beside';
    const inside = path.posix.normalize(setting);
    if (!inside.startsWith('..') && !path.posix.isAbsolute(inside) && !/^[a-z]:/iu.test(inside)) {
      return inside;
    }
    this.onBadFolder(
      vscode.l10n.t(
        'The setting "{0}" names “{1}”, which is not inside the workspace folder. Annotations are saved beside their documents. Name a folder relative to the workspace folder.',
        'dynamicner.annotations.folder',
        setting,
      ),
    );
    return 'beside';
  }

  /** A folder or file name for the document, whatever characters its address has. */
  private storageFolder({
    scheme,
    authority,
    path: inside,
    query,
    fragment,
  }: vscode.Uri): vscode.Uri {
    const last = [query, fragment].filter((part) => part !== '').map((part) => `~${part}`);
    const parts = inside.split('/').filter((part) => part !== '');
    const names = [scheme, authority === '' ? '-' : authority, ...parts];
    const encoded = names.map((name) => encodeURIComponent(name).replaceAll('.', '%2E'));
    return append(
      vscode.Uri.joinPath(this.storage, 'annotations', 'documents', ...encoded),
      last.map((part) => encodeURIComponent(part)).join(''),
    );
  }
}

function besideOf(uri: vscode.Uri): vscode.Uri | undefined {
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== true || uri.fragment !== '') {
    return undefined;
  }
  return append(uri, annotationEnding);
}

function append(uri: vscode.Uri, ending: string): vscode.Uri {
  return uri.with({ path: uri.path + ending });
}

/** Whether something may be written beside the document, as far as can be told before. */
async function isWritable(uri: vscode.Uri): Promise<boolean> {
  try {
    const { permissions = 0 } = await vscode.workspace.fs.stat(uri);
    if ((permissions & vscode.FilePermission.Readonly) !== 0) return false;
    if (uri.scheme !== 'file') return true;
    await access(uri.fsPath, constants.W_OK);
    await access(path.dirname(uri.fsPath), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
