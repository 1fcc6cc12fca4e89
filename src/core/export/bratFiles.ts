import { writeBrat } from '../formats/brat';
import type { Passages, WriteOptions } from '../formats/format';

/** A file of a folder. */
export interface FolderFile {
  readonly name: string;
  readonly content: string;
}

/**
 * The passages as brat's folder: for each a `.txt` and an `.ann` named by its id or number, each name
 * once, with nothing in it that a file system might not take.
 */
export async function* bratFiles(
  passages: Passages,
  options: WriteOptions = {},
): AsyncGenerator<FolderFile, void> {
  const names = new Set<string>();
  let number = 0;
  for await (const passage of passages) {
    number++;
    const name = freeName(passage.id, `passage${number}`, names);
    names.add(name);
    const { text, annotations } = writeBrat(passage, options);
    yield { name: `${name}.txt`, content: text };
    yield { name: `${name}.ann`, content: annotations };
  }
}

/**
 * A name for a document's files that no other one has.
 * @param wanted What it would like to be called; made into one that file systems take.
 * @param usual The name otherwise, which they do take.
 */
export function freeName(
  wanted: string | undefined,
  usual: string,
  taken: ReadonlySet<string>,
): string {
  const stem = wanted?.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^\.+/u, '_') ?? usual;
  let name = stem;
  for (let next = 2; taken.has(name); next++) name = `${stem}-${next}`;
  return name;
}
