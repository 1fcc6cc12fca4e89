import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bratFiles } from '../../core/export/bratFiles';
import { readBrat } from '../../core/formats/brat';
import type { PassageData, ReadOptions, WriteOptions } from '../../core/formats/format';
import { InputError } from '../../core/errors';
import { phrase } from '../../core/messages/phrase';
import type { InputPassage } from '../io/passages';
import type { Source } from '../io/sources';

/**
 * The documents of a folder of brat, by name: every `.txt`, with its `.ann` where there is one.
 * @throws {InputError} when there is none.
 */
export async function* readBratFolder(
  source: Source,
  options: ReadOptions,
): AsyncGenerator<InputPassage> {
  const folder = source.file ?? '';
  const files = await readdir(folder, { recursive: true });
  const names = files.filter((one) => one.endsWith('.txt')).sort();
  if (names.length === 0) {
    throw new InputError(
      phrase`The folder has no documents of brat (NAME.txt with NAME.ann)`,
      phrase`Name the files in it, or the folder that has them.`,
      { source: source.name },
    );
  }
  for (const name of names) {
    const file = path.join(folder, name);
    const annotations = await readText(`${file.slice(0, -4)}.ann`);
    const text = await readText(file);
    const { passage, problems } = readBrat(
      { text: text ?? '', annotations: annotations ?? '' },
      options,
    );
    const id = name.slice(0, -4).split(path.sep).join('/');
    const named = { ...source, name: path.join(source.name, name) };
    yield { source: named, line: 1, data: { id, ...passage }, problems };
  }
}

/** Whether the input is a folder. */
export async function isFolder({ file }: Source): Promise<boolean> {
  return file !== undefined && (await stat(file).catch(() => undefined))?.isDirectory() === true;
}

/** Writes each passage as two files of a folder, named by its id or number; never over other files. */
export async function writeBratFolder(
  passages: AsyncIterable<PassageData>,
  folder: string,
  options: WriteOptions,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for await (const { name, content } of bratFiles(passages, options)) {
    await writeNew(path.join(folder, name), content);
  }
}

async function writeNew(file: string, content: string): Promise<void> {
  try {
    await writeFile(file, content, { flag: 'wx' });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(
      phrase`The output cannot be written (${reason})`,
      phrase`Name a new or empty folder with --out.`,
      { source: file },
    );
  }
}

async function readText(file: string): Promise<string | undefined> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new InputError(phrase`The file is not valid UTF-8`, phrase`Save it as UTF-8.`, {
      source: file,
    });
  }
}
