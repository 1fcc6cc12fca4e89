import { phrase } from '../../messages/phrase';
import { foldName, formatPath } from '../names';
import type { FileType, TaxonomyFix, TextPlace } from './taxonomyFile';

/** The place of a type's name, or of the type where it has none. */
export function nameOf(type: FileType): TextPlace {
  const { offset, length } = type.fields.name ?? type;
  return { offset, length };
}

/** A name that none of these siblings has: the name itself, or with a number. */
export function freeName(name: string, siblings: readonly FileType[]): string {
  const taken = new Set(siblings.map((sibling) => foldName(sibling.name)));
  let free = name;
  for (let number = 2; taken.has(foldName(free)); number++) free = `${name} ${number}`;
  return free;
}

export function rename(type: FileType, name: string): TaxonomyFix {
  return {
    title: phrase`Rename to “${name}”`,
    edit: { kind: 'rename', type: type.place, name },
  };
}

export function remove(type: FileType): TaxonomyFix {
  return { title: phrase`Remove It`, edit: { kind: 'remove', types: [type.place] } };
}

/** Makes one type of two, the earlier one. */
export function merge(type: FileType, into: FileType): TaxonomyFix {
  return {
    title: phrase`Merge into “${formatPath(into.path)}”`,
    edit: { kind: 'merge', types: [type.place], into: into.place },
  };
}
