import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import { phrase, type Phrase } from '../../core/messages/phrase';
import { ModelError, messageOf } from '../errors';

/** The files of a model's folder: those in it, and those in its folder `onnx`, by their relative path. */
export async function listModelFiles(folder: string): Promise<string[]> {
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const problem = isMissing
      ? phrase`the folder is missing`
      : phrase`the folder cannot be read: ${messageOf(error)}`;
    throw new ModelError(folder, problem, phrase`Name the folder that holds the model.`, {
      cause: error,
    });
  }
  const files = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  if (entries.some((entry) => entry.isDirectory() && entry.name === 'onnx')) {
    const inner = await readdir(path.join(folder, 'onnx'), { withFileTypes: true });
    for (const entry of inner) if (!entry.isDirectory()) files.push(`onnx/${entry.name}`);
  }
  return files.sort();
}

/**
 * Bytes of a file of a model.
 * @throws ModelError when it is missing or cannot be read.
 */
export async function readModelFile(
  folder: string,
  name: string,
  mend: Phrase,
): Promise<Uint8Array> {
  try {
    return await readFile(path.join(folder, name));
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const problem = isMissing
      ? phrase`the file is missing`
      : phrase`it cannot be read: ${messageOf(error)}`;
    throw new ModelError(path.join(folder, name), problem, mend, { cause: error });
  }
}

/**
 * A JSON file of a model, checked.
 * @throws ModelError naming the file and the field that does not fit.
 */
export async function readModelJson<T>(
  folder: string,
  name: string,
  schema: z.ZodType<T>,
  mend: Phrase,
): Promise<T> {
  const file = path.join(folder, name);
  const bytes = await readModelFile(folder, name, mend);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new ModelError(file, phrase`it is no JSON: ${messageOf(error)}`, mend, { cause: error });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.map(String).join('.') ?? '';
  throw new ModelError(
    file,
    field === ''
      ? phrase`its content is wrong: ${issue?.message ?? ''}`
      : phrase`"${field}" is wrong: ${issue?.message ?? ''}`,
    mend,
  );
}

/** Bytes that files take together. */
export async function sizeOfFiles(folder: string, names: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    names.map(async (name) => (await stat(path.join(folder, name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
