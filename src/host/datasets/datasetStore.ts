import { withoutKeys } from '../../core/withoutKeys';
import type { DatasetEdit } from '../../core/dataset/edits';
import {
  Journal,
  type JournalState,
  type ReadContent,
  type Touched,
} from '../../core/dataset/journal';
import type { Authorship, PassageId, PassageView } from '../../core/dataset/passage';
import { PassageIndex } from '../../core/dataset/passageIndex';
import type { FindText, PassageFacts } from '../../core/dataset/queryMatch';
import { passagesNeeded, resolveEdit } from '../../core/dataset/resolveEdit';
import { reviewOf } from '../../core/dataset/review';
import type { SideRecords } from '../../core/dataset/sideRecords';
import type { Format, FormatRecord, PassageData, ReadOptions } from '../../core/formats/format';
import { readUnit, type RecordReader } from '../../core/formats/records';
import type { Unit } from '../../core/formats/units';
import type { WorkingCopy } from './workingCopy';

/** Bytes that are read at once for neighbouring records. */
const READ_BYTES = 4 << 20;

/** A passage as it stands, with what its record said. */
export interface StoredPassage extends PassageFacts {
  readonly id: PassageId;
  /** The record of the file; undefined for a new passage. */
  readonly record: FormatRecord | undefined;
}

export interface StoreParts {
  readonly format: Format;
  readonly copy: WorkingCopy;
  /** Of the file; the copy is UTF-8. */
  readonly encoding: string;
  readonly reader: RecordReader;
  readonly side: SideRecords;
  readonly options: ReadOptions;
  readonly journal?: JournalState;
  readonly search?: FindText;
}

/** An open data set: the working copy with its index, and the journal of edits over it. */
export class DatasetStore {
  readonly index = new PassageIndex();
  readonly journal: Journal;
  readonly format: Format;
  readonly copy: WorkingCopy;
  readonly encoding: string;
  readonly side: SideRecords;
  options: ReadOptions;
  private readonly reader: RecordReader;

  constructor({ format, copy, encoding, reader, side, options, ...rest }: StoreParts) {
    this.format = format;
    this.copy = copy;
    this.reader = reader;
    this.side = side;
    this.options = options;
    this.encoding = encoding;
    this.journal = new Journal(rest.journal, rest.search);
  }

  /** Passages of these ids in their order; those that are not there are left out. */
  async passages(ids: readonly PassageId[]): Promise<StoredPassage[]> {
    const there = ids.filter((id) => this.journal.order.numberOf(id) !== undefined);
    const records = await this.records(there.filter((id) => id >= 0));
    return there.flatMap((id) => this.stored(id, records.get(id)) ?? []);
  }

  async views(ids: readonly PassageId[]): Promise<PassageView[]> {
    return (await this.passages(ids)).map((stored) => {
      const { id, passage, record, isEdited } = stored;
      const isBad = record?.kind === 'bad' && !isEdited;
      const problems =
        isEdited || record === undefined
          ? []
          : record.kind === 'bad'
            ? [record.problem]
            : record.problems;
      const number = this.journal.order.numberOf(id) ?? 0;
      return { id, number, passage, review: reviewOf(passage), problems, isBad, isEdited };
    });
  }

  /** Works out an edit and makes it; undefined where it changes nothing. */
  async apply(
    edit: DatasetEdit,
    by: Authorship,
    joins = false,
  ): Promise<{ touched: Touched; ids: PassageId[] } | undefined> {
    const stored = await this.passages(passagesNeeded(edit));
    const known = new Map(stored.map((one) => [one.id, one]));
    const ids: PassageId[] = [];
    const operations = resolveEdit(edit, {
      by,
      passage: (id) => {
        const found = known.get(id);
        if (found === undefined) return undefined;
        return { passage: found.passage, isBad: found.record?.kind === 'bad' && !found.isEdited };
      },
      numberOf: (id) => this.journal.order.numberOf(id),
      newId: () => {
        const id = this.journal.newId();
        ids.push(id);
        return id;
      },
    });
    if (operations.length === 0) return undefined;
    const touched = joins ? this.journal.extend(operations) : this.journal.apply(operations);
    return { touched, ids };
  }

  /** Cuts the copy's bytes into records and what stands between them. */
  units(pieces: AsyncIterable<Uint8Array>): AsyncIterable<Unit> {
    return this.reader.units(pieces);
  }

  /** All ids in order, in blocks; a block of the file is read at once. */
  *blocks(ids?: readonly PassageId[], size = 512): Generator<PassageId[]> {
    const all = ids?.length ?? this.journal.order.size;
    for (let from = 0; from < all; from += size) {
      yield ids?.slice(from, from + size) ?? this.journal.order.idsBetween(from, from + size);
    }
  }

  /** What a record of the file says, its side record included. */
  recordOf(number: number, bytes: Uint8Array): FormatRecord {
    const { start, line } = this.index.place(number);
    const broken = this.index.brokenReason(number);
    const unit = { kind: 'record', bytes, start, line, ...(broken ? { broken } : {}) } as const;
    const record = readUnit(this.reader, unit, number, this.options);
    if (record.kind === 'bad') return record;
    return this.side.complete(record, number, this.options);
  }

  private stored(id: PassageId, record: FormatRecord | undefined): StoredPassage | undefined {
    const facts = this.journal.content(id, () => this.readContent(record));
    return facts === undefined ? undefined : { ...facts, id, record };
  }

  private readContent(record: FormatRecord | undefined): ReadContent | undefined {
    if (record === undefined) return undefined;
    if (record.kind === 'bad') {
      return { passage: this.badText(record), hasProblems: true, isBad: true };
    }
    return { passage: contentOf(record), hasProblems: record.problems.length > 0, isBad: false };
  }

  /** A passage of the file as it stands now, read at once: for what cannot wait in the middle of a save. */
  contentNow(number: number): PassageFacts | undefined {
    return this.journal.content(number, () => {
      const { start, end } = this.index.place(number);
      return this.readContent(this.recordOf(number, this.copy.readNow(start, end)));
    });
  }

  private badText(record: FormatRecord): PassageData {
    return { text: this.badTexts.get(record) ?? '', entities: [] };
  }

  private readonly badTexts = new WeakMap<FormatRecord, string>();

  private async records(ids: readonly PassageId[]): Promise<Map<PassageId, FormatRecord>> {
    const records = new Map<PassageId, FormatRecord>();
    const sorted = [...new Set(ids)].sort((a, b) => a - b);
    for (let from = 0; from < sorted.length;) {
      const first = this.index.place(sorted[from] ?? 0);
      let to = from + 1;
      let { end } = first;
      for (; to < sorted.length; to++) {
        const place = this.index.place(sorted[to] ?? 0);
        const isNear = place.start - end < 65_536 && place.end - first.start <= READ_BYTES;
        if (!isNear) break;
        end = place.end;
      }
      const bytes = await this.copy.read(first.start, end);
      for (const id of sorted.slice(from, to)) {
        const place = this.index.place(id);
        const own = bytes.subarray(place.start - first.start, place.end - first.start);
        const record = this.recordOf(id, own);
        if (record.kind === 'bad') {
          this.badTexts.set(record, new TextDecoder().decode(own.subarray(0, 10_000)));
        }
        records.set(id, record);
      }
      from = to;
    }
    return records;
  }
}

/** The passage of a record without what says where it stood. */
function contentOf(record: Extract<FormatRecord, { kind: 'passage' }>): PassageData {
  return withoutKeys(record, 'kind', 'index', 'source', 'problems');
}
