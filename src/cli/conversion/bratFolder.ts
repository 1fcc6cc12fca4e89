import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bratFiles } from '../../core/export/bratFiles';
import { readBrat } from '../../core/formats/brat';
import type { PassageData, ReadOptions, WriteOptions } from '../../core/formats/format';
import { InputError } from '../../core/errors';
import { phrase } from '../../core/messages/phrase';
import { bratName } from '../formats';
import { encodingOfMark, newDecoder } from '../io/lines';
import type { InputPassage } from '../io/passages';
import type { Source } from '../io/sources';

/**
 * The documents of a folder of brat, by name: every `.txt`, with its `.ann` where there is one.
 * @throws {InputError} when there is none.
 */
export async function* readBratFolder(
  source: Source,
  { encoding, ...options }: ReadOptions & { readonly encoding?: string },
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
    const annotations = await readText(`${file.slice(0, -4)}.ann`, encoding);
    const text = await readText(file, encoding);
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

/**
 * Whether the input is a data set of brat, as every folder is.
 * @param from Name of the format where `--from` names one.
 * @throws {InputError} when that is brat for a file, or another format for a folder.
 */
export async function isBrat(source: Source, from: string | undefined): Promise<boolean> {
  const found = await isFolder(source);
  if (from === undefined || found === (from === bratName)) return found;
  throw found
    ? new InputError(
        phrase`A folder is read as brat, not as ${from}`,
        phrase`Leave --from out, or name the files in it.`,
        { source: source.name },
      )
    : new InputError(
        phrase`A data set of brat is a folder`,
        phrase`Name the folder that has its files NAME.txt and NAME.ann.`,
        { source: source.name },
      );
}

/**
 * Writes each passage as two files of a folder, named by its id or number: all of them or, when it fails or
 * is interrupted, none.
 * @throws InputError when one of the names is taken, or the folder cannot be written.
 */
export async function writeBratFolder(
  passages: AsyncIterable<PassageData>,
  folder: string,
  options: WriteOptions,
): Promise<void> {
  let made: string | undefined;
  let drafts: string | undefined;
  const names: string[] = [];
  try {
    made = await mkdir(folder, { recursive: true }).catch((error: unknown) => fail(error, folder));
    const taken = new Set(await readdir(folder));
    drafts = await mkdtemp(path.join(folder, '.brat-'));
    for await (const { name, content } of bratFiles(passages, options)) {
      const file = path.join(folder, name);
      if (taken.has(name)) fail(new Error('it exists'), file);
      await writeFile(path.join(drafts, name), content).catch((error: unknown) =>
        fail(error, file),
      );
      names.push(name);
    }
    for (const name of names) await rename(path.join(drafts, name), path.join(folder, name));
    await rm(drafts, { recursive: true });
  } catch (error) {
    if (drafts !== undefined) await rm(drafts, { recursive: true, force: true });
    if (made !== undefined) await rm(made, { recursive: true, force: true });
    throw error;
  }
}

function fail(error: unknown, source: string): never {
  const reason = error instanceof Error ? error.message : String(error);
  throw new InputError(
    phrase`The output cannot be written (${reason})`,
    phrase`Name a new or empty folder with --out.`,
    { source },
  );
}

async function readText(file: string, encoding: string | undefined): Promise<string | undefined> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (bytes === undefined) return undefined;
  const decoder = newDecoder(encoding ?? encodingOfMark(bytes) ?? 'utf-8', file);
  try {
    return decoder.decode(bytes);
  } catch {
    throw new InputError(
      phrase`The text is not valid ${decoder.encoding.toUpperCase()}`,
      phrase`Name the encoding of the input with --encoding.`,
      { source: file },
    );
  }
}
