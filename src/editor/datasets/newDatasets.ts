import * as vscode from 'vscode';
import { collect } from '../../core/formats/wholeFile';
import { detectFormat, findFormat } from '../../core/formats/formats';
import { isRecognised } from '../../host/datasets/datasetKind';

const key = 'newDatasets';
/** Files that are remembered; most show their format once something was saved. */
const MOST = 100;

/** The data sets that were made with "New Data Set…", whose files do not show their format yet. */
export class NewDatasets {
  constructor(private readonly memento: vscode.Memento) {}

  formatOf(uri: vscode.Uri): string | undefined {
    return this.known().find(([file]) => file === uri.toString())?.[1];
  }

  /** Writes an empty data set, and remembers its format where the file does not show it. */
  async create(uri: vscode.Uri, formatName: string): Promise<void> {
    const format = findFormat(formatName);
    if (format === undefined) throw new RangeError(`There is no format ${formatName}.`);
    const bytes = await collect(format.write([]));
    await vscode.workspace.fs.writeFile(uri, bytes);
    const others = this.known().filter(([file]) => file !== uri.toString());
    const shows = detectFormat(bytes, uri.path) === format && isRecognised(format, bytes, uri.path);
    const next = shows ? others : [...others, [uri.toString(), formatName] as const];
    await this.memento.update(key, next.slice(-MOST));
  }

  private known(): readonly (readonly [file: string, format: string])[] {
    return this.memento.get<readonly (readonly [string, string])[]>(key, []);
  }
}
