import { scanMembers, type JsonMember } from './members';

/** Writes a value that stands in an object. */
export type ValueWriter = (value: unknown) => string;

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * The text of a JSON object changed from `before` to `after`: members that are the same in both stay
 * byte for byte, as do keys that neither of them has; new ones are put after the last.
 * @param text A valid JSON object; of a key that stands twice the last counts, as in JSON.parse.
 */
export function editObject(
  text: string,
  before: JsonObject,
  after: JsonObject,
  write: ValueWriter,
): string {
  const members = [...scanMembers(text, text.indexOf('{'))];
  const last = new Map(members.map((member) => [member.key, member]));
  const edits: { start: number; end: number; text: string }[] = [];
  const added: string[] = [];
  const removed = new Set<JsonMember>();
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const value = after[key];
    if (JSON.stringify(before[key]) === JSON.stringify(value)) continue;
    const member = last.get(key);
    if (value === undefined) {
      members.filter((other) => other.key === key).forEach((other) => removed.add(other));
    } else if (member === undefined) {
      added.push(key);
    } else {
      edits.push({ start: member.start, end: member.end, text: write(value) });
    }
  }
  edits.push(...cutMembers(members, removed));
  edits.push(...addMembers(text, members, removed, added, after, write));
  return applyEdits(text, edits);
}

/** Cuts members out together with the comma before, or after where all before them go too. */
function cutMembers(members: readonly JsonMember[], removed: ReadonlySet<JsonMember>) {
  const firstKept = members.findIndex((member) => !removed.has(member));
  return members.flatMap((member, index) => {
    if (!removed.has(member)) return [];
    const next = members[index + 1];
    const leads = firstKept < 0 || index < firstKept;
    const start = leads ? member.keyStart : (members[index - 1]?.end ?? member.keyStart);
    return [{ start, end: leads && next !== undefined ? next.keyStart : member.end, text: '' }];
  });
}

function addMembers(
  text: string,
  members: readonly JsonMember[],
  removed: ReadonlySet<JsonMember>,
  keys: readonly string[],
  values: JsonObject,
  write: ValueWriter,
) {
  const [first] = members;
  const brace = text.indexOf('{');
  if (keys.length === 0) return [];
  const colon = first === undefined ? ': ' : text.slice(first.keyStart, first.start);
  const afterColon = /:(\s*)$/u.exec(colon)?.[1] ?? ' ';
  const separator = members[1] === undefined ? ' ' : gapBefore(text, members[1].keyStart);
  const written = keys.map((key) => `${JSON.stringify(key)}:${afterColon}${write(values[key])}`);
  const isEmpty = members.every((member) => removed.has(member));
  const at = members.at(-1)?.end ?? brace + 1;
  return [
    { start: at, end: at, text: (isEmpty ? '' : `,${separator}`) + written.join(`,${separator}`) },
  ];
}

function gapBefore(text: string, at: number): string {
  let start = at;
  while (/\s/u.test(text[start - 1] ?? '')) start--;
  return text.slice(start, at);
}

/** The text with edits that do not overlap applied; of edits at one place the earlier given comes first. */
export function applyEdits(
  text: string,
  edits: readonly { readonly start: number; readonly end: number; readonly text: string }[],
): string {
  let result = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** JSON on one line, with blanks after colons and commas if `spaced`, as Python writes it. */
export function stringifyOnLine(value: unknown, spaced: boolean): string {
  if (!spaced) return JSON.stringify(value);
  if (Array.isArray(value)) {
    return `[${value.map((item) => stringifyOnLine(item ?? null, true)).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, item]) => item !== undefined);
    const written = members.map(
      ([key, item]) => `${JSON.stringify(key)}: ${stringifyOnLine(item, true)}`,
    );
    return `{${written.join(', ')}}`;
  }
  return JSON.stringify(value);
}
