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
    const wanted = (passage.id ?? `passage${number}`).replaceAll(/[^\p{L}\p{N}._-]+/gu, '_');
    const stem = wanted.replace(/^\.+/u, '_');
    let name = stem;
    for (let next = 2; names.has(name); next++) name = `${stem}-${next}`;
    names.add(name);
    const { text, annotations } = writeBrat(passage, options);
    yield { name: `${name}.txt`, content: text };
    yield { name: `${name}.ann`, content: annotations };
  }
}
