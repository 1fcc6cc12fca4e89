import * as vscode from 'vscode';
import { taxonomyFileEnding } from '../../core/labels/taxonomyFile/readTaxonomyFile';
import type { TextPlace } from '../../core/labels/taxonomyFile/taxonomyFile';

/** Documents that are taxonomy files, for providers of language features. */
export const taxonomySelector: vscode.DocumentSelector = { pattern: `**/*${taxonomyFileEnding}` };

export function isTaxonomyDocument({ uri }: vscode.TextDocument): boolean {
  return uri.path.toLowerCase().endsWith(taxonomyFileEnding);
}

/** The range of a place of a document's text. */
export function rangeOfPlace(
  document: vscode.TextDocument,
  { offset, length }: TextPlace,
): vscode.Range {
  return new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
}
