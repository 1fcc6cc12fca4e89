import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { PassageData } from '../../src/core/formats/format';
import { dynamicnerFormat } from '../../src/core/formats/dynamicner';
import { dynamicNerTaxonomy } from '../../src/core/labels/dynamicner';
import { CodePointMap } from '../../src/core/text/offsets';

const devFolder = path.resolve(__dirname, '../../training/corpus/dev');

const lineSchema = z.object({
  text: z.string(),
  entities: z.array(
    z.object({
      start: z.number(),
      end: z.number(),
      label: z.string(),
      medium: z.string(),
      coarse: z.string(),
    }),
  ),
});

/** The sentences of the corpus that were written for measuring; of all languages, or those of a pattern. */
export function writtenSentences(pattern = /^dynamicner-written-/u): PassageData[] {
  return readdirSync(devFolder)
    .sort()
    .filter((name) => pattern.test(name))
    .flatMap((name) =>
      gunzipSync(readFileSync(path.join(devFolder, name)))
        .toString('utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map(readWritten),
    );
}

function readWritten(line: string): PassageData {
  const { text, entities } = lineSchema.parse(JSON.parse(line));
  const offsets = new CodePointMap(text);
  return {
    text,
    entities: entities.map(({ start, end, label, medium, coarse }, index) => ({
      id: String(index),
      start: offsets.toUtf16(start),
      end: offsets.toUtf16(end),
      path: [coarse, medium, label],
      state: 'accepted',
    })),
  };
}

/** The sentences as a DynamicNER file, and read back from it: without offsets, found again by their words. */
export async function asDynamicNer(sentences: readonly PassageData[]): Promise<PassageData[]> {
  const chunks: Uint8Array[] = [];
  const numbered = sentences.map((sentence, index) => ({
    ...sentence,
    id: `sentence${index + 1}`,
  }));
  for await (const chunk of dynamicnerFormat.write(iterate(numbered), {})) chunks.push(chunk);
  return readAll(iterate(chunks));
}

/** The sentences of a DynamicNER file; mentions that stand nowhere in theirs are in `unplaced`. */
export function readDynamicNer(file: string): Promise<PassageData[]> {
  return readAll(createReadStream(file));
}

async function readAll(bytes: AsyncIterable<Uint8Array>): Promise<PassageData[]> {
  const sentences: PassageData[] = [];
  for await (const record of dynamicnerFormat.read(bytes, { taxonomy: dynamicNerTaxonomy })) {
    if (record.kind !== 'passage') continue;
    // A bare name may mean several types; whoever answers questions means the deepest.
    const entities = record.entities.map((entity) => ({
      ...entity,
      path: (entity.candidates ?? []).reduce(
        (deepest, path) => (path.length > deepest.length ? path : deepest),
        entity.path,
      ),
    }));
    sentences.push({ ...record, entities });
  }
  return sentences;
}

async function* iterate<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}
