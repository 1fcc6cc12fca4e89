import { phrase } from '../messages/phrase';
import { readBrat } from './brat';
import { editBrat } from './bratEdit';
import type { Format, PassageData, ReadOptions, WriteOptions } from './format';
import { recordFormat, type RecordFile } from './records';
import { readSingleLines, unitsOfLines } from './units';

/** Content of a file of a folder, as it was when it was read or written last. */
export interface FileState {
  readonly size: number;
  /** Milliseconds, as the file system says it. */
  readonly modified: number;
  readonly digest: string;
  /** The encoding that its byte order mark names; absent for that of the folder. */
  readonly encoding?: string;
}

/** What is on the disk of a document; `null` for a file that is not there. */
export interface DocumentState {
  readonly text: FileState | null;
  readonly annotations: FileState | null;
}

/** A document of a folder of brat as a line of JSON, in the working copy of an open data set. */
export interface BratEntry {
  /** Path of its files in the folder without their endings, parts joined by `/`. */
  readonly name: string;
  readonly text: string;
  /** Content of the `.ann` file; `null` where there is none. */
  readonly annotations: string | null;
  readonly state: DocumentState;
  /** Whether one of the files has bytes that are none of its encoding; it is left alone then. */
  readonly isUnreadable?: boolean;
}

/** The line of a document, without a line break. */
export function writeBratEntry(entry: BratEntry): string {
  return JSON.stringify(entry);
}

export function readBratEntry(line: string): BratEntry {
  return JSON.parse(line) as BratEntry;
}

/** What is to stand in the files of a document with a passage in place of what they said. */
export function editBratEntry(
  { text, annotations }: Pick<BratEntry, 'text' | 'annotations'>,
  passage: PassageData,
  options: ReadOptions & WriteOptions,
): Pick<BratEntry, 'text' | 'annotations'> {
  const edited = editBrat({ text, annotations: annotations ?? '' }, passage, options);
  const isNone = annotations === null && edited.annotations === '';
  return isNone ? { text: edited.text, annotations: null } : edited;
}

/** A folder of brat as one data set: each `.txt` with its `.ann` is a passage. */
export const bratFolderFormat: Format = recordFormat({
  name: 'brat',
  title: phrase`Folder of brat`,
  extensions: [],
  gap: 1,
  detect: () => 0,
  open: (): RecordFile => ({
    units: (chunks) => unitsOfLines(chunks, readSingleLines()),
    read: (line, options) => {
      const { name, text, annotations, isUnreadable } = readBratEntry(line);
      if (isUnreadable === true) {
        return {
          problem: {
            kind: 'encoding',
            message: phrase`“${name}” has bytes that are not of its encoding`,
            mend: phrase`Its files stay as they are; name their encoding in the setting files.encoding.`,
          },
        };
      }
      const { passage, problems } = readBrat({ text, annotations: annotations ?? '' }, options);
      return {
        passage: { id: name, ...passage },
        problems: problems.map(({ line: at, ...problem }) => ({
          ...problem,
          field: `${name}.ann:${at ?? 1}`,
        })),
      };
    },
    write: (passage, options, before) => {
      const entry = before === undefined ? undefined : readBratEntry(before);
      return writeBratEntry({
        name: entry?.name ?? passage.id ?? '',
        ...editBratEntry(entry ?? { text: '', annotations: null }, passage, options),
        state: entry?.state ?? { text: null, annotations: null },
      });
    },
  }),
});
