import { readGap, type Gap } from './jsonGaps';
import type { TextChange } from './taxonomyEdit';

/** What stands at a place of a list after a change: an item that it had, or a new text. */
export type ListEntry =
  | { readonly kept: number }
  /** Texts of the comments before and after are put beside it. */
  | { readonly text: string; readonly lead?: readonly string[]; readonly tail?: readonly string[] };

/** An array or object in a text, with the places of its elements or members. */
export interface JsonList {
  /** Offset of the opening bracket, and the one after the closing bracket. */
  readonly start: number;
  readonly end: number;
  readonly items: readonly { readonly offset: number; readonly length: number }[];
}

export interface ListLayout {
  readonly eol: string;
  /** Indentation of a new item where the list has none that shows it. */
  readonly indent: string;
}

/** The gaps of a list: before its first item, after its first, … after its last. */
export function gapsOf(text: string, { start, end, items }: JsonList): Gap[] {
  return [-1, ...items.keys()].map((index) => {
    const item = items[index];
    const from = item === undefined ? start + 1 : item.offset + item.length;
    return readGap(text, from, items[index + 1]?.offset ?? end - 1);
  });
}

/**
 * The changes that give a list these entries: kept items, in the order that they have, stay as they
 * are with their comments; the others are cut out with theirs, and commas are set right.
 */
export function editJsonList(
  text: string,
  list: JsonList,
  entries: readonly ListEntry[],
  layout: ListLayout,
): TextChange[] {
  const gaps = gapsOf(text, list);
  const keepsTrailing = gaps.length > 1 && gaps.at(-1)?.comma !== undefined;
  const breakLine = layout.eol + indentOfItems(text, list, layout);
  const isOpen = gaps.some(({ hasLineBreak }) => hasLineBreak);
  const changes: TextChange[] = [];
  let added: string[] = [];
  let next = 0;
  /** Replaces what stands between the last kept item and the one at an index by the new entries. */
  const closeRegion = (index: number): void => {
    const region = { start: gaps[next]?.tailEnd ?? 0, end: gaps[index]?.tailEnd ?? 0 };
    const before = gaps[next]?.tailComments.at(-1)?.startsWith('//') === true ? '//' : '';
    const isFirst = next === 0;
    const inserted = joinParts(added, before, isFirst, isOpen ? breakLine : ' ', breakLine);
    added = [];
    next = index + 1;
    if (region.start === region.end && inserted === '') return;
    let end = region.end;
    // The first item of one line leaves no blank behind.
    if (isFirst && inserted === '' && text[region.start] !== ' ') while (text[end] === ' ') end++;
    const follows = /^[ \t]*(?:\r?\n)?/u.exec(text.slice(end, end + 200))?.[0] ?? '';
    let behind = '';
    // A comment to the end of the line would take what follows in.
    if (endsInLineComment(before + inserted) && !follows.endsWith('\n')) behind = breakLine;
    else if (isFirst && inserted !== '' && !isOpen && index < list.items.length && follows === '') {
      behind = ' ';
    }
    changes.push({ offset: region.start, length: end - region.start, text: inserted + behind });
  };
  entries.forEach((entry, index) => {
    const needsComma = index < entries.length - 1 || keepsTrailing;
    if ('text' in entry) {
      const { text: own, lead = [], tail = [] } = entry;
      added.push(...lead, own + (needsComma ? ',' : ''), ...tail.map((comment) => ` ${comment}`));
      return;
    }
    closeRegion(entry.kept);
    const item = list.items[entry.kept];
    const gap = gaps[entry.kept + 1];
    if (item === undefined || gap === undefined) return;
    if (needsComma && gap.comma === undefined) {
      changes.push({ offset: item.offset + item.length, length: 0, text: ',' });
    } else if (!needsComma && gap.comma !== undefined) {
      changes.push({ offset: gap.comma, length: 1, text: '' });
    }
  });
  closeRegion(list.items.length);
  return changes;
}

/** Texts one after the other; those that begin with a blank stand behind the one before them. */
function joinParts(
  parts: readonly string[],
  before: string,
  isFirst: boolean,
  separator: string,
  breakLine: string,
): string {
  let joined = '';
  for (const part of parts) {
    if (endsInLineComment(before + joined)) joined += breakLine + part.trimStart();
    else if (part.startsWith(' ')) joined += part;
    else joined += (isFirst && joined === '' && separator === ' ' ? '' : separator) + part;
  }
  return joined;
}

/** Whether a text ends in a comment that only a line break ends; a string may hold two slashes too. */
function endsInLineComment(text: string): boolean {
  const line = text.slice(text.lastIndexOf('\n') + 1);
  let inString = false;
  for (let at = 0; at < line.length; at++) {
    if (inString && line[at] === '\\') at++;
    else if (line[at] === '"') inString = !inString;
    else if (!inString && line.startsWith('//', at)) return true;
    else if (!inString && line.startsWith('/*', at)) {
      const end = line.indexOf('*/', at + 2);
      if (end < 0) return false;
      at = end + 1;
    }
  }
  return false;
}

function indentOfItems(text: string, { items }: JsonList, { indent }: ListLayout): string {
  const shown = items.find(({ offset }) => startsLine(text, offset));
  return shown === undefined ? indent : indentAt(text, shown.offset);
}

function startsLine(text: string, offset: number): boolean {
  return /(?:^|\n)[ \t]*$/u.test(text.slice(Math.max(0, offset - 200), offset));
}

/** The blanks that the line of an offset begins with. */
export function indentAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/u.exec(text.slice(lineStart, offset))?.[0] ?? '';
}
