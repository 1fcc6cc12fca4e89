import type { Entity } from '../entity/entity';
import { inTextOrder } from '../entity/resolveOverlaps';
import { readEntities, writeEntity } from '../formats/entityJson';
import type { PassageData, ReadOptions } from '../formats/format';
import { contentId } from '../labels/contentId';
import { foldName } from '../labels/names';
import { CodePointMap } from '../text/offsets';
import { reviewKey } from './review';

/**
 * What a data set's format cannot say of a passage, one line of JSON of the file `NAME.provenance.jsonl`
 * beside it: states, scores, sources, comments, flags and times of its entities, and its review.
 */
export interface SideRecord {
  /** Content id of the passage's text. */
  readonly passage: string;
  /** Number of the passage in the file that was saved with it, from 0. */
  readonly record: number;
  /** All its entities as JSONL has them: code points, end exclusive. */
  readonly entities: readonly unknown[];
  readonly review?: unknown;
}

/** The first line: which file the others belong to. */
export interface SideHeader {
  readonly provenance: 1;
  /** Digest of the file as it was saved; another one means that record numbers may have moved. */
  readonly digest: string;
}

/** Kinds of notes of a format that say that something belongs into the side file. */
export const sideNotes: ReadonlySet<string> = new Set([
  'scores',
  'sources',
  'states',
  'rejected',
  'details',
  'entities',
  'nested',
  'paths',
  'keys',
]);

export function sideRecordOf(passage: PassageData, record: number): SideRecord {
  const map = new CodePointMap(passage.text);
  const review = passage.extra?.[reviewKey];
  return {
    passage: contentId(passage.text),
    record,
    entities: passage.entities.map((entity) => writeEntity(entity, map, { full: true })),
    ...(review === undefined ? {} : { review }),
  };
}

/** A line of a side file; undefined when it is none. */
export function readSideLine(line: string): SideRecord | SideHeader | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { provenance, digest, passage, record, entities } = value as Record<string, unknown>;
  if (provenance === 1) return typeof digest === 'string' ? { provenance, digest } : undefined;
  const isRecord =
    typeof passage === 'string' && typeof record === 'number' && Array.isArray(entities);
  return isRecord ? (value as SideRecord) : undefined;
}

/** The records of a side file, found by the passages that they are about. */
export class SideRecords {
  private readonly byContent = new Map<string, SideRecord[]>();
  /** Lines that are no records; kept. */
  readonly unread: string[] = [];
  private readonly digest: string | undefined;
  private fits = false;

  /** @param text The side file; empty for none. */
  constructor(text = '') {
    for (const line of text.split(/\r?\n/u)) {
      if (line.trim() === '') continue;
      const read = readSideLine(line);
      if (read === undefined) this.unread.push(line);
      else if ('provenance' in read) this.digest = read.digest;
      else this.add(read);
    }
  }

  get isEmpty(): boolean {
    return this.byContent.size === 0 && this.unread.length === 0;
  }

  /** Says which file they are used with: record numbers count only for the one they were saved with. */
  useWith(digest: string): void {
    this.fits = digest === this.digest;
  }

  *all(): Generator<SideRecord> {
    for (const records of this.byContent.values()) yield* records;
  }

  /** Whether they were saved with the file that they are used with. */
  get isExact(): boolean {
    return this.fits;
  }

  /** The record about a passage. */
  find({ text }: Pick<PassageData, 'text'>, record: number): SideRecord | undefined {
    if (this.byContent.size === 0) return undefined;
    const candidates = this.byContent.get(contentId(text));
    return this.fits ? candidates?.find((one) => one.record === record) : candidates?.[0];
  }

  /**
   * The passage with what its record says. With the file that they were saved with, the record's entities
   * are the passage's; else it adds to those that are still there, and brings back rejected ones.
   */
  complete<T extends PassageData>(passage: T, record: number, options: ReadOptions): T {
    const side = this.find(passage, record);
    if (side === undefined) return passage;
    const { entities } = readEntities(passage.text, side.entities, options);
    const extra =
      side.review === undefined || passage.extra?.[reviewKey] !== undefined
        ? {}
        : { extra: { ...passage.extra, [reviewKey]: side.review } };
    const merged = this.fits ? entities : mergeEntities(passage.entities, entities);
    return { ...passage, entities: merged, ...extra };
  }

  private add(record: SideRecord): void {
    const known = this.byContent.get(record.passage);
    if (known === undefined) this.byContent.set(record.passage, [record]);
    else known.push(record);
  }
}

function mergeEntities(standing: readonly Entity[], known: readonly Entity[]): Entity[] {
  const keyOf = ({ start, end, path }: Entity) => `${start} ${end} ${foldName(path.at(-1) ?? '')}`;
  const details = new Map(known.map((entity) => [keyOf(entity), entity]));
  const merged = standing.map((entity) => {
    const detail = details.get(keyOf(entity));
    details.delete(keyOf(entity));
    if (detail === undefined || detail.state === 'rejected') return entity;
    const path = detail.path.length > entity.path.length ? detail.path : entity.path;
    return { ...entity, ...detail, path };
  });
  const rejected = [...details.values()].filter(({ state }) => state === 'rejected');
  return [...merged, ...rejected].sort(inTextOrder);
}
