import { randomUUID } from 'node:crypto';
import { mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { join } from '../../core/formats/lines';
import { fromUtf8 } from './fileEncoding';

/**
 * Writes a file so that at every moment the old or the new one is there as a whole: beside the wanted
 * one, to the disk, then in its place. A link keeps its target and a file its mode. Other places than
 * the disk get all bytes in one write. Missing folders are made. Returns the stamp of what was written.
 * @throws what the file system or the chunks throw; the file is then as it was.
 */
export async function writeAtomically(
  target: vscode.Uri,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<string> {
  if (target.scheme !== 'file') {
    const pieces: Uint8Array[] = [];
    for await (const chunk of chunks) pieces.push(chunk.slice());
    await vscode.workspace.fs.writeFile(target, join(pieces));
    return (await stampOf(target)) ?? '';
  }
  const file = await realpath(target.fsPath).catch(() => target.fsPath);
  await mkdir(path.dirname(file), { recursive: true });
  const mode = (await stat(file).catch(() => undefined))?.mode;
  const draft = path.join(path.dirname(file), `.${randomUUID()}.tmp`);
  let stamp: string;
  try {
    const handle = await open(draft, 'wx');
    try {
      for await (const chunk of chunks) await handle.writeFile(chunk);
      if (mode !== undefined) await handle.chmod(mode);
      await handle.sync();
      const { mtime, size } = await handle.stat();
      stamp = `${mtime.getTime()} ${size}`;
    } finally {
      await handle.close();
    }
    await rename(draft, file);
    return stamp;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/**
 * Writes files into a folder: when what yields them ends early, for instance because it was cancelled, the
 * folder is as it was. Files of the same names are replaced, each as a whole.
 */
export async function writeIntoFolder(
  folder: vscode.Uri,
  files: AsyncIterable<{ readonly name: string; readonly content: string }>,
): Promise<void> {
  const { fs } = vscode.workspace;
  const drafts = vscode.Uri.joinPath(folder, `.${randomUUID()}.tmp`);
  const names: string[] = [];
  await fs.createDirectory(drafts);
  try {
    for await (const { name, content } of files) {
      const bytes = fromUtf8(
        [new TextEncoder().encode(content)],
        vscode.Uri.joinPath(folder, name),
      );
      await writeAtomically(vscode.Uri.joinPath(drafts, name), bytes);
      names.push(name);
    }
    for (const name of names) {
      await replaceFile(vscode.Uri.joinPath(drafts, name), vscode.Uri.joinPath(folder, name));
    }
  } finally {
    await fs.delete(drafts, { recursive: true });
  }
}

/** Puts a file in another's place, on the disk in one step: VS Code's own rename deletes the old file first. */
async function replaceFile(from: vscode.Uri, to: vscode.Uri): Promise<void> {
  if (to.scheme === 'file') {
    await mkdir(path.dirname(to.fsPath), { recursive: true });
    await rename(from.fsPath, to.fsPath);
  } else {
    await vscode.workspace.fs.rename(from, to, { overwrite: true });
  }
}

/** What tells versions of a file apart without reading them; undefined where there is none. */
export async function stampOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const { mtime, size } = await vscode.workspace.fs.stat(uri);
    return `${mtime} ${size}`;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

export function isMissing(error: unknown): boolean {
  return hasCode(error, 'ENOENT', 'FileNotFound', 'EntryNotFound');
}

export function isForbidden(error: unknown): boolean {
  return hasCode(error, 'EACCES', 'EPERM', 'EROFS', 'NoPermissions', 'Unavailable');
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
