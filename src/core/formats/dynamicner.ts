import { withoutKeys } from '../withoutKeys';
import { InputError } from '../errors';
import { editObject } from '../json/editObject';
import { JsonScanError, scanMembers, skipBlanks, type JsonMember } from '../json/members';
import { findSyntaxError } from '../json/syntaxError';
import type { Problem } from '../problem';
import { phrase } from '../messages/phrase';
import { cutMembers } from './cutMembers';
import { readEntry } from './dynamicnerEntry';
import { notesOf, writeEntry } from './dynamicnerWrite';
import { indentOf, layOut, type JsonLayout } from './dynamicnerLayout';
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
import type { ReadPassage } from './passageJson';
import { SourcePlaces } from './sourcePlaces';
import { unitsOfText } from './units';
import { collect, decodeUtf8, encodeUtf8 } from './wholeFile';

/** DynamicNER (GEIC) data sets: one JSON object with an entry per sentence, mentions without offsets. */
export const dynamicnerFormat: Format = {
  name: 'dynamicner',
  title: phrase`DynamicNER JSON`,
  extensions: ['.json'],
  streaming: false,

  detect(head, fileName = '') {
    const first = new TextDecoder().decode(head);
    const named = fileName.toLowerCase().endsWith('.json');
    if (/^\s*\{\s*"[^"]*"\s*:\s*\{\s*"(?:sentence|entity|category)"\s*:/u.test(first)) return 1;
    return named && /^\s*\{\s*\}?\s*$/u.test(first) ? 0.4 : 0;
  },

  async *read(chunks, options = {}) {
    const text = decodeUtf8(await collect(chunks));
    if (text === undefined) {
      yield bad(0, { start: 0, end: 0, line: 1 }, notUtf8);
      return;
    }
    yield* readRecords(text, options);
  },

  open: () => ({ units: (chunks) => unitsOfText(chunks, cutMembers), read: readMemberText }),

  async *write(passages, options = {}) {
    let count = 0;
    const keys = new Set<string>();
    for await (const passage of passages) {
      noteAll(passage, options);
      const key = keyFor(passage, ++count, keys);
      const entry = layOut(writeEntry(passage, options), indentOf('{\n    "', 0), 1);
      yield encodeUtf8(`${count === 1 ? '{' : ','}\n    ${JSON.stringify(key)}: ${entry}`);
    }
    yield encodeUtf8(count === 0 ? '{}\n' : '\n}\n');
  },

  async *edit(chunks, edits, options = {}) {
    yield encodeUtf8(await editFile(chunks, edits, options));
  },
};

const notUtf8: Problem = {
  kind: 'encoding',
  message: phrase`The file is not valid UTF-8`,
  mend: phrase`Save it as UTF-8.`,
  line: 1,
};

function* readRecords(text: string, options: ReadOptions): Generator<FormatRecord, void> {
  const places = new SourcePlaces(text);
  const keys = new Set<string>();
  let index = 0;
  const members = scanMembers(text, skipBlanks(text, text.startsWith('\ufeff') ? 1 : 0));
  for (;;) {
    let next: IteratorResult<JsonMember, number>;
    try {
      next = members.next();
      if (next.done === true) {
        const rest = skipBlanks(text, next.value);
        if (rest === text.length) return;
        throw new JsonScanError(phrase`There is more text after the closing brace`, rest);
      }
    } catch (error) {
      if (!(error instanceof JsonScanError)) throw error;
      const place = places.of(error.offset, error.offset);
      const mend = phrase`Correct the JSON here; nothing after this place was read.`;
      yield bad(index, place, { kind: 'syntax', message: error.problem, mend });
      return;
    }
    const { key, keyStart, start, end } = next.value;
    const place = places.of(keyStart, end);
    yield readMember(text.slice(start, end), key, index++, place, keys.has(key), options);
    keys.add(key);
  }
}

/** A member `"key": {…}` by itself. */
function readMemberText(text: string, options: ReadOptions): ReadPassage {
  const [member] = scanMembers(`{${text}}`, 0);
  if (member === undefined) return { problem: notUtf8 };
  const place = { start: 0, end: text.length, line: 1 };
  const value = `{${text}}`.slice(member.start, member.end);
  const record = readMember(value, member.key, 0, place, false, options);
  if (record.kind === 'bad') return { problem: record.problem };
  const passage = withoutKeys(record, 'kind', 'index', 'source', 'problems');
  return { passage, problems: record.problems };
}

function readMember(
  value: string,
  key: string,
  index: number,
  source: SourcePlace,
  repeated: boolean,
  options: ReadOptions,
): FormatRecord {
  let entry: unknown;
  try {
    entry = JSON.parse(value);
  } catch {
    const {
      reason = phrase`a value is missing`,
      line = 1,
      column = 1,
    } = findSyntaxError(value) ?? {};
    const problem = {
      kind: 'syntax',
      message: phrase`"${key}" is not JSON: ${reason} at column ${column}`,
      mend: phrase`Correct this line.`,
    };
    return bad(index, source, { ...problem, line: source.line + line - 1 });
  }
  const read = readEntry(key, entry, options);
  if (read.passage === undefined) return bad(index, source, read.problem);
  const problems = repeated
    ? [
        {
          kind: 'repeated-key',
          message: phrase`The key "${key}" stands twice`,
          mend: phrase`Other readers see only the last of them; rename one.`,
        },
        ...read.problems,
      ]
    : read.problems;
  return {
    kind: 'passage',
    index,
    source,
    ...read.passage,
    problems: problems.map((problem) => ({ ...problem, line: source.line })),
  };
}

/** The whole file with its edits made; members that no edit names stay byte for byte. */
async function editFile(
  chunks: ByteChunks,
  edits: PassageEdits,
  options: ReadOptions & WriteOptions,
): Promise<string> {
  const text = decodeUtf8(await collect(chunks));
  if (text === undefined) throw new InputError(notUtf8.message, notUtf8.mend);
  const error = findSyntaxError(text.replace(/^\ufeff/u, ''));
  if (error !== undefined) {
    throw new InputError(
      phrase`The file is not JSON: ${error.reason} at column ${error.column}`,
      phrase`Correct this line by hand, then edit passages.`,
      { line: error.line },
    );
  }
  const brace = skipBlanks(text, text.startsWith('\ufeff') ? 1 : 0);
  if (text[brace] !== '{') {
    throw new InputError(
      phrase`The file is no JSON object`,
      phrase`Write it as {"sentence1": {"sentence": "…", "entity": [], "category": []}}.`,
      { line: 1 },
    );
  }
  const members = [...scanMembers(text, brace)];
  const layout = indentOf(text, brace);
  const keys = new Set(members.map(({ key }) => key));
  const written = new Map<number, string | null>();
  for (const [index, passage] of edits.replaced) {
    const member = members[index];
    if (member === undefined) throw new RangeError(`There is no record ${index}.`);
    written.set(
      index,
      passage === null ? null : rewrite(text, member, passage, layout, keys, options),
    );
  }
  const inserted = (index: number) =>
    (edits.inserted?.get(index) ?? []).map((passage) => {
      noteAll(passage, options);
      const key = keyFor(passage, members.length + 1, keys);
      const entry = layOut(writeEntry(passage, options), layout, 1);
      return `${JSON.stringify(key)}:${layout.afterColon}${entry}`;
    });
  return rebuild(text, brace, members, layout, written, inserted);
}

/**
 * Puts members together again: each kept one with the text between it and the member before; what is
 * new is set off as the layout does it.
 */
function rebuild(
  text: string,
  brace: number,
  members: readonly JsonMember[],
  layout: JsonLayout,
  written: ReadonlyMap<number, string | null>,
  inserted: (index: number) => readonly string[],
): string {
  const lead = layout.lineBreak + layout.unit;
  let result = text.slice(0, brace + 1);
  let count = 0;
  const put = (member: string, gap: string) => {
    result += (count++ === 0 ? gap.replace(',', '') : gap.includes(',') ? gap : `,${gap}`) + member;
  };
  members.forEach((member, index) => {
    for (const fresh of inserted(index)) put(fresh, lead);
    const own = written.get(index);
    if (own === null) return;
    const from = index === 0 ? brace + 1 : (members[index - 1]?.end ?? brace + 1);
    put(own ?? text.slice(member.keyStart, member.end), text.slice(from, member.keyStart));
  });
  for (const fresh of inserted(members.length)) put(fresh, lead);
  const last = members.at(-1);
  const tail = text.slice(last?.end ?? brace + 1);
  return result + (last === undefined && count > 0 ? layout.lineBreak : '') + tail;
}

function rewrite(
  text: string,
  member: JsonMember,
  passage: PassageData,
  layout: JsonLayout,
  keys: Set<string>,
  options: ReadOptions & WriteOptions,
): string {
  noteAll(passage, options);
  const value = text.slice(member.start, member.end);
  const read = readEntry(member.key, JSON.parse(value), options);
  const renamed = passage.id !== undefined && passage.id !== member.key;
  const key = renamed ? keyFor(passage, 1, keys) : member.key;
  const head = renamed
    ? JSON.stringify(key) + text.slice(text.indexOf(':', member.keyStart), member.start)
    : text.slice(member.keyStart, member.start);
  const after = writeEntry(passage, options);
  if (read.passage === undefined) return head + layOut(after, layout, 1);
  // What stands in the file, not what it was read as, decides which keys change.
  const before = JSON.parse(value) as Readonly<Record<string, unknown>>;
  const same = writeEntry(read.passage, options);
  const kept = Object.fromEntries(
    Object.entries(after).map(([name, now]) => [
      name,
      JSON.stringify(now) === JSON.stringify(same[name]) ? before[name] : now,
    ]),
  );
  return head + editObject(value, before, kept, (item) => layOut(item, layout, 2));
}

function keyFor(passage: PassageData, number: number, keys: Set<string>): string {
  let key = passage.id ?? `sentence${number}`;
  for (let next = number; keys.has(key); next++) key = `sentence${next}`;
  keys.add(key);
  return key;
}

function noteAll(passage: PassageData, options: WriteOptions): void {
  if (options.onNote === undefined) return;
  for (const note of notesOf(passage, options)) options.onNote(note, passage);
}

function bad(index: number, source: SourcePlace, problem: Problem): FormatRecord {
  return { kind: 'bad', index, source, problem: { line: source.line, ...problem } };
}
