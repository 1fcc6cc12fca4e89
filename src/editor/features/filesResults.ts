import type * as vscode from 'vscode';
import type { Entity } from '../../core/entity/entity';

/** What was found in one file. */
export interface FileResult {
  readonly uri: vscode.Uri;
  /** Names the text that the entities belong to; another text of the file has another one. */
  readonly content: string;
  readonly entities: readonly Entity[];
  /** The mentions of the entities, in their order, on one line each. */
  readonly mentions: readonly string[];
  /** Lines of the entities, in their order, from 0. */
  readonly lines: readonly number[];
}

/** Results of "Extract Entities in Files…", by file, until they are cleared. */
export class FilesResults {
  private readonly byUri = new Map<string, FileResult>();

  get size(): number {
    return this.byUri.size;
  }

  /** Files with entities, in the order in which they were read. */
  get files(): readonly FileResult[] {
    return [...this.byUri.values()].filter(({ entities }) => entities.length > 0);
  }

  get(uri: vscode.Uri): FileResult | undefined {
    return this.byUri.get(uri.toString());
  }

  put(result: FileResult): void {
    this.byUri.set(result.uri.toString(), result);
  }

  clear(): void {
    this.byUri.clear();
  }
}
