import type { Problem } from '../problem';
import { phrase } from '../messages/phrase';
import type {
  ByteChunks,
  Format,
  FormatRecord,
  PassageData,
  PassageEdits,
  ReadOptions,
  WriteOptions,
} from './format';
import type { ReadPassage } from './passageJson';
import type { Unit } from './units';
import { decodeUtf8, encodeUtf8 } from './wholeFile';

/** How the records of one file are cut and read. */
export interface RecordReader {
  units(chunks: ByteChunks): AsyncIterable<Unit>;
  /**
   * Reads a record from its text, line breaks as in the file, without the last. What a file's first
   * lines say of the others is known once `units` has passed them.
   */
  read(text: string, options: ReadOptions): ReadPassage;
}

/** How the records of one file are cut, read and written. */
export interface RecordFile extends RecordReader {
  /**
   * The record of a passage, without a line break at its end.
   * @param before What stands in the file in its place; parts that did not change stay as they are.
   */
  write(passage: PassageData, options: WriteOptions & ReadOptions, before?: string): string;
}

/** A format whose files are streams of records. */
export interface RecordFormat extends Pick<Format, 'name' | 'title' | 'extensions' | 'detect'> {
  /** A file's own reader: what its head says may decide how its records are read. */
  open(): RecordFile;
  /** What stands before the first record of a new file. */
  readonly head?: string;
  /** Line breaks between records: 1, or 2 for a blank line. */
  readonly gap: 1 | 2;
}

/** The format of files that are read, edited and written record by record, in constant memory. */
export function recordFormat(codec: RecordFormat): Format {
  const { name, title, extensions, head = '' } = codec;
  return {
    name,
    title,
    extensions,
    streaming: true,
    detect: (bytes, fileName) => codec.detect(bytes, fileName),
    read: (chunks, options = {}) => readRecords(codec.open(), chunks, options),
    open: () => codec.open(),
    async *write(passages, options = {}) {
      const file = codec.open();
      let isFirst = true;
      for await (const passage of passages) {
        const record = file.write(passage, options);
        // An empty line would part others, and be none of its own.
        if (record.trim() === '') continue;
        const start = isFirst ? head : '\n'.repeat(codec.gap - 1);
        // A text that begins with U+FEFF would lose it as a byte order mark.
        const mark = isFirst && (start + record).startsWith('\ufeff') ? '\ufeff' : '';
        yield encodeUtf8(`${mark}${start}${record}\n`);
        isFirst = false;
      }
      if (isFirst && head !== '') yield encodeUtf8(head);
    },
    edit: (chunks, edits, options = {}) => editRecords(codec, chunks, edits, options),
  };
}

export async function* readRecords(
  file: RecordFile,
  chunks: ByteChunks,
  options: ReadOptions,
): AsyncGenerator<FormatRecord, void> {
  let index = 0;
  for await (const unit of file.units(chunks)) {
    if (unit.kind === 'record') yield readUnit(file, unit, index++, options);
  }
}

/** A unit as a record of its file. */
export function readUnit(
  file: Pick<RecordReader, 'read'>,
  { bytes, start, line, broken }: Unit,
  index: number,
  options: ReadOptions,
): FormatRecord {
  const source = { start, end: start + bytes.length, line };
  const bad = (problem: Problem): FormatRecord => ({
    kind: 'bad',
    index,
    source,
    problem: { ...problem, line: line + (problem.line ?? 1) - 1 },
  });
  if (broken !== undefined) {
    const mend = phrase`Correct the JSON here; nothing after this place was read.`;
    return bad({ kind: 'syntax', message: broken, mend });
  }
  const text = decodeUtf8(bytes);
  if (text === undefined) {
    return bad({
      kind: 'encoding',
      message: phrase`The passage is not valid UTF-8`,
      mend: phrase`Save the file as UTF-8, or name its encoding.`,
    });
  }
  const read = file.read(text, options);
  if (read.passage === undefined) return bad(read.problem);
  const problems = read.problems.map((problem) => ({
    ...problem,
    line: line + (problem.line ?? 1) - 1,
  }));
  return { kind: 'passage', index, source, ...read.passage, problems };
}

async function* editRecords(
  codec: RecordFormat,
  chunks: ByteChunks,
  edits: PassageEdits,
  options: ReadOptions & WriteOptions,
): AsyncGenerator<Uint8Array, void> {
  const file = codec.open();
  let index = 0;
  let lineBreak = '\n';
  let endBreaks = codec.gap as number;
  let isEmpty = true;
  let toSkip = 0;
  const format = (text: string) => (lineBreak === '\n' ? text : text.replaceAll('\n', lineBreak));
  for await (const unit of file.units(chunks)) {
    isEmpty = false;
    if (unit.kind === 'gap') {
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(unit.bytes);
      const isBreak = text === '\n' || text === '\r\n';
      if (isBreak) lineBreak = text;
      if (isBreak && toSkip > 0) {
        toSkip--;
        continue;
      }
      toSkip = 0;
      endBreaks = text.trim() === '' && isBreak ? endBreaks + 1 : text.endsWith('\n') ? 2 : 0;
      yield unit.bytes;
      continue;
    }
    toSkip = 0;
    for (const passage of edits.inserted?.get(index) ?? []) {
      yield encodeUtf8(format(`${file.write(passage, options)}${'\n'.repeat(codec.gap)}`));
    }
    const replacement = edits.replaced.get(index++);
    if (replacement === null) {
      toSkip = codec.gap;
      continue;
    }
    endBreaks = 0;
    if (replacement === undefined) yield unit.bytes;
    else {
      const before = decodeUtf8(unit.bytes);
      // Rewriting keeps the record's own line breaks.
      yield encodeUtf8(file.write(replacement, options, before));
    }
  }
  const added = edits.inserted?.get(index) ?? [];
  if (added.length === 0) return;
  if (isEmpty && codec.head !== undefined) yield encodeUtf8(codec.head);
  const hadEnd = isEmpty || endBreaks > 0;
  let missing = Math.max(0, codec.gap - endBreaks);
  for (const [number, passage] of added.entries()) {
    const isLast = number === added.length - 1;
    const record = file.write(passage, options);
    const end = isLast ? (hadEnd ? '\n' : '') : '';
    yield encodeUtf8(format(`${'\n'.repeat(missing)}${record}${end}`));
    missing = codec.gap;
  }
}
