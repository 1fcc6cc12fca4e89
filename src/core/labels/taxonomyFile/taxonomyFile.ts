import type { TypePath } from '../../entity/entity';
import type { Phrase } from '../../messages/phrase';
import type { LabelColour, LabelList } from '../labelList';
import type { TaxonomyEdit, TypeRef } from './taxonomyEdit';

/** What a taxonomy file may say of a type beside its name and children; its schema documents each. */
export interface TypeSettings {
  readonly description?: string;
  readonly synonyms?: readonly string[];
  readonly examples?: readonly string[];
  readonly colour?: LabelColour;
  readonly enabled?: boolean;
  /** Least probability, in 0..1. */
  readonly threshold?: number;
  /** The key that gives an entity this type while annotating: one letter or digit. */
  readonly shortcut?: string;
  /** Whole paths that the type, or one that it took in, had before; they still mean this type. */
  readonly formerly?: readonly TypePath[];
}

export const settingNames = [
  'description',
  'synonyms',
  'examples',
  'colour',
  'enabled',
  'threshold',
  'shortcut',
  'formerly',
] as const satisfies readonly (keyof TypeSettings)[];
export type TypeSettingName = (typeof settingNames)[number];

/** A type as plain data: what is put into a file, and what a file says without its places. */
export interface TypeData extends TypeSettings {
  readonly name: string;
  readonly children?: readonly TypeData[];
}

/** UTF-16 offset and length in the text of the file. */
export interface TextPlace {
  readonly offset: number;
  readonly length: number;
}

/** Keys of a type's object whose values have a place. */
export type TypeField = 'name' | 'children' | TypeSettingName;

/** A type where it stands in the file. */
export interface FileType extends TextPlace {
  /** Empty where the file gives none. */
  readonly name: string;
  /** Names from the top level down, this type's included; not unique while the file has problems. */
  readonly path: TypePath;
  /** Index among its siblings, of each level from the top down; unique in the file. */
  readonly place: readonly number[];
  readonly settings: TypeSettings;
  /** Where the values of its fields stand; a type written as a bare string has only its name. */
  readonly fields: Readonly<Partial<Record<TypeField, TextPlace>>>;
  readonly children: readonly FileType[];
}

/** Why a file cannot be read, and where. */
export interface TaxonomyFileError {
  /** What is wrong, as a sentence without its final full stop. */
  readonly message: Phrase;
  /** Line and column, counted from 1. */
  readonly line: number;
  readonly column: number;
  /** UTF-16 offset. */
  readonly offset: number;
  /** Whether it is another kind of list, such as a tree; else its text is broken. */
  readonly isOtherKind?: true;
}

export type TaxonomyProblemKind =
  /** A value is of the wrong kind or out of range; it is left out of `settings`. */
  | 'bad-value'
  | 'unknown-field'
  | 'empty-name'
  | 'repeated-path'
  /** A misspelling that published files have. */
  | 'spelling'
  /** A branch ends above the level that its siblings reach. */
  | 'skipped-level'
  /** Types stand deeper than levels are named, or levels are named that no type reaches. */
  | 'level-names'
  /** Two types whose bare names are the same in lower case. */
  | 'same-for-scorer'
  | 'similar-siblings'
  | 'repeated-shortcut'
  /** An alias that several types claim, or that is a type's path now. */
  | 'unclear-alias';

/** Something wrong or doubtful in a file that could be read. */
export interface TaxonomyProblem extends TextPlace {
  readonly kind: TaxonomyProblemKind;
  readonly severity: 'error' | 'warning' | 'information';
  /** What is wrong, as a sentence without its final full stop. */
  readonly message: Phrase;
  /** What the user can do about it, as a sentence. */
  readonly mend: Phrase;
  /** The type that it is about; absent where it is about the file. */
  readonly place?: readonly number[];
  /** Another type that it is about. */
  readonly other?: readonly number[];
  readonly fixes: readonly TaxonomyFix[];
}

/** A change that mends a problem. */
export interface TaxonomyFix {
  /** What it does, as a command: `Rename to “biological (weapon)”`. */
  readonly title: Phrase;
  readonly edit: TaxonomyEdit;
}

/** A taxonomy file as it was read. Plain data but for `list`. */
export interface TaxonomyFile {
  /** Name of the taxonomy, where it has one. */
  readonly name?: string;
  /** Names of the levels, top level first; empty where the file names none. */
  readonly levels: readonly string[];
  readonly levelsPlace?: TextPlace;
  readonly types: readonly FileType[];
  /** What reading found; `findTaxonomyProblems` finds the rest. In the order of the file. */
  readonly problems: readonly TaxonomyProblem[];
  /** The labels that the file gives, without what is wrong: types that have no name or stand twice. */
  readonly list: LabelList;
  /** The file cannot be read: `types` and `list` are empty. */
  readonly error?: TaxonomyFileError;
}

/** The type at a reference, or undefined where the file has none. */
export function findType(
  { types }: Pick<TaxonomyFile, 'types'>,
  ref: TypeRef,
): FileType | undefined {
  let siblings = types;
  let found: FileType | undefined;
  for (const step of ref) {
    found = typeof step === 'number' ? siblings[step] : siblings.find(({ name }) => name === step);
    if (found === undefined) return undefined;
    siblings = found.children;
  }
  return found;
}

/** All types of a file, each before its children. */
export function allTypes(types: readonly FileType[]): FileType[] {
  return types.flatMap((type) => [type, ...allTypes(type.children)]);
}

/** What a file says of a type and those below it, without places: to copy it, or to compare. */
export function typeData({ name, settings, children }: FileType): TypeData {
  return {
    name,
    ...settings,
    ...(children.length === 0 ? {} : { children: children.map(typeData) }),
  };
}
