import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type * as vscode from 'vscode';
import { dynamicNerLabels } from '../../core/labels/dynamicner';
import type { LabelList } from '../../core/labels/labelList';

/** The label list in force for a file, as the program is told it. */
export class LabelArguments {
  /**
   * @param folder Where lists are put for the program.
   * @param labelsOf The list for a file.
   */
  constructor(
    private readonly folder: string,
    private readonly labelsOf: (uri: vscode.Uri) => Promise<LabelList>,
  ) {}

  /** `--labels FILE`; nothing where it is the program's own list. */
  async of(uri: vscode.Uri): Promise<string[]> {
    const list = await this.labelsOf(uri);
    return list === dynamicNerLabels ? [] : ['--labels', await this.write(list)];
  }

  private async write(list: LabelList): Promise<string> {
    const spec = list.toSpec();
    const file = path.join(this.folder, `labels-${spec.id}.json`);
    await mkdir(this.folder, { recursive: true });
    const content = spec.kind === 'flat' ? { labels: spec.labels } : { types: spec.types };
    await writeFile(file, JSON.stringify(content));
    return file;
  }
}
