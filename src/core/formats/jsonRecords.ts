import { editObject, stringifyOnLine } from '../json/editObject';
import { findSyntaxError } from '../json/syntaxError';
import { phrase, type Phrase } from '../messages/phrase';
import { unitsOfArray } from './jsonUnits';
import type {
  ByteChunks,
  Format,
  PassageData,
  PassageEdits,
  ReadOptions,
  WriteOptions,
} from './format';
import type { ReadPassage } from './passageJson';
import { readRecords, recordFormat, type RecordFile } from './records';
import { readSingleLines, unitsOfLines, type Unit } from './units';
import { decodeUtf8, encodeUtf8 } from './wholeFile';

/** How the items of a JSON format are read and written. */
export interface JsonCodec extends Pick<Format, 'name' | 'title' | 'extensions'> {
  /** How new files are laid out; both layouts are read. */
  readonly layout: 'array' | 'lines';
  /** How certainly an item, the first of a file, is of this format, in 0..1. */
  recognise(item: unknown): number;
  read(item: unknown, options: ReadOptions): ReadPassage;
  /**
   * The item of a passage.
   * @param model The item that stands in its place, or the first read of the file: of the ways in which
   * the format is written, its way is followed.
   */
  write(passage: PassageData, options: WriteOptions, model?: unknown): unknown;
  /** Tells what the format cannot say. */
  note(passage: PassageData, options: WriteOptions): void;
}

/** A format of JSON items, one a line or in one array; both are read and edited in constant memory. */
export function jsonFormat(codec: JsonCodec): Format {
  const lines = recordFormat({
    ...codec,
    gap: 1,
    open: () => openFile(codec, (chunks) => unitsOfLines(chunks, readSingleLines())),
    detect: (head) => detectItem(codec, head),
  });
  return {
    ...lines,
    async *read(chunks, options = {}) {
      const { isArray, all } = await sniff(chunks);
      const file = openFile(codec, isArray ? unitsOfArray : lineUnits);
      yield* readRecords(file, all, options);
    },
    open: (head) =>
      openFile(codec, isArrayHead(new TextDecoder().decode(head)) ? unitsOfArray : lineUnits),
    async *write(passages, options = {}) {
      if (codec.layout === 'lines') {
        yield* lines.write(passages, options);
        return;
      }
      let isFirst = true;
      for await (const passage of passages) {
        codec.note(passage, options);
        const item = JSON.stringify(codec.write(passage, options));
        yield encodeUtf8(`${isFirst ? '[\n' : ',\n'}${item}`);
        isFirst = false;
      }
      yield encodeUtf8(isFirst ? '[]\n' : '\n]\n');
    },
    async *edit(chunks, edits, options = {}) {
      const { isArray, all } = await sniff(chunks);
      if (!isArray) yield* lines.edit(all, edits, options);
      else yield* editArray(openFile(codec, unitsOfArray), all, edits, options);
    },
  };
}

const lineUnits = (chunks: ByteChunks) => unitsOfLines(chunks, readSingleLines());

function openFile(
  codec: JsonCodec,
  units: (chunks: ByteChunks) => AsyncIterable<Unit>,
): RecordFile {
  return {
    units,
    read: (text, options) => {
      const parsed = parseItem(text);
      return parsed.problem === undefined
        ? codec.read(parsed.value, options)
        : { problem: parsed.problem };
    },
    write: (passage, options, text) => {
      codec.note(passage, options);
      const parsed = text === undefined ? undefined : parseItem(text);
      if (text === undefined || parsed === undefined || 'problem' in parsed) {
        return JSON.stringify(codec.write(passage, options));
      }
      const { value } = parsed;
      const read = codec.read(value, options);
      const after = codec.write(passage, options, value);
      const spaced = /^\s*[[{]\s*"(?:[^"\\]|\\.)*"\s*[:,]\s/u.test(text);
      if (read.passage === undefined || !isObject(value) || !isObject(after)) {
        return stringifyOnLine(after, spaced);
      }
      const before = codec.write(read.passage, options, value) as JsonObject;
      return editObject(text, before, after, (item) => stringifyOnLine(item, spaced));
    },
  };
}

