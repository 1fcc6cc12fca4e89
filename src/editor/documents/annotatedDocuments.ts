import * as vscode from 'vscode';
import { annotationEnding, type AnnotationPlaces } from './annotationPlaces';
import type { Journal } from './journal';
import { isAnnotated } from './schemes';
import type { OpenSessions } from './sessions';

/** Finds the documents that people annotated. */
export class AnnotatedDocuments {
  constructor(
    private readonly places: AnnotationPlaces,
    private readonly journal: Journal,
    private readonly sessions: OpenSessions,
  ) {}

  /** The annotated documents below a workspace folder, open or not, saved or not, by name. */
  async below(folder: vscode.Uri): Promise<readonly vscode.Uri[]> {
    const pattern = new vscode.RelativePattern(folder, `**/*${annotationEnding}`);
    const files = await vscode.workspace.findFiles(pattern);
    const open = [...this.sessions.all].filter(isAnnotated).map(({ document }) => document.uri);
    const journalled = (await this.journal.uris()).map((uri) => vscode.Uri.parse(uri, true));
    const all = [
      ...files.map((file) => this.places.documentOf(file, folder)),
      ...(await this.places.storedBelow(folder)),
      ...journalled,
      ...open,
    ].filter((uri) => isBelow(uri, folder));
    const byName = new Map(all.map((uri) => [uri.toString(), uri]));
    return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, uri]) => uri);
  }
}

function isBelow(uri: vscode.Uri, folder: vscode.Uri): boolean {
  return (
    uri.scheme === folder.scheme &&
    uri.authority === folder.authority &&
    uri.path.startsWith(`${folder.path.replace(/\/$/u, '')}/`)
  );
}
