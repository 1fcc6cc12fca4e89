import { scanMembers, type JsonMember } from '../json/members';
import { findSyntaxError } from '../json/syntaxError';
import { phrase } from '../messages/phrase';
import { editEntries } from './dynamicnerEdit';
import { readEntry } from './dynamicnerEntry';
import { indentOf, layOut } from './dynamicnerLayout';
import { noteEntry, writeEntry } from './dynamicnerWrite';
import { EntryKeys } from './entryKeys';
import type { Format, ReadOptions } from './format';
import { unitsOfObject } from './jsonUnits';
import type { ReadPassage } from './passageJson';
import { readUnit, type RecordReader } from './records';
import { encodeUtf8 } from './wholeFile';

/** DynamicNER (GEIC) data sets: one JSON object with an entry per sentence, mentions without offsets. */
export const dynamicnerFormat: Format = {
  name: 'dynamicner',
  title: phrase`DynamicNER JSON`,
  extensions: ['.json'],
  streaming: true,

  detect(head, fileName = '') {
    const first = new TextDecoder().decode(head);
    const named = fileName.toLowerCase().endsWith('.json');
    if (/^\s*\{\s*"[^"]*"\s*:\s*\{\s*"(?:sentence|entity|category)"\s*:/u.test(first)) return 1;
    return named && /^\s*\{\s*\}?\s*$/u.test(first) ? 0.4 : 0;
  },

  async *read(chunks, options = {}) {
    const keys = new EntryKeys();
    const reader: Pick<RecordReader, 'read'> = {
      read: (text, own) => noteRepeated(readMember(text, own), keys),
    };
    let index = 0;
    for await (const unit of unitsOfObject(chunks)) {
      if (unit.kind === 'record') yield readUnit(reader, unit, index++, options);
    }
  },

  open: () => ({ units: unitsOfObject, read: readMember }),

  async *write(passages, options = {}) {
    let count = 0;
    const keys = new EntryKeys();
    for await (const passage of passages) {
      noteEntry(passage, options);
      const key = keys.take(passage.id, ++count);
      const entry = layOut(writeEntry(passage, options), indentOf('{\n    "', 0), 1);
      yield encodeUtf8(`${count === 1 ? '{' : ','}\n    ${JSON.stringify(key)}: ${entry}`);
    }
    yield encodeUtf8(count === 0 ? '{}\n' : '\n}\n');
  },

  edit: (chunks, edits, options = {}) => editEntries(chunks, edits, options),
};

/** Reads a member `"key": {…}` by itself. */
function readMember(text: string, options: ReadOptions): ReadPassage {
  const whole = `{${text}}`;
  let member: JsonMember | undefined;
  let entry: unknown;
  try {
    [member] = scanMembers(whole, 0);
    entry = JSON.parse(whole.slice(member?.start, member?.end));
  } catch {
    const {
      reason = phrase`a value is missing`,
      line = 1,
      column = 1,
    } = findSyntaxError(whole) ?? {};
    const own = line === 1 ? column - 1 : column;
    const name = member?.key ?? text.slice(0, 20);
    const message = phrase`"${name}" is not JSON: ${reason} at column ${own}`;
    return { problem: { kind: 'syntax', message, mend: phrase`Correct this line.`, line } };
  }
  const read = readEntry(member?.key ?? '', entry, options);
  return read.passage === undefined ? { problem: read.problem } : read;
}

/** What was read, with the problem that its key stood in the file before. */
function noteRepeated(read: ReadPassage, keys: EntryKeys): ReadPassage {
  const key = read.passage?.id;
  if (read.passage === undefined || key === undefined) return read;
  const isRepeated = keys.has(key);
  keys.add(key);
  if (!isRepeated) return read;
  const problem = {
    kind: 'repeated-key',
    message: phrase`The key "${key}" stands twice`,
    mend: phrase`Other readers see only the last of them; rename one.`,
  };
  return { passage: read.passage, problems: [problem, ...read.problems] };
}
