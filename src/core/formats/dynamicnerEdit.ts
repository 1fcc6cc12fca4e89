import { editObject } from '../json/editObject';
import { scanMembers } from '../json/members';
import { findSyntaxError } from '../json/syntaxError';
import { readEntry } from './dynamicnerEntry';
import { indentOf, layOut, type JsonLayout } from './dynamicnerLayout';
import { noteEntry, writeEntry } from './dynamicnerWrite';
import { EntryKeys } from './entryKeys';
import type { ByteChunks, PassageData, PassageEdits, ReadOptions, WriteOptions } from './format';
import { unitsOfObject } from './jsonUnits';
import { canReadAgain, collect, decodeUtf8, encodeUtf8 } from './wholeFile';

type Options = ReadOptions & WriteOptions;

/**
 * A DynamicNER file with some entries changed, piece by piece; all others stay byte for byte, with what
 * stands between them. What follows a place where the JSON is broken stays as it is.
 */
export async function* editEntries(
  chunks: ByteChunks,
  { replaced, inserted }: PassageEdits,
  options: Options,
): AsyncGenerator<Uint8Array, void> {
  const source = canReadAgain(chunks) ? chunks : [await collect(chunks)];
  const keys = new Keys(source);
  let layout: JsonLayout | undefined;
  let opening = '';
  let gap = '';
  let count = 0;
  let index = 0;
  // The first has what stands behind the brace, each other one a comma.
  const lead = (own: string) =>
    count++ === 0 ? opening + own.replace(',', '') : own.includes(',') ? own : `,${own}`;
  const fresh = async function* (style: JsonLayout): AsyncGenerator<Uint8Array, void> {
    for (const passage of inserted?.get(index) ?? []) {
      noteEntry(passage, options);
      const key = await keys.take(passage.id);
      const entry = layOut(writeEntry(passage, options), style, 1);
      const member = `${JSON.stringify(key)}:${style.afterColon}${entry}`;
      yield encodeUtf8(lead(style.lineBreak + style.unit) + member);
    }
  };
  for await (const { kind, bytes, broken } of unitsOfObject(source)) {
    const text = decodeUtf8(bytes);
    if (kind === 'gap') {
      gap += text ?? '';
      continue;
    }
    if (layout === undefined) {
      const brace = gap.indexOf('{');
      opening = gap.slice(0, brace + 1);
      gap = gap.slice(brace + 1);
      layout = indentOf(`{${gap}${text?.slice(0, 1000) ?? ''}`, 0);
    }
    yield* fresh(layout);
    const passage = replaced.get(index++);
    if (broken !== undefined) {
      yield encodeUtf8(count === 0 ? opening + gap : gap);
      yield bytes;
      return;
    }
    if (passage === undefined) {
      yield encodeUtf8(lead(gap));
      // The bytes themselves, which need not be valid UTF-8.
      yield bytes;
    } else if (passage !== null) {
      yield encodeUtf8(lead(gap) + (await rewrite(text ?? '', passage, layout, keys, options)));
    }
    gap = '';
  }
  const brace = index === 0 ? gap.indexOf('{') + 1 : 0;
  if (index === 0) opening = gap.slice(0, brace);
  layout ??= indentOf(gap.slice(Math.max(0, brace - 1)), 0);
  yield* fresh(layout);
  const tail = (index === 0 && count > 0 ? layout.lineBreak : '') + gap.slice(brace);
  yield encodeUtf8(count === 0 ? opening + tail : tail);
}

/** The keys of a file, looked up only when a new one is needed. */
class Keys {
  private known: Promise<EntryKeys> | undefined;

  constructor(private readonly source: ByteChunks) {}

  async take(wanted: string | undefined, number?: number): Promise<string> {
    const keys = await (this.known ??= this.read());
    return keys.take(wanted, number ?? keys.size + 1);
  }

  private async read(): Promise<EntryKeys> {
    const keys = new EntryKeys();
    for await (const { kind, bytes, broken } of unitsOfObject(this.source)) {
      if (kind === 'record' && broken === undefined) keys.add(keyOf(decodeUtf8(bytes) ?? ''));
    }
    return keys;
  }
}

/** The key that a member begins with. */
function keyOf(member: string): string {
  const [text = '""'] = /^"(?:[^"\\]|\\.)*"/su.exec(member) ?? [];
  return findSyntaxError(text) === undefined ? (JSON.parse(text) as string) : text;
}

/** The member `"key": {…}` with a passage in place of what it said; what did not change stays. */
async function rewrite(
  member: string,
  passage: PassageData,
  layout: JsonLayout,
  keys: Keys,
  options: Options,
): Promise<string> {
  noteEntry(passage, options);
  const after = writeEntry(passage, options);
  const text = `{${member}}`;
  const place = findSyntaxError(text) === undefined ? [...scanMembers(text, 0)][0] : undefined;
  if (place === undefined) {
    const key = await keys.take(passage.id);
    return `${JSON.stringify(key)}:${layout.afterColon}${layOut(after, layout, 1)}`;
  }
  const isRenamed = passage.id !== undefined && passage.id !== place.key;
  const key = isRenamed
    ? JSON.stringify(await keys.take(passage.id, 1))
    : text.slice(place.keyStart, place.start);
  const head = isRenamed ? key + text.slice(text.indexOf(':', keyEnd(text)), place.start) : key;
  const value = text.slice(place.start, place.end);
  const before = JSON.parse(value) as Readonly<Record<string, unknown>>;
  const read = readEntry(place.key, before, options);
  if (read.passage === undefined) return head + layOut(after, layout, 1);
  // What stands in the file, not what it was read as, decides which keys change.
  const same = writeEntry(read.passage, options);
  const kept = Object.fromEntries(
    Object.entries(after).map(([name, now]) => [
      name,
      JSON.stringify(now) === JSON.stringify(same[name]) ? before[name] : now,
    ]),
  );
  return head + editObject(value, before, kept, (item) => layOut(item, layout, 2));
}

/** Where the key of `{"key": …}` ends. */
function keyEnd(text: string): number {
  return /^\{"(?:[^"\\]|\\.)*"/su.exec(text)?.[0].length ?? 0;
}
