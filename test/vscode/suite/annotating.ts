import { existsSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { DocumentSession } from '../../../src/editor/contract';
import type { Session } from '../../../src/editor/documents/session';
import { closeAll, editorParts, openFile, until } from './support';

export const sentence =
  'Marie Curie moved from Warsaw to Paris in 1891 and worked with Pierre Curie.';
export const city = ['location', 'geo-political entity', 'city'];
export const run = (command: string, ...args: unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(`dynamicner.${command}`, ...args);

/** Opens a file of that text and annotates mentions in it. */
export async function annotate(name: string, text: string, ...wanted: string[]): Promise<Session> {
  const editor = await openFile(name, text);
  const session = (await editorParts()).sessions.of(editor.document) as Session;
  await session.restore();
  for (const mention of wanted) {
    const start = text.indexOf(mention);
    await session.add(start, start + mention.length, city);
  }
  return session;
}

export function sideOf({ document }: DocumentSession): string {
  return `${document.uri.fsPath}.entities.jsonl`;
}

export interface Line {
  readonly text: string;
  readonly placed?: boolean;
  readonly entities: readonly { start: number; end: number; state: string; annotator?: string }[];
}

export function linesOf(file: string): Line[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Line);
}

/** The mentions of a file of annotations, by its own offsets. */
export function savedIn(file: string): string[] {
  if (!existsSync(file)) return [];
  return linesOf(file).flatMap(({ text, entities }) =>
    entities.map(({ start, end }) => [...text].slice(start, end).join('')),
  );
}

export async function saved(session: DocumentSession, ...wanted: string[]): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.files.save');
  await until(
    `${wanted.join(', ')} saved`,
    () => String(savedIn(sideOf(session))) === String(wanted),
  );
}

export async function close({ document }: DocumentSession): Promise<void> {
  await closeAll();
  await until('the document is closed', () => document.isClosed);
}

export async function reopen(name: string, text: string): Promise<Session> {
  const editor = await openFile(name, text);
  const session = (await editorParts()).sessions.of(editor.document) as Session;
  await session.restore();
  return session;
}
