import * as vscode from 'vscode';
import {
  ADAPTER_FILE_ENDING,
  readAdapterFile,
  writeAdapterFile,
} from '../../core/learning/adapterFile';
import type { AdapterSet } from '../../core/learning/adapterSet';
import { contentId } from '../../core/labels/contentId';
import { isMissing, writeAtomically } from '../documents/atomicFile';

/** Keeps what was learned of a label list in a file beside the list's own. */
export class AdapterStore {
  /** @param storage Where lists have their files that are built in or named in the settings. */
  constructor(private readonly storage: vscode.Uri) {}

  /** `ships.taxonomy.json` → `ships.adapters.json` beside it. */
  fileOf(key: string, list: vscode.Uri | undefined): vscode.Uri {
    if (list !== undefined && list.toString() === key) {
      const name = list.path.replace(/(?:\.taxonomy)?\.[^./]*$/u, '');
      return list.with({ path: `${name}${ADAPTER_FILE_ENDING}` });
    }
    const name = key === '' ? 'dynamicner' : contentId(key);
    return vscode.Uri.joinPath(this.storage, 'adapters', `${name}${ADAPTER_FILE_ENDING}`);
  }

  /** @throws InputError when the file is damaged. */
  async read(file: vscode.Uri): Promise<AdapterSet | undefined> {
    let bytes: Uint8Array;
    try {
      bytes = await vscode.workspace.fs.readFile(file);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
    return readAdapterFile(new TextDecoder().decode(bytes), vscode.workspace.asRelativePath(file));
  }

  /** Writes a file whole, in the place of the old one, or removes it where nothing is learned any more. */
  async write(file: vscode.Uri, set: AdapterSet | undefined): Promise<void> {
    if (set === undefined) {
      await vscode.workspace.fs.delete(file).then(undefined, () => undefined);
      return;
    }
    await writeAtomically(file, [new TextEncoder().encode(writeAdapterFile(set))]);
  }
}
