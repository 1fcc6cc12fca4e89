import type { TypePath } from '../../entity/entity';
import type { TypeData, TypeSettings } from './taxonomyFile';

/**
 * A type of a file: on each level from the top down its name, or its index among its siblings where
 * names are empty or stand twice. `[]` is the top of the tree. Both `FileType.path` and
 * `FileType.place` are references.
 */
export type TypeRef = readonly (string | number)[];

/** The value of one field of a type; undefined takes the field away. */
export type SettingChange = {
  [K in keyof TypeSettings]-?: {
    readonly field: K;
    readonly value: TypeSettings[K] | undefined;
  };
}[keyof TypeSettings];

/**
 * One change of a taxonomy, as a person makes it in one step. Indices are those before the change.
 * Rename, move, merge and remove leave the old paths in `formerly`, so that stored annotations keep
 * their meaning.
 */
export type TaxonomyEdit =
  | { readonly kind: 'rename'; readonly type: TypeRef; readonly name: string }
  /** Puts a type, with those below it, under `parent`: before the child at `index`, else last. */
  | {
      readonly kind: 'add';
      readonly parent: TypeRef;
      readonly index?: number;
      readonly type: TypeData;
    }
  /** Takes types with those below them away. What they meant, their parents mean then. */
  | { readonly kind: 'remove'; readonly types: readonly TypeRef[] }
  /** Puts types, in the order of the file, under `parent`: before the child at `index`, else last. */
  | {
      readonly kind: 'move';
      readonly types: readonly TypeRef[];
      readonly parent: TypeRef;
      readonly index?: number;
    }
  /** Makes several types one: names become synonyms, children join those of `into`. */
  | { readonly kind: 'merge'; readonly types: readonly TypeRef[]; readonly into: TypeRef }
  /** Divides a type: into new children, or into siblings, of which the first takes its place. */
  | {
      readonly kind: 'split';
      readonly type: TypeRef;
      readonly names: readonly string[];
      readonly into: 'children' | 'siblings';
    }
  | ({ readonly kind: 'set'; readonly types: readonly TypeRef[] } & SettingChange)
  /** Names the levels, top level first; none takes the names away. */
  | { readonly kind: 'setLevels'; readonly levels: readonly string[] };

/** A replacement of `length` UTF-16 units at `offset` of the text before any change. */
export interface TextChange {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** What became of a path: `to` is the path that means the same now; undefined where nothing does. */
export interface PathChange {
  readonly from: TypePath;
  readonly to: TypePath | undefined;
}

/** The text with changes applied that do not overlap; of those at one offset insertions come first. */
export function applyTextChanges(text: string, changes: readonly TextChange[]): string {
  let result = '';
  let at = 0;
  for (const change of joinTextChanges(changes)) {
    result += text.slice(at, change.offset) + change.text;
    at = change.offset + change.length;
  }
  return result + text.slice(at);
}

/** The same changes in the order of the text, those that touch made one. */
export function joinTextChanges(changes: readonly TextChange[]): TextChange[] {
  const sorted = [...changes].sort(
    (a, b) => a.offset - b.offset || Math.min(a.length, 1) - Math.min(b.length, 1),
  );
  const joined: TextChange[] = [];
  for (const change of sorted) {
    const last = joined.at(-1);
    if (last === undefined || last.offset + last.length < change.offset) {
      joined.push(change);
    } else {
      const length = change.offset + change.length - last.offset;
      joined[joined.length - 1] = { ...last, length, text: last.text + change.text };
    }
  }
  return joined;
}
