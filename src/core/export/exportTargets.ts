import { dynamicnerFormat } from '../formats/dynamicner';
import type { Format, PassageData, WriteOptions } from '../formats/format';
import { formats } from '../formats/formats';
import { htmlReport } from '../formats/htmlReport';
import { markdownSummary } from '../formats/markdownSummary';
import type { Taxonomy } from '../labels/taxonomy';
import { phrase, type Phrase } from '../messages/phrase';
import { bratFiles, type FolderFile } from './bratFiles';
import { withLabels } from './passageLabels';

interface TargetBase {
  readonly name: string;
  readonly title: Phrase;
  /** What a label is: the name at a level to be chosen, or the one that each entity has. */
  readonly label: 'level' | 'own';
  /** The passage with what the target says of it besides its entities. */
  prepare?(passage: PassageData, taxonomy: Taxonomy): PassageData;
}

/** What annotations can be exported as in one file. */
export interface FileTarget extends TargetBase {
  readonly kind: 'file';
  readonly extensions: readonly string[];
  write(passages: AsyncIterable<PassageData>, options: WriteOptions): AsyncIterable<Uint8Array>;
}

/** What annotations can be exported as in a folder, each document whole. */
export interface FolderTarget extends TargetBase {
  readonly kind: 'folder';
  files(passages: AsyncIterable<PassageData>, options: WriteOptions): AsyncIterable<FolderFile>;
}

export type ExportTarget = FileTarget | FolderTarget;

/** DynamicNER with a list of labels for each passage. */
const dynamicVersion: FileTarget = {
  ...targetOf(dynamicnerFormat),
  name: 'dynamicner-dynamic',
  title: phrase`DynamicNER JSON, dynamic version`,
  label: 'own',
  prepare: (passage, taxonomy) => withLabels(withoutId(passage), taxonomy),
};

const bratFolder: FolderTarget = {
  kind: 'folder',
  name: 'brat',
  title: phrase`Folder of brat`,
  label: 'level',
  files: bratFiles,
};

/** Everything that an export can be: DynamicNER's versions, then the other formats, then reports. */
export const exportTargets: readonly ExportTarget[] = [
  { ...targetOf(dynamicnerFormat), prepare: withoutId },
  dynamicVersion,
  ...formats.filter(({ name }) => name !== 'dynamicner' && name !== 'text').map(targetOf),
  bratFolder,
  ...[htmlReport, markdownSummary].map(targetOf),
];

function targetOf(format: Pick<Format, 'name' | 'title' | 'extensions' | 'write'>): FileTarget {
  const { name, title, extensions } = format;
  const write: FileTarget['write'] = (passages, options) => format.write(passages, options);
  return { kind: 'file', name, title, extensions, label: 'level', write };
}

/** DynamicNER's readers number sentences; an id of another file would become a key. */
function withoutId(passage: PassageData): PassageData {
  const { id, ...rest } = passage;
  return id === undefined || /^sentence\d+$/u.test(id) ? passage : rest;
}
