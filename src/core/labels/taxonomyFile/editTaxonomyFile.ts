import { InputError } from '../../errors';
import { phrase } from '../../messages/phrase';
import { foldPath } from '../names';
import { dataOfDraft, draftOfData, draftOfType, draftPaths, heirOf, makeTree } from './draft';
import { editDraft } from './editDraft';
import { parseTypes } from './parseTypes';
import { levelsOf } from './readTaxonomyFile';
import { changedPart } from './changedPart';
import {
  applyTextChanges,
  joinTextChanges,
  type PathChange,
  type TaxonomyEdit,
  type TextChange,
} from './taxonomyEdit';
import type { TypeData } from './taxonomyFile';
import { TextWriter } from './textWriter';

/** The types and level names of a taxonomy as plain data. */
export interface TaxonomyData {
  readonly levels: readonly string[];
  readonly types: readonly TypeData[];
}

/**
 * The least changes of a taxonomy file's text that make an edit: comments, indentation and the order
 * of keys stay. Reading the changed text gives what `editTaxonomy` gives.
 * @throws InputError when the text cannot be read, a type is not there, a name is empty or taken, or
 * a value is none.
 */
export function editTaxonomyFile(text: string, edit: TaxonomyEdit): TextChange[] {
  const parsed = parseTypes(text);
  if (parsed.error !== undefined) {
    const { message, line } = parsed.error;
    throw new InputError(message, phrase`Correct the file as text first.`, { line });
  }
  const levels = levelsOf(parsed);
  const tree = makeTree(parsed.types.map(draftOfType), levels);
  editDraft(tree, edit);
  const writer = new TextWriter(text, parsed);
  const newLevels = edit.kind === 'setLevels' ? tree.levels : undefined;
  return joinTextChanges(writer.changeFile(tree.top.children, newLevels));
}

/**
 * The changes of a text that make several edits, each of which refers to what those before it left.
 * @throws InputError as `editTaxonomyFile`.
 */
export function editTaxonomyFileWith(text: string, edits: readonly TaxonomyEdit[]): TextChange[] {
  const [only, ...others] = edits;
  if (only !== undefined && others.length === 0) return editTaxonomyFile(text, only);
  const after = edits.reduce(
    (before, edit) => applyTextChanges(before, editTaxonomyFile(before, edit)),
    text,
  );
  return changedPart(text, after);
}

/**
 * The taxonomy after an edit, another object.
 * @throws InputError as `editTaxonomyFile`.
 */
export function editTaxonomy({ types, levels }: TaxonomyData, edit: TaxonomyEdit): TaxonomyData {
  const tree = makeTree(types.map(draftOfData), levels);
  editDraft(tree, edit);
  return { levels: tree.levels, types: tree.top.children.map(dataOfDraft) };
}

/**
 * The paths that an edit changes, each type before those below it: where its types are then, or the
 * types that stand for them. Types that are there as before are left out.
 * @throws InputError as `editTaxonomyFile`.
 */
export function pathChangesOf(types: readonly TypeData[], edit: TaxonomyEdit): PathChange[] {
  const tree = makeTree(types.map(draftOfData), []);
  const before = draftPaths(tree);
  editDraft(tree, edit);
  const after = draftPaths(tree);
  const current = new Set([...after.values()].map(foldPath));
  return [...before].flatMap(([draft, from]) => {
    const heir = heirOf(tree, draft);
    const to = heir === undefined ? undefined : after.get(heir);
    if (to !== undefined && to.join('\n') === from.join('\n')) return [];
    // Another type has the path: one of two that had the same name.
    return to === undefined && current.has(foldPath(from)) ? [] : [{ from, to }];
  });
}

/** The same of edits one after the other: where the types of before the first are after the last. */
export function pathChangesOfAll(
  types: readonly TypeData[],
  edits: readonly TaxonomyEdit[],
): PathChange[] {
  let now = types;
  let changes: PathChange[] = [];
  for (const edit of edits) {
    const next = pathChangesOf(now, edit);
    const byPath = new Map(next.map(({ from, to }) => [foldPath(from), to]));
    const known = new Set(changes.map(({ to }) => (to === undefined ? '' : foldPath(to))));
    changes = [
      ...changes.map((change) => {
        const key = change.to === undefined ? '' : foldPath(change.to);
        return byPath.has(key) ? { from: change.from, to: byPath.get(key) } : change;
      }),
      ...next.filter(({ from }) => !known.has(foldPath(from))),
    ];
    now = editTaxonomy({ types: now, levels: [] }, edit).types;
  }
  return changes.filter(({ from, to }) => to === undefined || foldPath(from) !== foldPath(to));
}
