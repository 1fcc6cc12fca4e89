import { dynamicnerFormat } from '../formats/dynamicner';
import type { PassageData, WriteOptions } from '../formats/format';
import { formats } from '../formats/formats';
import { htmlReport } from '../formats/htmlReport';
import { markdownSummary } from '../formats/markdownSummary';
import type { Taxonomy } from '../labels/taxonomy';
import { phrase, type Phrase } from '../messages/phrase';
import { withLabels } from './passageLabels';

/** What annotations can be exported as, one file. */
export interface ExportTarget {
  readonly name: string;
  readonly title: Phrase;
  readonly extensions: readonly string[];
  /** What a label is: the name at a level to be chosen, or the one that each entity has. */
  readonly label: 'level' | 'own';
  /** The passage with what the target says of it besides its entities. */
  prepare?(passage: PassageData, taxonomy: Taxonomy): PassageData;
  write(passages: AsyncIterable<PassageData>, options: WriteOptions): AsyncIterable<Uint8Array>;
}

/** DynamicNER with a list of labels for each passage. */
const dynamicVersion: ExportTarget = {
  name: 'dynamicner-dynamic',
  title: phrase`DynamicNER JSON, dynamic version`,
  extensions: ['.json'],
  label: 'own',
  prepare: (passage, taxonomy) => withLabels(passage, taxonomy),
  write: (passages, options) => dynamicnerFormat.write(passages, options),
};

/** Everything that an export can be: DynamicNER's versions, then the other formats, then reports. */
export const exportTargets: readonly ExportTarget[] = [
  { ...targetOf(dynamicnerFormat), prepare: withoutId },
  { ...dynamicVersion, prepare: (passage, taxonomy) => withLabels(withoutId(passage), taxonomy) },
  ...formats.filter(({ name }) => name !== 'dynamicner' && name !== 'text').map(targetOf),
  ...[htmlReport, markdownSummary].map(targetOf),
];

type Written = Pick<ExportTarget, 'name' | 'title' | 'extensions' | 'write'>;

function targetOf(written: Written): ExportTarget {
  const { name, title, extensions } = written;
  return {
    name,
    title,
    extensions,
    label: 'level',
    write: (passages, options) => written.write(passages, options),
  };
}

/** DynamicNER's readers number sentences; an id of another file would become a key. */
function withoutId(passage: PassageData): PassageData {
  const { id, ...rest } = passage;
  return id === undefined || /^sentence\d+$/u.test(id) ? passage : rest;
}
