import type { JournalState } from '../../core/dataset/journal';
import { InputError } from '../../core/errors';
import type { Format, ReadOptions } from '../../core/formats/format';
import { detectFormat, findFormat } from '../../core/formats/formats';
import type { LabelSpec } from '../../core/labels/labelSpec';
import { Taxonomy } from '../../core/labels/taxonomy';
import { phrase } from '../../core/messages/phrase';
import type { BratFolderState } from './bratFolder';
import { Decoding, isUtf8 } from './encoding';

/** Where a data set comes from: a file or folder of brat of this machine, or what another file system gave, side file included. */
export type DatasetSource =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly side?: string };

export interface OpenParams {
  readonly source: DatasetSource;
  /** Name of the file, as users know it. */
  readonly name: string;
  /** A new file for the working copy. */
  readonly copy: string;
  /** As VS Code names it; a byte order mark counts more. UTF-8 when absent. */
  readonly encoding?: string;
  /** Name of the format; found out from the name and beginning of the file when absent. */
  readonly format?: string;
  readonly labels?: LabelSpec;
  /** The file with what an earlier window left when it was closed. */
  readonly backup?: string;
}

/** Edits that were not saved when a window was closed. */
export interface DatasetBackup {
  readonly version: 1;
  /** The working copy that they are made over. */
  readonly copy: string;
  readonly format: string;
  readonly encoding: string;
  /** Content of the file as it was opened, as the copy has it, and as it was saved last. */
  readonly opened: string | undefined;
  readonly digest: string | undefined;
  /** The side file as it was when the file was opened. */
  readonly side: string;
  readonly journal: JournalState;
  readonly brat?: BratFolderState;
}

/** The first bytes as UTF-8, for finding out the format. */
export function headInUtf8(head: Uint8Array, encoding: string): Uint8Array {
  if (isUtf8(encoding)) return head;
  const decoding = new Decoding(encoding);
  return Buffer.concat([decoding.write(head), decoding.end()]);
}

/**
 * The format named, else the one that the beginning of the file shows.
 * @throws InputError when it is none that is known.
 */
export function formatFor(head: Uint8Array, name: string, wanted: string | undefined): Format {
  const format = wanted === undefined ? detectFormat(head, name) : findFormat(wanted);
  if (format !== undefined && (wanted !== undefined || isRecognised(format, head, name)))
    return format;
  throw new InputError(
    phrase`The file is no data set of a format that is known`,
    phrase`Open it in the text editor, or make a new one with “New Data Set…”.`,
    { source: name },
  );
}

/** Whether the beginning of a file is that of a data set, and not only of some text. */
export function isRecognised(format: Format, head: Uint8Array, name: string): boolean {
  return format.detect(head, name) >= 0.5;
}

export function readOptionsFor(labels: LabelSpec | undefined): ReadOptions {
  const taxonomy =
    labels?.kind === 'taxonomy' ? { taxonomy: new Taxonomy(labels.types) } : undefined;
  return { passages: 'paragraphs', ...taxonomy };
}
