import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { isHuman } from '../../core/entity/entity';
import { InputError, wordingOf } from '../../core/errors';
import { annotatedSentences } from '../../core/finetuning/sentences';
import { detectFormat } from '../../core/formats/formats';
import type { PassageData } from '../../core/formats/format';
import type { Taxonomy } from '../../core/labels/taxonomy';
import { phrase } from '../../core/messages/phrase';
import type { Demonstration } from '../../engines/prompts/promptProtocol';
import type { DocumentSession, Labels } from '../contract';
import { takeTurns } from '../../engines/turns';
import { sessionPassages } from '../features/sessionPassages';
import type { EngineAccess } from './engineAccess';

/** As many as are looked through for the nearest ones. */
const mostDemonstrations = 2000;
/** Enough of a file to tell its format. */
const headBytes = 8192;

/** What demonstrations are gathered from. */
export interface AnnotatedSources {
  /** All open documents. */
  readonly sessions: Iterable<DocumentSession>;
  readonly labels: Labels;
  readonly access: EngineAccess;
}

/** The annotated texts of a file, or without one the sentences of open documents that a human has decided on. */
export async function annotatedTexts(
  file: string | undefined,
  { sessions, labels, access }: AnnotatedSources,
): Promise<Demonstration[]> {
  if (file !== undefined) return demonstrationsOf(passagesOfFile(file, labels.taxonomy));
  const found: Demonstration[] = [];
  for (const session of sessions) {
    if (session.entities.some(isHuman)) {
      found.push(...(await demonstrationsOf(sessionPassages(session, access))));
    }
  }
  return found.slice(0, mostDemonstrations);
}

/** The sentences of passages whose entities are all decided, as examples for a model. */
export async function demonstrationsOf(
  passages: AsyncIterable<PassageData>,
): Promise<Demonstration[]> {
  const breath = takeTurns();
  const found: Demonstration[] = [];
  for await (const passage of passages) {
    await breath();
    for (const sentence of annotatedSentences(passage, { unit: 'sentence', suggested: false })) {
      const { text, entities, isUndecided } = sentence;
      if (entities.length > 0 && !isUndecided) found.push({ text, entities });
    }
    if (found.length >= mostDemonstrations) break;
  }
  return found.slice(0, mostDemonstrations);
}

/**
 * The passages of a file of annotated texts, in any of the formats; a relative name starts from the
 * workspace folder.
 * @throws InputError when it cannot be read, or has no known format.
 */
export async function* passagesOfFile(
  file: string,
  taxonomy: Taxonomy,
): AsyncGenerator<PassageData> {
  const base = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir();
  const target = path.resolve(base, file.replace(/^~(?=[/\\]|$)/u, homedir()));
  const format = detectFormat(await readHead(target, file), target);
  if (format === undefined) {
    throw new InputError(
      phrase`The format of the demonstrations is not known`,
      phrase`Name a file of annotated passages in “demonstrations” of the setting "dynamicner.engine".`,
      { source: file },
    );
  }
  for await (const record of format.read(createReadStream(target), { taxonomy })) {
    if (record.kind === 'passage') yield record;
  }
}

async function readHead(target: string, name: string): Promise<Uint8Array> {
  try {
    const handle = await open(target);
    try {
      const { buffer, bytesRead } = await handle.read(new Uint8Array(headBytes), 0, headBytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new InputError(
      phrase`The demonstrations cannot be read (${wordingOf(error)})`,
      phrase`Name a file of annotated passages in “demonstrations” of the setting "dynamicner.engine".`,
      { source: name },
    );
  }
}
