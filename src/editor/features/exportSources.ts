import * as vscode from 'vscode';
import type { ExportReport } from '../../core/export/exportReport';
import { readBrat } from '../../core/formats/brat';
import type { Format, PassageData } from '../../core/formats/format';
import { detectFormat } from '../../core/formats/formats';
import { collect } from '../../core/formats/wholeFile';
import { InputError } from '../../core/errors';
import type { Taxonomy } from '../../core/labels/taxonomy';
import { phrase } from '../../core/messages/phrase';
import { describeProblem } from '../../core/problem';
import type { AnnotatedDocuments } from '../documents/annotatedDocuments';
import { chunksOf } from '../documents/fileBytes';
import { toUtf8 } from '../documents/fileEncoding';
import { takeTurns } from '../../engines/turns';
import type { Session } from '../documents/session';
import type { OpenSessions } from '../documents/sessions';
import type { EngineAccess } from '../engine/engineAccess';
import { sessionPassages } from './sessionPassages';

/** Bytes by which a file's format is recognised. */
const headBytes = 64 * 1024;

/** The passages of a folder's annotated documents as they are now, one document after the other. */
export async function* folderPassages(
  folder: vscode.Uri,
  documents: AnnotatedDocuments,
  sessions: OpenSessions,
  access: Pick<EngineAccess, 'segment'>,
  report: ExportReport,
  whole: boolean,
): AsyncGenerator<PassageData> {
  for (const uri of await documents.below(folder)) {
    const session = await openSession(uri, sessions);
    const name = vscode.workspace.asRelativePath(uri, false);
    if (session === undefined) {
      report.leaveOut(phrase`“${name}” is not there as a text; only its annotations are.`);
      continue;
    }
    let number = 0;
    for await (const passage of sessionPassages(session, access, { rejected: true, whole })) {
      yield { id: whole ? name : `${name}#${++number}`, ...passage };
    }
    const aside = session.notPlaced.length;
    if (aside === 1) report.leaveOut(phrase`1 annotation of “${name}” has no place in its text.`);
    else if (aside > 1)
      report.leaveOut(phrase`${aside} annotations of “${name}” have no place in its text.`);
  }
}

async function openSession(uri: vscode.Uri, sessions: OpenSessions): Promise<Session | undefined> {
  let document: vscode.TextDocument;
  try {
    document = await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
  const session = sessions.of(document);
  await session.restore();
  return session;
}

/**
 * The passages of a data set in any format, as they are read; what cannot be read is reported.
 * @throws InputError when the file is of no known format.
 */
export async function* filePassages(
  uri: vscode.Uri,
  taxonomy: Taxonomy,
  report: Pick<ExportReport, 'leaveOut'>,
): AsyncGenerator<PassageData> {
  if (/\.ann$/iu.test(uri.path)) {
    yield await bratPassage(uri, taxonomy, report);
    return;
  }
  const format = await formatOf(uri);
  const breath = takeTurns();
  for await (const record of format.read(toUtf8(chunksOf(uri), uri), { taxonomy })) {
    await breath();
    if (record.kind === 'passage') yield record;
    else {
      const line = record.problem.line ?? record.source.line;
      report.leaveOut(phrase`Line ${line}: ${describeProblem(record.problem)}`);
    }
  }
}

/** A document of brat: the annotations of a `.ann` file on the text of the `.txt` beside it. */
async function bratPassage(
  uri: vscode.Uri,
  taxonomy: Taxonomy,
  report: Pick<ExportReport, 'leaveOut'>,
): Promise<PassageData> {
  const read = async (file: vscode.Uri) => {
    const bytes = await collect(toUtf8([await vscode.workspace.fs.readFile(file)], file));
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  };
  const beside = uri.with({ path: uri.path.replace(/\.ann$/iu, '.txt') });
  const text = await read(beside).catch(() => undefined);
  if (text === undefined) {
    throw new InputError(
      phrase`The text of these annotations of brat is missing`,
      phrase`Put the .txt file of the same name beside it.`,
      { source: vscode.workspace.asRelativePath(uri) },
    );
  }
  const { passage, problems } = readBrat({ text, annotations: await read(uri) }, { taxonomy });
  for (const problem of problems) {
    report.leaveOut(phrase`Line ${problem.line ?? 1}: ${describeProblem(problem)}`);
  }
  return passage;
}

/** The format of a file of annotated passages. @throws InputError when it is of none. */
async function formatOf(uri: vscode.Uri): Promise<Format> {
  const format = detectFormat(await headOf(uri), uri.path);
  if (format !== undefined && format.name !== 'text') return format;
  throw new InputError(
    phrase`The file is no data set in a format that is known`,
    phrase`Choose a file with annotated passages, such as JSONL with offsets or DynamicNER JSON.`,
    { source: vscode.workspace.asRelativePath(uri) },
  );
}

/** The first bytes of a file in UTF-8, by which its format is recognised. */
export async function headOf(uri: vscode.Uri): Promise<Uint8Array> {
  const bytes = await collect(toUtf8(chunksOf(uri, headBytes), uri));
  return bytes.subarray(0, headBytes);
}
