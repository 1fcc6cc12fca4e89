import type { TypePath } from '../../entity/entity';
import { phrase, type Phrase } from '../../messages/phrase';
import { splitPath } from '../names';
import type { TypeSettingName, TypeSettings } from './taxonomyFile';

const colour = /^#[0-9a-f]{6}$/iu;
const shortcut = /^[\p{L}\p{N}]$/u;

/** How the value of a field is read, and what its author is told where it cannot be. */
type Reader<K extends TypeSettingName> = {
  readonly read: (value: unknown) => TypeSettings[K] | undefined;
  readonly mend: Phrase;
};

const readers: { readonly [K in TypeSettingName]: Reader<K> } = {
  description: {
    read: (value) => (typeof value === 'string' ? value : undefined),
    mend: phrase`Write the description as a text.`,
  },
  synonyms: { read: readNames, mend: phrase`Write the synonyms as an array of names.` },
  examples: { read: readNames, mend: phrase`Write the examples as an array of texts.` },
  colour: {
    read: readColour,
    mend: phrase`Write the colour as {"light": "#0a62c2", "dark": "#6cb6ff"}.`,
  },
  enabled: {
    read: (value) => (typeof value === 'boolean' ? value : undefined),
    mend: phrase`Write true or false.`,
  },
  threshold: {
    read: (value) => (typeof value === 'number' && value >= 0 && value <= 1 ? value : undefined),
    mend: phrase`Write the threshold as a number from 0 to 1.`,
  },
  shortcut: {
    read: (value) => (typeof value === 'string' && shortcut.test(value) ? value : undefined),
    mend: phrase`Write the shortcut as one letter or digit.`,
  },
  formerly: {
    read: readPaths,
    mend: phrase`Write former paths as an array of texts, as "person > scholar".`,
  },
};

/** The value of a field in its type, or undefined where it has another kind or is out of range. */
export function readSetting<K extends TypeSettingName>(
  field: K,
  value: unknown,
): TypeSettings[K] | undefined {
  return readers[field].read(value);
}

/** What to tell the author of a value that a field cannot have. */
export function mendSetting(field: TypeSettingName): Phrase {
  return readers[field].mend;
}

/** The value of a field as it stands in a file. */
export function writeSetting(field: TypeSettingName, value: unknown): unknown {
  return field === 'formerly' ? (value as readonly TypePath[]).map(writePath) : value;
}

/** Whether a value says nothing, so that its field is left out: an empty text or array. */
export function saysNothing(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

function readNames(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
    ? value
    : undefined;
}

function readColour(value: unknown): TypeSettings['colour'] {
  const { light, dark } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  return isColour(light) && isColour(dark) ? { light, dark } : undefined;
}

function isColour(value: unknown): value is string {
  return typeof value === 'string' && colour.test(value);
}

function readPaths(value: unknown): readonly TypePath[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const paths = value.map((item: unknown) =>
    typeof item === 'string' ? splitPath(item) : (readNames(item) ?? []),
  );
  return paths.every((path) => path.length > 0) ? paths : undefined;
}

/** One text where its parts come back from it, else an array of names. */
function writePath(path: TypePath): string | TypePath {
  const text = path.join(' > ');
  const parts = splitPath(text);
  const comesBack =
    parts.length === path.length && parts.every((name, level) => name === path[level]);
  return comesBack ? text : path;
}
