import { editObject, stringifyOnLine } from '../json/editObject';
import { findSyntaxError } from '../json/syntaxError';
import type { Problem } from '../problem';
import { phrase } from '../messages/phrase';
import type {
  ByteChunks,
  Format,
  FormatRecord,
  PassageData,
  PassageEdits,
  ReadOptions,
  SourcePlace,
  WriteOptions,
} from './format';
import { join, splitLines, type ByteLine } from './lines';
import { readPassage, writePassage, type ReadPassage } from './passageJson';
import { readSingleLines, unitsOfLines } from './units';
import { decodeUtf8, encodeUtf8 } from './wholeFile';

/** Passages with offsets, one JSON object a line, as `command-line.md` describes them. */
export const jsonlFormat: Format = {
  name: 'jsonl',
  title: phrase`JSONL with offsets`,
  extensions: ['.jsonl', '.ndjson'],
  streaming: true,

  detect(head, fileName = '') {
    const named = this.extensions.some((ending) => fileName.toLowerCase().endsWith(ending));
    const first = new TextDecoder().decode(head).trimStart();
    if (!first.startsWith('{')) return named && first === '' ? 0.5 : 0;
    const line = first.split('\n', 1)[0] ?? '';
    if (/^\{[^\n]*"text"\s*:/u.test(line)) return named ? 1 : 0.8;
    return named ? 0.6 : 0;
  },

  async *read(chunks, options = {}) {
    let index = 0;
    for await (const line of splitLines(chunks)) {
      const text = decodeUtf8(line.bytes);
      if (text?.trim() !== '') yield readLine(line, text, index++, options);
    }
  },

  open: () => ({
    units: (chunks) => unitsOfLines(chunks, readSingleLines()),
    read: readText,
  }),

  async *write(passages, options = {}) {
    for await (const passage of passages) yield encodeUtf8(`${write(passage, options)}\n`);
  },

  edit: editLines,
};

async function* editLines(
  chunks: ByteChunks,
  edits: PassageEdits,
  options: ReadOptions & WriteOptions = {},
): AsyncGenerator<Uint8Array, void> {
  let index = 0;
  let copied = 0;
  let lineBreak = '\n';
  let ends = true;
  for await (const line of splitLines(chunks)) {
    // Bytes before the line are a byte order mark, which lines leave out.
    if (line.start > copied) yield encodeUtf8('\ufeff');
    copied = line.start + line.bytes.length + line.breakLength;
    if (line.breakLength > 0) lineBreak = line.breakLength === 2 ? '\r\n' : '\n';
    const ending = line.breakLength === 0 ? '' : lineBreak;
    ends = line.breakLength > 0;
    if (isBlank(line.bytes)) {
      yield join([line.bytes, encodeUtf8(ending)]);
      continue;
    }
    for (const passage of edits.inserted?.get(index) ?? []) {
      yield encodeUtf8(write(passage, options) + lineBreak);
    }
    const replacement = edits.replaced.get(index++);
    if (replacement === undefined) yield join([line.bytes, encodeUtf8(ending)]);
    else if (replacement !== null) yield encodeUtf8(rewrite(line, replacement, options) + ending);
  }
  for (const passage of edits.inserted?.get(index) ?? []) {
    yield encodeUtf8((ends ? '' : lineBreak) + write(passage, options) + (ends ? lineBreak : ''));
  }
}

/** Whether a line has nothing but white space; nearly always the first byte says that it has. */
function isBlank(bytes: Uint8Array): boolean {
  const [first = 0x20] = bytes;
  const isPrinted = first > 0x20 && first < 0x7f;
  return !isPrinted && decodeUtf8(bytes)?.trim() === '';
}

/** The line with the passage in place of what it said; keys that say the same stay as they are. */
function rewrite(line: ByteLine, passage: PassageData, options: ReadOptions & WriteOptions) {
  const text = decodeUtf8(line.bytes);
  const record = text === undefined ? undefined : readLine(line, text, 0, options);
  if (text === undefined || record?.kind !== 'passage') return write(passage, options);
  noteLosses(passage, options);
  const spaced = /^\s*\{\s*"(?:[^"\\]|\\.)*"\s*:\s/u.test(text);
  return editObject(text, writePassage(record, options), writePassage(passage, options), (value) =>
    stringifyOnLine(value, spaced),
  );
}

function write(passage: PassageData, options: WriteOptions): string {
  noteLosses(passage, options);
  return JSON.stringify(writePassage(passage, options));
}

function noteLosses(passage: PassageData, { onNote }: WriteOptions): void {
  if ((passage.unplaced ?? []).length === 0) return;
  onNote?.(
    {
      kind: 'unplaced',
      message: phrase`Mentions that do not occur in their text have no offsets and are left out.`,
      lost: true,
    },
    passage,
  );
}

function readLine(
  line: ByteLine,
  text: string | undefined,
  index: number,
  options: ReadOptions,
): FormatRecord {
  const { number } = line;
  const source: SourcePlace = {
    start: line.start,
    end: line.start + line.bytes.length,
    line: number,
  };
  const bad = (problem: Problem): FormatRecord => ({
    kind: 'bad',
    index,
    source,
    problem: { ...problem, line: number },
  });
  if (text === undefined) {
    return bad({
      kind: 'encoding',
      message: phrase`The line is not valid UTF-8`,
      mend: phrase`Save the file as UTF-8, or name its encoding.`,
    });
  }
  const read = readText(text, options);
  if (read.passage === undefined) return bad(read.problem);
  const problems = read.problems.map((problem) => ({ ...problem, line: number }));
  return { kind: 'passage', index, source, ...read.passage, problems };
}

function readText(text: string, options: ReadOptions): ReadPassage {
  const parsed = parseLine(text);
  return 'problem' in parsed ? parsed : readPassage(parsed.value, options);
}

function parseLine(text: string): { readonly value: unknown } | { readonly problem: Problem } {
  try {
    return { value: JSON.parse(text) };
  } catch {
    const { reason = phrase`a value is missing`, column = 1 } = findSyntaxError(text) ?? {};
    return {
      problem: {
        kind: 'syntax',
        message: phrase`The line is not JSON: ${reason} at column ${column}`,
        mend: phrase`Write one whole JSON object a line.`,
      },
    };
  }
}
