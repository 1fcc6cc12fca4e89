import type { TypePath } from '../../entity/entity';
import { InputError } from '../../errors';
import { phrase } from '../../messages/phrase';
import { formatPath } from '../names';
import type { TypeRef } from './taxonomyEdit';
import type { FileType, TypeData, TypeSettingName, TypeSettings } from './taxonomyFile';

/** A type of a tree that is being changed. */
export interface Draft {
  name: string;
  settings: TypeSettings;
  children: Draft[];
  /** The type of the file that it was before; absent for a new one. */
  readonly origin?: FileType;
  /** Fields that were set, also where the file holds something for them that could not be read. */
  readonly touched: Set<TypeSettingName>;
}

/** The types of a file while they are being changed. */
export interface DraftTree {
  /** A stand-in above the top level. */
  readonly top: Draft;
  levels: readonly string[];
  /** The type that stands for one that was taken away, if any does. */
  readonly heirs: Map<Draft, Draft | undefined>;
}

export function makeTree(types: readonly Draft[], levels: readonly string[]): DraftTree {
  const top: Draft = { name: '', settings: {}, children: [...types], touched: new Set() };
  return { top, levels, heirs: new Map() };
}

/** A draft of a type of a file, with those below it. */
export function draftOfType(type: FileType): Draft {
  const { name, settings, children } = type;
  return {
    name,
    settings,
    children: children.map(draftOfType),
    origin: type,
    touched: new Set(),
  };
}

/** A draft of a type that the file does not have. */
export function draftOfData({ name, children = [], ...settings }: TypeData): Draft {
  return { name, settings, children: children.map(draftOfData), touched: new Set() };
}

export function dataOfDraft({ name, settings, children }: Draft): TypeData {
  return {
    name,
    ...settings,
    ...(children.length === 0 ? {} : { children: children.map(dataOfDraft) }),
  };
}

/** All types of a tree with their paths, each before its children. */
export function draftPaths({ top }: DraftTree): Map<Draft, TypePath> {
  const paths = new Map<Draft, TypePath>();
  const visit = (draft: Draft, above: TypePath): void => {
    const path = [...above, draft.name];
    paths.set(draft, path);
    for (const child of draft.children) visit(child, path);
  };
  for (const draft of top.children) visit(draft, []);
  return paths;
}

/**
 * The type at a reference; the stand-in above the top level for `[]`.
 * @throws InputError when there is none.
 */
export function findDraft({ top }: DraftTree, ref: TypeRef): Draft {
  let found = top;
  for (const step of ref) {
    const next =
      typeof step === 'number'
        ? found.children[step]
        : found.children.find(({ name }) => name === step);
    if (next === undefined) {
      throw new InputError(
        phrase`The file has no type “${formatPath(ref.map(String))}”`,
        phrase`Name a type of the file, from its top level down.`,
      );
    }
    found = next;
  }
  return found;
}

/** The type above a type of the tree. */
export function parentOf({ top }: DraftTree, draft: Draft): Draft {
  const find = (above: Draft): Draft | undefined => {
    if (above.children.includes(draft)) return above;
    for (const child of above.children) {
      const found = find(child);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return find(top) ?? top;
}

/** Whether a type is `other` or stands below it. */
export function isWithin(draft: Draft, other: Draft): boolean {
  return draft === other || other.children.some((child) => isWithin(draft, child));
}

/** The type that stands for one: itself, or what it was merged into or removed from; undefined where nothing does. */
export function heirOf({ heirs }: DraftTree, draft: Draft): Draft | undefined {
  let now: Draft | undefined = draft;
  while (now !== undefined && heirs.has(now)) now = heirs.get(now);
  return now;
}