async function* editArray(
  file: RecordFile,
  chunks: ByteChunks,
  { replaced, inserted }: PassageEdits,
  options: ReadOptions & WriteOptions,
): AsyncGenerator<Uint8Array, void> {
  let index = 0;
  let gap = '';
  let opening = '';
  let between: string | undefined;
  let count = 0;
  const put = (item: string, own: string) => {
    const usual = between ?? `,${opening.slice(opening.indexOf('[') + 1) || ' '}`;
    const before = count++ === 0 ? opening : own.includes(',') ? own : usual;
    return encodeUtf8(before + item);
  };
  for await (const unit of file.units(chunks)) {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(unit.bytes);
    if (unit.kind === 'gap') {
      gap += text;
      if (gap.includes('[') && index === 0) opening = gap;
      else if (gap.includes(',')) between ??= gap;
      continue;
    }
    if (unit.broken !== undefined) {
      yield encodeUtf8(count === 0 ? opening : gap);
      yield unit.bytes;
      gap = '';
      continue;
    }
    for (const passage of inserted?.get(index) ?? []) yield put(file.write(passage, options), '');
    const replacement = replaced.get(index++);
    if (replacement === undefined) {
      // The bytes themselves, which need not be valid UTF-8.
      yield put('', gap);
      yield unit.bytes;
    } else if (replacement !== null) {
      yield put(file.write(replacement, options, decodeUtf8(unit.bytes)), gap);
    }
    gap = '';
  }
  const end = index === 0 ? /\s*\][^\]]*$/u.exec(gap)?.[0] : gap;
  if (index === 0) opening = gap.slice(0, gap.length - (end?.length ?? 0));
  for (const passage of inserted?.get(index) ?? []) yield put(file.write(passage, options), '');
  yield encodeUtf8((count === 0 ? (index === 0 ? opening : '[') : '') + (end ?? ''));
}

/** Whether the file is one array, and its bytes again. */
async function sniff(chunks: ByteChunks) {
  const iterator =
    Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  const held: Uint8Array[] = [];
  let head = '';
  for (;;) {
    const next = await iterator.next();
    if (next.done === true) break;
    held.push(next.value.slice());
    head += new TextDecoder().decode(next.value);
    if (/^[\s\ufeff\ufffd]*[^\s\ufeff\ufffd]\s*\S/u.test(head) || head.length > 4096) break;
  }
  async function* all(): AsyncGenerator<Uint8Array, void> {
    yield* held;
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) return;
      yield next.value;
    }
  }
  return { isArray: isArrayHead(head), all: all() };
}

/** An array of objects or arrays; a line may itself be an array that begins with a text. */
function isArrayHead(head: string): boolean {
  return /^[\s\ufeff\ufffd]*\[\s*(?:[[{\]]|$)/u.test(head);
}

function detectItem(codec: JsonCodec, head: Uint8Array): number {
  const text = new TextDecoder().decode(head).replace(/^[\s\ufeff]+/u, '');
  const first = isArrayHead(text) ? text.slice(text.indexOf('[') + 1).trimStart() : text;
  const item = firstItem(first, isArrayHead(text));
  return item === undefined ? 0 : codec.recognise(item);
}

/** The first item, or what can be read of it when the head ends inside. */
function firstItem(text: string, isArray: boolean): unknown {
  const line = isArray ? text : (text.split('\n', 1)[0] ?? '');
  const end = closingOf(line);
  if (end === 0) return isArray || line === text ? closeItem(line) : undefined;
  const parsed = parseItem(line.slice(0, end));
  return 'problem' in parsed ? undefined : parsed.value;
}

/** The item that a head breaks off in, its open strings and brackets closed. */
function closeItem(text: string): unknown {
  for (let end = text.length; end > 0; end = text.lastIndexOf(',', end - 1)) {
    const part = text.slice(0, end);
    const closers: string[] = [];
    let inString = false;
    for (let at = 0; at < part.length; at++) {
      const character = part[at];
      if (inString) {
        if (character === '\\') at++;
        else if (character === '"') inString = false;
      } else if (character === '"') inString = true;
      else if (character === '{') closers.unshift('}');
      else if (character === '[') closers.unshift(']');
      else if (character === '}' || character === ']') closers.shift();
    }
    const parsed = parseItem(part + (inString ? '"' : '') + closers.join(''));
    if (!('problem' in parsed)) return parsed.value;
    if (text.length - end > 4096) return undefined;
  }
  return undefined;
}

function closingOf(text: string): number {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') depth++;
    else if ((character === '}' || character === ']') && --depth === 0) return at + 1;
  }
  return 0;
}

type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a JSON value is an object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A passage that cannot be read, and why. */
export function badPassage(message: Phrase, mend: Phrase, field?: string): ReadPassage {
  return { problem: { kind: 'passage', message, mend, ...(field === undefined ? {} : { field }) } };
}

function parseItem(text: string) {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    const {
      reason = phrase`a value is missing`,
      line = 1,
      column = 1,
    } = findSyntaxError(text) ?? {};
    const message = phrase`The item is not JSON: ${reason} at column ${column}`;
    const mend = phrase`Correct this line.`;
    return { problem: { kind: 'syntax', message, mend, line } };
  }
}
