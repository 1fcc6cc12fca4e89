import type { TypePath } from '../../entity/entity';
import { InputError } from '../../errors';
import { phrase } from '../../messages/phrase';
import { foldName } from '../names';
import {
  draftOfData,
  draftPaths,
  findDraft,
  isWithin,
  parentOf,
  type Draft,
  type DraftTree,
} from './draft';
import { keepFormerPaths, withSetting } from './formerPaths';
import { mergeInto } from './mergeDrafts';
import { mendSetting, readSetting, saysNothing, writeSetting } from './settingValues';
import type { TaxonomyEdit } from './taxonomyEdit';
import { settingNames, type TypeSettingName } from './taxonomyFile';

/**
 * Makes one change in a tree.
 * @throws InputError when a type is not there, a name is empty or taken, or a value is none.
 */
export function editDraft(tree: DraftTree, edit: TaxonomyEdit): void {
  const before = draftPaths(tree);
  const changed = change(tree, edit, before);
  for (const draft of changed) checkName(draft, parentOf(tree, draft).children);
  keepFormerPaths(tree, changed, before);
}

/** Makes the change; returns the types whose names or places changed. */
function change(
  tree: DraftTree,
  edit: TaxonomyEdit,
  before: ReadonlyMap<Draft, TypePath>,
): readonly Draft[] {
  switch (edit.kind) {
    case 'rename': {
      const draft = findType(tree, edit.type);
      draft.name = edit.name.trim();
      return [draft];
    }
    case 'add': {
      const draft = draftOfData(edit.type);
      checkNew(draft);
      const { children } = findDraft(tree, edit.parent);
      children.splice(edit.index ?? children.length, 0, draft);
      return [draft];
    }
    case 'remove':
      for (const draft of outermost(tree, edit.types, before)) remove(tree, draft);
      return [];
    case 'move':
      return move(tree, edit, before);
    case 'merge': {
      const into = findType(tree, edit.into);
      const others = outermost(tree, edit.types, before).filter((draft) => draft !== into);
      if (others.some((draft) => isWithin(into, draft))) {
        throw new InputError(
          phrase`A type cannot be merged into one below it`,
          phrase`Merge the lower type into the upper one.`,
        );
      }
      for (const draft of others) {
        takeOut(tree, draft);
        mergeInto(tree, draft, into);
      }
      return [];
    }
    case 'split':
      return split(tree, edit);
    case 'set': {
      const { field, value } = edit;
      const known = saysNothing(value) ? undefined : checkValue(field, value);
      for (const draft of edit.types.map((ref) => findType(tree, ref))) {
        draft.settings = withSetting(draft.settings, field, known);
        draft.touched.add(field);
      }
      return [];
    }
    case 'setLevels':
      tree.levels = edit.levels.map((level) => level.trim());
      return [];
  }
}

function findType(tree: DraftTree, ref: readonly (string | number)[]): Draft {
  const draft = findDraft(tree, ref);
  if (draft !== tree.top) return draft;
  throw new InputError(phrase`No type is named`, phrase`Name a type of the file.`);
}

/** Types in the order of the file, without those below others of them. */
function outermost(
  tree: DraftTree,
  refs: readonly (readonly (string | number)[])[],
  order: ReadonlyMap<Draft, TypePath>,
): readonly Draft[] {
  const named = new Set(refs.map((ref) => findType(tree, ref)));
  const isBelow = (draft: Draft): boolean =>
    [...named].some((other) => other !== draft && isWithin(draft, other));
  return [...order.keys()].filter((draft) => named.has(draft) && !isBelow(draft));
}

function remove(tree: DraftTree, draft: Draft): void {
  const parent = takeOut(tree, draft);
  const leave = (gone: Draft): void => {
    tree.heirs.set(gone, parent === tree.top ? undefined : parent);
    gone.children.forEach(leave);
  };
  leave(draft);
}

/** Takes a type out of the tree and returns the type that it stood under. */
function takeOut(tree: DraftTree, draft: Draft): Draft {
  const parent = parentOf(tree, draft);
  parent.children.splice(parent.children.indexOf(draft), 1);
  return parent;
}

function move(
  tree: DraftTree,
  edit: Extract<TaxonomyEdit, { kind: 'move' }>,
  before: ReadonlyMap<Draft, TypePath>,
): readonly Draft[] {
  const parent = findDraft(tree, edit.parent);
  const moved = outermost(tree, edit.types, before);
  if (moved.some((draft) => isWithin(parent, draft))) {
    throw new InputError(
      phrase`A type cannot be moved below itself`,
      phrase`Move it to a type that does not stand below it.`,
    );
  }
  const stays = parent.children.slice(edit.index ?? parent.children.length);
  const next = stays.find((draft) => !moved.includes(draft));
  for (const draft of moved) takeOut(tree, draft);
  const index = next === undefined ? parent.children.length : parent.children.indexOf(next);
  parent.children.splice(index, 0, ...moved);
  return moved;
}

function split(
  tree: DraftTree,
  { type, names, into }: Extract<TaxonomyEdit, { kind: 'split' }>,
): readonly Draft[] {
  const draft = findType(tree, type);
  if (names.length === 0) {
    throw new InputError(phrase`No type is named`, phrase`Name the types to split into.`);
  }
  if (into === 'children') {
    const made = names.map((name) => draftOfData({ name: name.trim() }));
    draft.children.push(...made);
    return made;
  }
  const { children } = parentOf(tree, draft);
  const [first = '', ...rest] = names.map((name) => name.trim());
  const made = rest.map((name) => draftOfData({ name }));
  children.splice(children.indexOf(draft) + 1, 0, ...made);
  draft.name = first;
  return [draft, ...made];
}

/** A name is not empty, and none of its siblings has it. */
function checkName(draft: Draft, siblings: readonly Draft[]): void {
  const folded = foldName(draft.name);
  if (folded === '') {
    throw new InputError(phrase`A type has no name`, phrase`Give it a name.`);
  }
  if (siblings.some((other) => other !== draft && foldName(other.name) === folded)) {
    throw new InputError(
      phrase`The name “${draft.name}” stands there already`,
      phrase`Give another name, or merge the two types.`,
    );
  }
}

function checkNew(draft: Draft): void {
  for (const field of settingNames) {
    const value = draft.settings[field];
    if (value === undefined) continue;
    draft.settings = withSetting(
      draft.settings,
      field,
      saysNothing(value) ? undefined : checkValue(field, value),
    );
  }
  for (const child of draft.children) {
    checkName(child, draft.children);
    checkNew(child);
  }
}

function checkValue(field: TypeSettingName, value: unknown): unknown {
  const known = readSetting(field, writeSetting(field, value));
  if (known !== undefined) return known;
  throw new InputError(phrase`The value of “${field}” is of no use here`, mendSetting(field), {
    field,
  });
}
