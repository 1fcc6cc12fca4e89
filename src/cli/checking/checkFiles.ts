import { DataSetCheck, type CheckOptions } from '../../core/checks/checkDataSet';
import type { Finding, Region } from '../../core/checks/finding';
import { InputError } from '../../core/errors';
import type { Format, FormatRecord, OffsetUnit, ReadOptions } from '../../core/formats/format';
import type { Range } from '../../core/text/range';
import { LeakIndex } from '../../core/similarity/leaks';
import { isBrat, readBratFolder } from '../conversion/bratFolder';
import { ByteWindow } from './byteWindow';
import type { Messages } from '../io/messages';
import { openFormat } from '../io/records';
import type { Source } from '../io/sources';
import type { Progress } from '../progress';

export interface CheckReading {
  readonly from?: string;
  readonly encoding?: string;
  readonly offsets: OffsetUnit;
}

/** Formats that say a type by its whole path. */
const withPaths = new Set(['jsonl', 'fewnerd']);
/** Formats whose tools refuse entities that overlap. */
const flat = new Set(['spacy', 'prodigy']);

/** The texts of a file, to find what of another one stands in it. */
export async function indexTexts(
  source: Source,
  reading: CheckReading,
  messages: Messages,
): Promise<LeakIndex> {
  const index = new LeakIndex();
  for await (const { record } of recordsOf(source, reading)) {
    if (record.kind === 'passage') index.add(record.text, record.source.line);
    else messages.warn(`${source.name}:${record.source.line}: not compared, it cannot be read.`);
  }
  return index;
}

/** A record of an input; `format` is absent in folders of brat, `file` is the document there. */
interface InputRecord {
  readonly record: FormatRecord;
  readonly format?: Format;
  readonly file: string;
  readonly regionOf?: (span: Range) => Region | undefined;
}

/**
 * What the checks find in an input, as it is found; what needs the whole input comes last.
 * @throws {InputError} when the input cannot be opened or is of no known format.
 */
export async function* checkSource(
  source: Source,
  reading: CheckReading,
  options: CheckOptions,
  progress: Progress,
): AsyncGenerator<{ readonly file: string; readonly finding: Finding }> {
  let checking: DataSetCheck | undefined;
  const files: string[] = [];
  for await (const { record, format, file, regionOf } of recordsOf(source, reading)) {
    const name = format?.name ?? 'brat';
    checking ??= new DataSetCheck({
      ...(flat.has(name) ? { overlap: 'flat' } : {}),
      hasPaths: withPaths.has(name),
      ...options,
    });
    if (file !== source.name) files[record.index] = file;
    for (const finding of checking.add(record, regionOf)) yield { file, finding };
    progress.add(record.kind === 'passage' ? Math.ceil(record.text.length / 6) : 0);
  }
  for (const finding of checking?.finish() ?? []) {
    yield { file: files[finding.index] ?? source.name, finding };
  }
}

async function* recordsOf(source: Source, reading: CheckReading): AsyncGenerator<InputRecord> {
  const options: ReadOptions = { offsets: reading.offsets, passages: 'paragraphs' };
  const { from, encoding } = reading;
  if (await isBrat(source, from)) {
    yield* bratRecords(source, { ...options, ...(encoding === undefined ? {} : { encoding }) });
    return;
  }
  const opened = await openFormat(source, reading);
  if (opened === undefined) return;
  const { format } = opened;
  const window = new ByteWindow();
  for await (const record of format.read(window.watch(opened.utf8()), options)) {
    const regions = record.kind === 'passage' ? { regionOf: window.positionsIn(record) } : {};
    yield { record, format, file: source.name, ...regions };
  }
}

async function* bratRecords(
  source: Source,
  options: ReadOptions & { readonly encoding?: string },
): AsyncGenerator<InputRecord> {
  let index = 0;
  for await (const input of readBratFolder(source, options)) {
    if ('error' in input)
      throw new InputError(input.error.problem, input.error.mend, input.error.place);
    const place = { start: 0, end: 0, line: 1 };
    const { data, problems } = input;
    const record = { kind: 'passage', index: index++, source: place, ...data, problems } as const;
    yield { record, file: input.source.name };
  }
}
