import type { Draft } from './draft';
import { saysNothing, writeSetting } from './settingValues';
import { settingNames } from './taxonomyFile';

/** How new text of a file is laid out, as its other text is. */
export interface FileLayout {
  readonly eol: string;
  /** One step of indentation; empty in a file on one line. */
  readonly unit: string;
}

/** Longest line that holds a whole type. */
const lineWidth = 100;

/** The layout that a text shows: its first indented line and its first line break. */
export function layoutOf(text: string): FileLayout {
  const eol = /\r?\n/u.exec(text)?.[0];
  const unit = /\n([ \t]+)\S/u.exec(text)?.[1];
  if (text.trim() === '') return { eol: '\n', unit: '  ' };
  return { eol: eol ?? '\n', unit: eol === undefined ? '' : (unit ?? '  ') };
}

/** A member of a new object: its key and the text of its value. */
export interface WrittenMember {
  readonly key: string;
  readonly value: string;
}

/** The members of a type in the order that new ones have. */
export function membersOf(draft: Draft): [key: string, value: unknown][] {
  const settings = settingNames.flatMap((field): [string, unknown][] => {
    const value = draft.settings[field];
    return saysNothing(value) ? [] : [[field, writeSetting(field, value)]];
  });
  return [['name', draft.name], ...settings];
}

/** A value on one line, with blanks as people write them. */
export function writeValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(writeValue).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, item]) => `${JSON.stringify(key)}: ${writeValue(item)}`,
  );
  return `{ ${members.join(', ')} }`;
}

/** An object of members: on one line where it fits and `children` is not among them. */
export function writeObject(
  members: readonly WrittenMember[],
  layout: FileLayout,
  indent: string,
): string {
  const written = members.map(({ key, value }) => `${JSON.stringify(key)}: ${value}`);
  const line = `{ ${written.join(', ')} }`;
  const isShort = indent.length + line.length < lineWidth && !line.includes('\n');
  const hasChildren = members.some(({ key }) => key === 'children');
  if (layout.unit === '' || (isShort && !hasChildren)) return line;
  const inner = layout.eol + indent + layout.unit;
  return `{${inner}${written.join(`,${inner}`)}${layout.eol}${indent}}`;
}

/** The text of an item of an array, with the comments that stand before it and behind it. */
export interface WrittenItem {
  readonly text: string;
  readonly lead?: readonly string[];
  readonly tail?: readonly string[];
}

/** An array of items that stand on lines of their own. */
export function writeArray(
  items: readonly WrittenItem[],
  layout: FileLayout,
  indent: string,
): string {
  if (items.length === 0) return '[]';
  const hasComments = items.some(({ lead = [], tail = [] }) => lead.length + tail.length > 0);
  if (layout.unit === '' && !hasComments) return `[${items.map(({ text }) => text).join(', ')}]`;
  const inner = layout.eol + indent + layout.unit;
  const lines = items.flatMap(({ text, lead = [], tail = [] }, index) => {
    const [behind, ...others] = tail;
    const line = text + (index < items.length - 1 ? ',' : '');
    return [...lead, behind === undefined ? line : `${line} ${behind}`, ...others];
  });
  return `[${inner}${lines.join(inner)}${layout.eol}${indent}]`;
}

/** Text of another place, its lines after the first indented for this one. */
export function reindent(text: string, from: string, to: string): string {
  if (from === to) return text;
  return text
    .split('\n')
    .map((line, index) =>
      index > 0 && line.startsWith(from) ? to + line.slice(from.length) : line,
    )
    .join('\n');
}
