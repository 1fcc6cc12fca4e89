import type { Node } from 'jsonc-parser';
import type { Draft } from './draft';
import { editJsonList, gapsOf, indentAt, type JsonList, type ListEntry } from './editJsonList';
import { longestRun } from './longestRun';
import { propertyOf, type ParsedTypes } from './parseTypes';
import { saysNothing, writeSetting } from './settingValues';
import { applyTextChanges, type TextChange } from './taxonomyEdit';
import { settingNames, type FileType } from './taxonomyFile';
import {
  layoutOf,
  membersOf,
  reindent,
  writeArray,
  writeObject,
  writeValue,
  type FileLayout,
  type WrittenItem,
} from './writeTypes';

/** Keys in the order that new members are put in. */
const keyOrder: readonly string[] = [
  '$schema',
  'name',
  'levels',
  ...settingNames,
  'types',
  'children',
];

/** The text that the value of a member is to have; undefined takes the member away. */
type WantedValues = ReadonlyMap<string, string | undefined>;

/**
 * Finds the changes of a text that make its types those of drafts: what stays the same stays byte for
 * byte, and a type that moves takes its text and its comments along.
 */
export class TextWriter {
  private readonly layout: FileLayout;

  constructor(
    private readonly text: string,
    private readonly parsed: ParsedTypes,
  ) {
    this.layout = layoutOf(text);
  }

  /** The changes that make the file's types those of `drafts`, and its levels' names `levels` if given. */
  changeFile(drafts: readonly Draft[], levels: readonly string[] | undefined): TextChange[] {
    const { root, types } = this.parsed;
    const wanted = new Map<string, string | undefined>();
    if (levels !== undefined) {
      wanted.set('levels', levels.length === 0 ? undefined : writeValue(levels));
    }
    const { unit, eol } = this.layout;
    const write = (): string => writeArray(this.writeItems(drafts, unit + unit), this.layout, unit);
    if (root === undefined) {
      const value = wanted.get('levels');
      const members = [
        ...(value === undefined ? [] : [`"levels": ${value}`]),
        `"types": ${write()}`,
      ];
      const text = `{${eol}${unit}${members.join(`,${eol}${unit}`)}${eol}}${eol}`;
      return [{ offset: this.text.length, length: 0, text }];
    }
    const array = propertyOf(root, 'types')?.children?.[1];
    if (array !== undefined) {
      return [...this.changeMembers(root, wanted), ...this.changeArray(array, types, drafts)];
    }
    wanted.set('types', write());
    return this.changeMembers(root, wanted);
  }

  /** The changes of the array that types stand in. */
  private changeArray(
    array: Node,
    origins: readonly FileType[],
    drafts: readonly Draft[],
  ): TextChange[] {
    const { layout } = this;
    const order = new Map(origins.map((type, index) => [type, index]));
    const indices = drafts.map(({ origin }) =>
      origin === undefined ? -1 : (order.get(origin) ?? -1),
    );
    const kept = longestRun(indices);
    const changes = drafts.flatMap((draft, index) =>
      kept.has(index) ? this.changeDraft(draft) : [],
    );
    if (kept.size === origins.length && kept.size === drafts.length) return changes;
    const list = listOf(array);
    const outer = indentAt(this.text, array.offset);
    const indent = outer + layout.unit;
    const hasComments = gapsOf(this.text, list).some(
      ({ tailComments, leadComments }) => tailComments.length + leadComments.length > 0,
    );
    if (kept.size === 0 && !hasComments) {
      const text = writeArray(this.writeItems(drafts, indent), layout, outer);
      return [{ offset: array.offset, length: array.length, text }];
    }
    const entries = drafts.map((draft, index): ListEntry =>
      kept.has(index)
        ? { kept: indices[index] ?? -1 }
        : { text: '', ...this.writeItems([draft], indent)[0] },
    );
    return [...changes, ...editJsonList(this.text, list, entries, { eol: layout.eol, indent })];
  }

  /** The changes of a type where it stands. */
  private changeDraft(draft: Draft): TextChange[] {
    const { origin } = draft;
    const node = origin === undefined ? undefined : this.parsed.nodes.get(origin);
    if (origin === undefined || node === undefined) return [];
    const wanted = wantedSettings(draft, origin);
    if (node.type !== 'object') {
      if (wanted.size === 0 && draft.children.length === 0) return [];
      const isNameAlone = membersOf(draft).length === 1 && draft.children.length === 0;
      const text =
        node.type === 'string' && isNameAlone
          ? JSON.stringify(draft.name)
          : this.writeNew(draft, indentAt(this.text, node.offset));
      return [{ offset: node.offset, length: node.length, text }];
    }
    const children = propertyOf(node, 'children')?.children?.[1];
    if (draft.children.length === 0) {
      if (origin.children.length > 0) wanted.set('children', undefined);
    } else if (children?.type === 'array') {
      return [
        ...this.changeMembers(node, wanted),
        ...this.changeArray(children, origin.children, draft.children),
      ];
    } else {
      const indent = indentAt(this.text, node.offset) + this.layout.unit;
      wanted.set('children', this.writeChildren(draft, indent));
    }
    return this.changeMembers(node, wanted);
  }

