import { followMend } from '../../core/checks/followMend';
import type { PassageData } from '../../core/formats/format';
import { findFormat } from '../../core/formats/formats';
import type { Taxonomy } from '../../core/labels/taxonomy';
import type { OpenDataset } from '../datasets/contract';
import { takeTurns } from '../../engines/turns';

/** UTF-16 units that a format gets at once. */
const PIECE = 65_536;

/**
 * Makes in a data set that is open what a mend made of its file, as one step of undo.
 * @param before The file in UTF-8, which the data set stands at; `after` is the mended text.
 * @returns False where the two do not follow from each other; nothing has changed then.
 */
export async function mendDataset(
  dataset: OpenDataset,
  before: AsyncIterable<Uint8Array>,
  after: string,
  taxonomy: Taxonomy,
): Promise<boolean> {
  const old = await readAll(dataset, before, taxonomy);
  const mended = (await readAll(dataset, bytesOf(after), taxonomy)).flatMap(
    (passage) => passage ?? [],
  );
  if (old.length !== dataset.count) return false;
  let next = 0;
  const removed: number[] = [];
  const changed: { number: number; from: PassageData; to: PassageData }[] = [];
  for (const [number, from] of old.entries()) {
    if (from === undefined) continue;
    const to = mended[next];
    if (to?.text !== from.text) removed.push(number);
    else {
      next++;
      if (!isSame(from, to)) changed.push({ number, from, to });
    }
  }
  if (next < mended.length) return false;
  const work = {};
  const passages = [];
  for (const { number, from, to } of changed) {
    const [view] = await dataset.passages(number, number + 1);
    if (view?.passage.text !== from.text) return false;
    const entities = followMend(view.passage.entities, from.entities, to.entities);
    passages.push({ id: view.id, passage: { ...view.passage, entities } });
  }
  const ids: number[] = [];
  for (const number of removed) {
    ids.push(...(await dataset.passages(number, number + 1)).map(({ id }) => id));
  }
  if (passages.length > 0) await dataset.apply({ kind: 'replace', passages }, work);
  if (ids.length > 0) await dataset.apply({ kind: 'remove', ids }, work);
  return true;
}

/** The passages of a file in the data set's format; undefined for what cannot be read. */
async function readAll(
  { format }: OpenDataset,
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  taxonomy: Taxonomy,
): Promise<(PassageData | undefined)[]> {
  const known = findFormat(format.name);
  const passages: (PassageData | undefined)[] = [];
  if (known === undefined) return passages;
  const breath = takeTurns();
  for await (const record of known.read(bytes, { taxonomy })) {
    passages.push(record.kind === 'passage' ? record : undefined);
    await breath();
  }
  return passages;
}

function* bytesOf(text: string): Generator<Uint8Array, void> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

function isSame(one: PassageData, other: PassageData): boolean {
  const said = ({ entities }: PassageData): string =>
    JSON.stringify(entities.map(({ start, end, path }) => [start, end, path]));
  return said(one) === said(other);
}
