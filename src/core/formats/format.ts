import type { Entity } from '../entity/entity';
import type { Taxonomy } from '../labels/taxonomy';
import type { Problem } from '../problem';
import type { Phrase } from '../messages/phrase';
import type { RecordReader } from './records';

/** A mention that a file lists and its text does not contain. */
export interface UnplacedMention {
  readonly mention: string;
  readonly label: string;
}

/** A text with its entities, as every format gives and takes it. Offsets are UTF-16 units. */
export interface PassageData {
  readonly id?: string;
  readonly text: string;
  readonly lang?: string;
  /** In text order. */
  readonly entities: readonly Entity[];
  /** Kept so that a rewritten passage loses none; only formats without offsets have and write them. */
  readonly unplaced?: readonly UnplacedMention[];
  /** Entities of the file that could not be read, as they stand there; each is also a problem. */
  readonly unread?: readonly unknown[];
  /** Keys of the file that the product does not know; written back as they were. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** Where a record stands in its file: bytes, end exclusive, without line break or separator. */
export interface SourcePlace {
  readonly start: number;
  readonly end: number;
  /** Line of the first byte, counted from 1. */
  readonly line: number;
}

/** A passage as it was read. */
export interface PassageRecord extends PassageData {
  readonly kind: 'passage';
  /** Number of the record in its file, from 0; bad records count. */
  readonly index: number;
  readonly source: SourcePlace;
  /** Everything doubtful about it; none is left out. */
  readonly problems: readonly Problem[];
}

/** A part of the file that could not be read, in its place among the passages. */
export interface BadRecord {
  readonly kind: 'bad';
  readonly index: number;
  readonly source: SourcePlace;
  readonly problem: Problem;
}

export type FormatRecord = PassageRecord | BadRecord;

/** Bytes of a file, in pieces of any size. */
export type ByteChunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export type Passages = AsyncIterable<PassageData> | Iterable<PassageData>;

/** How offsets of a file are counted. */
export type OffsetUnit = 'code-points' | 'utf16';

export interface ReadOptions {
  /** Unit of the file's offsets; code points when absent. */
  readonly offsets?: OffsetUnit;
  /** Gives bare type names their path; without it a name is a path of one part. */
  readonly taxonomy?: Taxonomy;
  /** Plain text: whether a passage is a paragraph or the whole file; the whole file when absent. */
  readonly passages?: 'paragraphs' | 'file';
}

/** Something a written file says less exactly than the passage, or says in an unusual way. */
export interface WriteNote {
  /** What kind it is: `scores`, `nested`, `states`, `span-key`, … */
  readonly kind: string;
  /** What it means for the user, the same sentence for every passage with it. */
  readonly message: Phrase;
  /** Whether reading the file again gives less than what was written. */
  readonly lost: boolean;
}

export interface WriteOptions {
  /** Unit of the file's offsets; code points when absent. */
  readonly offsets?: OffsetUnit;
  /** Level whose name stands as the label (0 = top); the deepest known when absent. */
  readonly level?: number;
  /** JSONL: whether ids, scores of levels and next best types are written too. */
  readonly full?: boolean;
  /** Called once for each kind of note of each passage. */
  readonly onNote?: (note: WriteNote, passage: PassageData) => void;
}

/** Changes of a file by record index. */
export interface PassageEdits {
  /** What stands in the place of a record; `null` removes it. */
  readonly replaced: ReadonlyMap<number, PassageData | null>;
  /** What is put in before the record of that index; the number of records means at the end. */
  readonly inserted?: ReadonlyMap<number, readonly PassageData[]>;
}

/** A file format of annotated passages. */
export interface Format {
  /** As the command line names it. */
  readonly name: string;
  /** As menus name it. */
  readonly title: Phrase;
  /** Usual file name endings, with their dot; the first is that of new files. */
  readonly extensions: readonly string[];
  /** Whether reading, editing and writing take memory for one passage only. */
  readonly streaming: boolean;

  /**
   * How certainly a file is of this format, in 0..1.
   * @param head The first bytes of the file, some thousands; may end inside a character.
   */
  detect(head: Uint8Array, fileName?: string): number;

  /**
   * Yields the file's records in order, each as soon as its bytes are there. What cannot be read is
   * yielded as a bad record; never throws for a file's content.
   */
  read(chunks: ByteChunks, options?: ReadOptions): AsyncIterable<FormatRecord>;

  /**
   * How a file's records are cut and read one by one, so that each can be read again from its bytes alone.
   * @param head The first bytes of the file, some thousands.
   */
  open(head: Uint8Array, options?: ReadOptions): RecordReader;

  /** Yields a new file with the passages in order. */
  write(passages: Passages, options?: WriteOptions): AsyncIterable<Uint8Array>;

  /**
   * Yields the file with some passages changed, everything else byte for byte as it was; of a changed
   * passage, keys that did not change too.
   * @throws InputError when the file cannot be edited safely.
   */
  edit(
    chunks: ByteChunks,
    edits: PassageEdits,
    options?: ReadOptions & WriteOptions,
  ): AsyncIterable<Uint8Array>;
}
