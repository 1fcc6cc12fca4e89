import * as vscode from 'vscode';
import { InputError } from '../../core/errors';
import { rewriteTypes } from '../../core/labels/rewriteTypes';
import type { Taxonomy } from '../../core/labels/taxonomy';
import type { PathChange } from '../../core/labels/taxonomyFile/taxonomyEdit';
import { lineChanges } from '../../core/text/lineChanges';
import { takeTurns } from '../../engines/turns';
import { dataEndings } from '../contributions';
import { formatCount } from '../features/numbers';
import { sayError } from '../wording';
import type { SkippedFile } from './skippedFiles';

/** What is put behind a document's name to name the file of its annotations. */
const sideFileEnding = '.entities.jsonl';

/** Files that may hold annotations; what they are is seen from their content. XML is mostly something else. */
const annotated = `**/*{${dataEndings.filter((ending) => ending !== '.xml').join(',')}}`;
const never = '**/{node_modules,.git}/**';

/** Larger files are not opened as text; the command line's `convert --map` rewrites them. */
const mostBytes = 20_000_000;
const pieceBytes = 64_000;

/** A file whose annotations have types that changed. */
export interface AnnotationRewrite {
  readonly uri: vscode.Uri;
  readonly edits: readonly vscode.TextEdit[];
  /** Entities whose type is another one then. */
  readonly entities: number;
}

/** The files whose annotations change, and those that nobody looked into. */
export interface FoundRewrites {
  readonly rewrites: readonly AnnotationRewrite[];
  readonly skipped: readonly SkippedFile[];
}

/**
 * The files of the workspace whose annotations change with the taxonomy: side files of documents that
 * have its label list, and data sets.
 * @param hasList Whether a document's label list is the one that changes.
 */
export async function findAnnotationRewrites(
  changes: readonly PathChange[],
  before: Taxonomy,
  hasList: (document: vscode.Uri) => boolean,
  token?: vscode.CancellationToken,
): Promise<FoundRewrites> {
  const rewrites: AnnotationRewrite[] = [];
  const skipped: SkippedFile[] = [];
  if (changes.every(({ to }) => to === undefined)) return { rewrites, skipped };
  const uris = await vscode.workspace.findFiles(annotated, never, undefined, token);
  for (const uri of uris.sort((one, other) => (one.path < other.path ? -1 : 1))) {
    if (token?.isCancellationRequested === true) break;
    if (uri.path.endsWith('.taxonomy.json')) continue;
    const of = uri.path.endsWith(sideFileEnding)
      ? uri.with({ path: uri.path.slice(0, -sideFileEnding.length) })
      : undefined;
    if (of !== undefined && !hasList(of)) continue;
    const content = await readText(uri);
    if ('why' in content) {
      skipped.push({ uri, why: content.why });
      continue;
    }
    try {
      const rewrite = await rewriteFile(uri, content.text, changes, before);
      if (rewrite !== undefined) rewrites.push(rewrite);
    } catch (error) {
      // A file that cannot be edited safely keeps nobody from editing the list.
      if (!(error instanceof InputError)) throw error;
      skipped.push({ uri, why: sayError(error) });
    }
  }
  return { rewrites, skipped };
}

async function rewriteFile(
  uri: vscode.Uri,
  text: string,
  changes: readonly PathChange[],
  before: Taxonomy,
): Promise<AnnotationRewrite | undefined> {
  const bytes = new TextEncoder().encode(text);
  const breath = takeTurns();
  const file = {
    name: uri.path,
    head: bytes.subarray(0, 4096),
    async *chunks(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += pieceBytes) {
        await breath();
        yield bytes.subarray(at, at + pieceBytes);
      }
    },
  };
  const rewritten = await rewriteTypes(file, changes, before);
  if (rewritten === undefined) return undefined;
  const edits = lineChanges(text, new TextDecoder().decode(rewritten.bytes)).map(
    ({ startLine, startCharacter, endLine, endCharacter, text: inserted }) =>
      vscode.TextEdit.replace(
        new vscode.Range(startLine, startCharacter, endLine, endCharacter),
        inserted,
      ),
  );
  return { uri, edits, entities: rewritten.entities };
}

/** The text of a file as an editor shows it, or why it has none. */
async function readText(
  uri: vscode.Uri,
): Promise<{ readonly text: string } | { readonly why: string }> {
  const open = vscode.workspace.textDocuments.find(
    (document) => document.uri.toString() === uri.toString(),
  );
  if (open !== undefined) return { text: open.getText() };
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > mostBytes) {
    const megabytes = (bytes: number): string => formatCount(Math.round(bytes / 1e6));
    return {
      why: vscode.l10n.t(
        '{0} MB, more than the {1} MB that are edited as text; “convert --map” of the command line rewrites it',
        megabytes(size),
        megabytes(mostBytes),
      ),
    };
  }
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof TypeError) return { why: vscode.l10n.t('no text in UTF-8') };
    throw error;
  }
}
