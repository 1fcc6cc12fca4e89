import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SideRecords, sideRecordOf, type SideRecord } from '../../core/dataset/sideRecords';
import type { DatasetStore } from './datasetStore';

/**
 * The file beside a data set that has what its format cannot say.
 * @param paths How its path is written; as on this machine when absent.
 */
export function sideFileOf(file: string, paths: path.PlatformPath = path): string {
  const { dir, name } = paths.parse(file);
  return paths.join(dir, `${name}.provenance.jsonl`);
}

/** A side file's text; empty when there is none. */
export async function readSideFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** The records of a side file for use with a file of that digest. */
export function openSides(text: string, digest: string | undefined): SideRecords {
  const sides = new SideRecords(text);
  if (digest !== undefined) sides.useWith(digest);
  return sides;
}

/** The side records of passages that are still there, by the numbers that they have now. */
export async function keptSides(store: DatasetStore): Promise<Map<number, SideRecord>> {
  const { side, journal } = store;
  const kept = new Map<number, SideRecord>();
  if (side.isEmpty) return kept;
  for (const block of store.blocks()) {
    for (const { record, id } of await store.passages(block)) {
      if (record?.kind !== 'passage') continue;
      const found = side.find(record, record.index);
      const number = journal.order.numberOf(id);
      if (found === undefined || number === undefined) continue;
      // What was found by its text alone may say more than the file does now.
      kept.set(number, side.isExact ? { ...found, record: number } : sideRecordOf(record, number));
    }
  }
  return kept;
}

/** A side file with these records, for a file of that digest. */
export async function* sideLines(
  unread: readonly string[],
  sides: ReadonlyMap<number, SideRecord>,
  digest: string,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield await Promise.resolve(encoder.encode(`${JSON.stringify({ provenance: 1, digest })}\n`));
  for (const line of unread) yield encoder.encode(`${line}\n`);
  for (const record of [...sides.values()].sort((a, b) => a.record - b.record)) {
    yield encoder.encode(`${JSON.stringify(record)}\n`);
  }
}
