import { readFile } from 'node:fs/promises';
import { applyChanges, changesByRecord } from '../../core/checks/applyFixes';
import type { Change } from '../../core/checks/finding';
import { InputError } from '../../core/errors';
import type { PassageData } from '../../core/formats/format';
import { phrase } from '../../core/messages/phrase';
import { encodeAs } from '../conversion/encodeAs';
import type { Output } from '../io/output';
import { openFormat } from '../io/records';
import type { Source } from '../io/sources';
import type { CheckReading } from './checkFiles';

/** The input's bytes in memory, so that it can be read again after it was checked. */
export async function holdSource(source: Source): Promise<Source> {
  const pieces: Uint8Array[] = [];
  if (source.file === undefined)
    for await (const chunk of source.chunks) pieces.push(chunk.slice());
  else pieces.push(await readFile(source.file).catch((error: unknown) => fail(source, error)));
  async function* again(): AsyncGenerator<Uint8Array> {
    yield* await Promise.resolve(pieces);
  }
  return {
    ...source,
    get chunks() {
      return again();
    },
  };
}

function fail(source: Source, error: unknown): never {
  throw new InputError(
    phrase`The file cannot be read (${(error as Error).message})`,
    phrase`Check its name and your rights to read it; folders are not mended.`,
    { source: source.name },
  );
}

/** Writes the input with changes of its passages; everything else stays byte for byte. */
export async function mendSource(
  source: Source,
  changes: readonly Change[],
  reading: CheckReading,
  output: Output,
): Promise<void> {
  const byRecord = changesByRecord(changes);
  const options = { offsets: reading.offsets, passages: 'paragraphs' } as const;
  const first = await openFormat(source, reading);
  const second = await openFormat(source, reading);
  if (first === undefined || second === undefined) return;
  const replaced = new Map<number, PassageData | null>();
  for await (const record of first.format.read(first.utf8(), options)) {
    const own = byRecord.get(record.index);
    if (own === undefined || record.kind === 'bad') continue;
    replaced.set(record.index, applyChanges(record, own));
  }
  const edited = second.format.edit(second.utf8(), { replaced }, options);
  const { encoding, isMarked } = second;
  for await (const chunk of encodeAs(edited, encoding, isMarked)) await output.write(chunk);
}
