import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import type { PassageData } from '../../src/core/formats/format';
import { jsonlFormat } from '../../src/core/formats/jsonl';
import { segmentText } from '../../src/host/segmentText';
import { phraseText } from '../../src/core/messages/phrase';

/**
 * Which labels a set is extracted with: the taxonomy of DynamicNER; the names that the set uses, as
 * a flat list; or, where a line is annotated only with the types that it names, the names of that line.
 */
export type SetLabels = 'taxonomy' | 'names' | 'names-of-line';

/** Sentences with their gold entities. */
export interface GoldSet {
  readonly name: string;
  readonly language: string;
  readonly labels: SetLabels;
  /** Sentences of the whole set; `sentences` may be its beginning only. */
  readonly size: number;
  readonly sentences: readonly PassageData[];
}

const ending = /\.jsonl(\.gz)?$/;

/** The set files of a folder, sorted by name; none where the folder is absent. */
export async function listSetFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names
    .filter((name) => ending.test(name))
    .sort()
    .map((name) => path.join(folder, name));
}

/** The name of a set, which is its file's. */
export function nameOfSet(file: string): string {
  return path.basename(file).replace(ending, '');
}

/**
 * The first `limit` sentences of a set.
 * @throws {Error} for a line that is no passage: gold data has no bad lines.
 */
export async function readSet(file: string, limit: number): Promise<GoldSet> {
  const name = nameOfSet(file);
  const sentences: PassageData[] = [];
  let size = 0;
  const bytes = createReadStream(file);
  const chunks = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  for await (const record of jsonlFormat.read(chunks)) {
    if (record.kind === 'bad') {
      throw new Error(`${file}:${record.source.line}: ${phraseText(record.problem.message)}.`);
    }
    size++;
    if (sentences.length < limit) sentences.push(record);
  }
  const language = sentences.find(({ lang }) => lang !== undefined)?.lang ?? 'en';
  return { name, language, labels: labelsFor(name), size, sentences };
}

/** The lines of `open-*` are annotated only with types of their own (see training/corpus/README.md). */
function labelsFor(name: string): SetLabels {
  if (name.startsWith('dynamicner')) return 'taxonomy';
  return name.startsWith('open-') ? 'names-of-line' : 'names';
}

/**
 * A document and its gold annotation as a set: its paragraphs, cut as the editor cuts them, with
 * the entities that lie in each.
 */
export async function readDocument(name: string, file: string): Promise<GoldSet> {
  const sentences: PassageData[] = [];
  for await (const record of jsonlFormat.read(createReadStream(file))) {
    if (record.kind === 'bad') throw new Error(`${file}: ${phraseText(record.problem.message)}.`);
    sentences.push(...paragraphsOf(record));
  }
  return { name, language: 'en', labels: 'taxonomy', size: sentences.length, sentences };
}

function paragraphsOf({ text, entities, lang }: PassageData): PassageData[] {
  const { offsets } = segmentText({ text, languageId: 'markdown' });
  const paragraphs: PassageData[] = [];
  for (let at = 0; at + 1 < offsets.length; at += 2) {
    const [from = 0, to = 0] = offsets.slice(at, at + 2);
    const inside = entities.filter(({ start, end }) => start >= from && end <= to);
    paragraphs.push({
      text: text.slice(from, to),
      ...(lang === undefined ? {} : { lang }),
      entities: inside.map((entity) => ({
        ...entity,
        start: entity.start - from,
        end: entity.end - from,
      })),
    });
  }
  return paragraphs;
}