  /** The changes that give members of an object other values; those not named stay. */
  private changeMembers(object: Node, wanted: WantedValues): TextChange[] {
    if (wanted.size === 0) return [];
    const properties = object.children ?? [];
    const keys = properties.map(({ children: [key] = [] }) => String(key?.value));
    const standing = new Set(keys.map((key) => propertyOf(object, key)));
    const changes: TextChange[] = [];
    const entries: ({ readonly key: string } & ListEntry)[] = [];
    properties.forEach((property, index) => {
      const key = keys[index] ?? '';
      const value = wanted.get(key);
      if (wanted.has(key) && value === undefined) return;
      entries.push({ key, kept: index });
      const node = property.children?.[1];
      if (value === undefined || node === undefined || !standing.has(property)) return;
      changes.push({ offset: node.offset, length: node.length, text: value });
    });
    const added = [...wanted].filter(([key, value]) => value !== undefined && !keys.includes(key));
    for (const [key, value = ''] of added) {
      const rank = keyOrder.indexOf(key);
      const after = entries.findLastIndex(
        (entry) => keyOrder.includes(entry.key) && keyOrder.indexOf(entry.key) < rank,
      );
      entries.splice(after + 1, 0, { key, text: `${JSON.stringify(key)}: ${value}` });
    }
    const list = listOf(object);
    const { unit, eol } = this.layout;
    const indent = indentAt(this.text, object.offset);
    if (unit !== '' && !fitsOnLine(added) && this.isOnLine(object)) {
      return [this.openUp(object, entries, wanted, indent)];
    }
    if (added.length === 0 && entries.length === properties.length) return changes;
    return [...changes, ...editJsonList(this.text, list, entries, { eol, indent: indent + unit })];
  }

  /** Whether an object stands on one line, with no comments between its members. */
  private isOnLine(object: Node): boolean {
    return (
      !this.slice(object).includes('\n') &&
      gapsOf(this.text, listOf(object)).every(
        ({ tailComments, leadComments }) => tailComments.length + leadComments.length === 0,
      )
    );
  }

  /** An object on one line written anew on several. */
  private openUp(
    object: Node,
    entries: readonly ({ readonly key: string } & ListEntry)[],
    wanted: WantedValues,
    indent: string,
  ): TextChange {
    const parts = entries.map((entry) => {
      if (!('kept' in entry)) return entry.text;
      const property = object.children?.[entry.kept];
      const [, value] = property?.children ?? [];
      if (property === undefined || value === undefined) return '';
      const key = this.text.slice(property.offset, value.offset);
      return key + (wanted.get(entry.key) ?? this.slice(value));
    });
    const { eol, unit } = this.layout;
    const inner = eol + indent + unit;
    return {
      offset: object.offset,
      length: object.length,
      text: `{${inner}${parts.join(`,${inner}`)}${eol}${indent}}`,
    };
  }

  /** The text of a type at another place, without comments around it. */
  private writeDraft(draft: Draft, indent: string): string {
    const node = draft.origin === undefined ? undefined : this.parsed.nodes.get(draft.origin);
    if (node === undefined) return this.writeNew(draft, indent);
    const changes = this.changeDraft(draft).map((change) => ({
      ...change,
      offset: change.offset - node.offset,
    }));
    const text = applyTextChanges(this.slice(node), changes);
    return reindent(text, indentAt(this.text, node.offset), indent);
  }

  private writeNew(draft: Draft, indent: string): string {
    const members = membersOf(draft).map(([key, value]) => ({ key, value: writeValue(value) }));
    if (draft.children.length > 0) {
      const value = this.writeChildren(draft, indent + this.layout.unit);
      members.push({ key: 'children', value });
    }
    return writeObject(members, this.layout, indent);
  }

  private writeChildren({ children }: Draft, indent: string): string {
    const inner = indent + this.layout.unit;
    return writeArray(this.writeItems(children, inner), this.layout, indent);
  }

  private writeItems(drafts: readonly Draft[], indent: string): WrittenItem[] {
    return drafts.map((draft) => ({
      text: this.writeDraft(draft, indent),
      ...this.commentsOf(draft, indent),
    }));
  }

  /** The comments that stand with a type where it was. */
  private commentsOf({ origin }: Draft, indent: string): { lead?: string[]; tail?: string[] } {
    const node = origin === undefined ? undefined : this.parsed.nodes.get(origin);
    const array = node?.parent;
    if (node === undefined || array === undefined) return {};
    const index = (array.children ?? []).indexOf(node);
    const gaps = gapsOf(this.text, listOf(array));
    const from = indentAt(this.text, node.offset);
    const moved = (comments: readonly string[] = []): string[] =>
      comments.map((comment) => reindent(comment, from, indent));
    return { lead: moved(gaps[index]?.leadComments), tail: moved(gaps[index + 1]?.tailComments) };
  }

  private slice({ offset, length }: Node): string {
    return this.text.slice(offset, offset + length);
  }
}

/** Texts of the fields whose values a draft changes. */
function wantedSettings(draft: Draft, origin: FileType): Map<string, string | undefined> {
  const wanted = new Map<string, string | undefined>();
  if (draft.name !== origin.name) wanted.set('name', JSON.stringify(draft.name));
  for (const field of settingNames) {
    const value = draft.settings[field];
    const isSame = JSON.stringify(value) === JSON.stringify(origin.settings[field]);
    // A value that could not be read is none, but stands there.
    const standsThere = origin.fields[field] !== undefined;
    if (isSame && (value !== undefined || !draft.touched.has(field) || !standsThere)) continue;
    wanted.set(field, saysNothing(value) ? undefined : writeValue(writeSetting(field, value)));
  }
  return wanted;
}

function listOf({ offset, length, children = [] }: Node): JsonList {
  return { start: offset, end: offset + length, items: children };
}

function fitsOnLine(added: readonly (readonly [string, string | undefined])[]): boolean {
  return added.every(([, value = '']) => !value.includes('\n'));
}
