import { parseTree, type Node, type ParseError } from 'jsonc-parser';
import type { TypePath } from '../../entity/entity';
import { placeOf, reasonOf } from '../../json/syntaxError';
import { phrase, type Phrase } from '../../messages/phrase';
import { rememberLast } from './rememberLast';
import { mendSetting, readSetting } from './settingValues';
import {
  settingNames,
  type FileType,
  type TaxonomyFileError,
  type TaxonomyProblem,
  type TextPlace,
  type TypeField,
  type TypeSettingName,
} from './taxonomyFile';

/** Deepest nesting of brackets that is read; the parser would run out of stack far above it. */
const deepest = 200;

/** The types of a text with the nodes that they were read from. */
export interface ParsedTypes {
  /** The object of the file; undefined for a text of blanks and comments, and for a broken one. */
  readonly root: Node | undefined;
  readonly types: readonly FileType[];
  /** The element of an array that each type was read from. */
  readonly nodes: ReadonlyMap<FileType, Node>;
  readonly problems: readonly TaxonomyProblem[];
  readonly error?: TaxonomyFileError;
}

/** Reads the types of a taxonomy file; see `readTaxonomyFile`. Never throws. */
export const parseTypes = rememberLast(parseText);

function parseText(text: string): ParsedTypes {
  // A byte order mark counts in offsets, but is no JSON.
  const content = text.replace(/^\ufeff/u, ' ');
  const nothing = { root: undefined, types: [], nodes: new Map<FileType, Node>(), problems: [] };
  const tooDeep = findTooDeep(content);
  if (tooDeep !== undefined) {
    return {
      ...nothing,
      error: errorAt(text, tooDeep, phrase`Brackets stand too deep in each other`),
    };
  }
  const errors: ParseError[] = [];
  const root = parseTree(content, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const [first] = errors;
  if (first !== undefined) {
    const offset = Math.min(first.offset, text.length);
    return {
      ...nothing,
      error: errorAt(text, offset, phrase`The file is not JSON: ${reasonOf(first.error)}`),
    };
  }
  if (root === undefined) return nothing;
  const array = memberOf(root, 'types');
  if (root.type !== 'object' || (array === undefined && hasOtherMembers(root))) {
    const message = phrase`The file has no “types”: it is another kind of list`;
    return { ...nothing, error: { ...errorAt(text, root.offset, message), isOtherKind: true } };
  }
  const nodes = new Map<FileType, Node>();
  const problems: TaxonomyProblem[] = [];
  if (array !== undefined && array.type !== 'array') {
    return {
      ...nothing,
      error: errorAt(text, array.offset, phrase`“types” is not an array of types`),
    };
  }
  const types = (array?.children ?? []).map((node, index) =>
    readType(node, [], [index], nodes, problems),
  );
  return { root, types, nodes, problems };
}

/** The value of a member of an object; of a key that stands twice the last, as in JSON.parse. */
export function memberOf(object: Node, key: string): Node | undefined {
  return object.type === 'object' ? propertyOf(object, key)?.children?.[1] : undefined;
}

/** A member with its key. */
export function propertyOf(object: Node, key: string): Node | undefined {
  return object.children?.findLast(({ children: [name] = [] }) => name?.value === key);
}

/** A value of a parsed tree as JavaScript knows it. */
export function valueOf(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(valueOf);
  if (node.type !== 'object') return node.value as unknown;
  return Object.fromEntries(
    (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
      key === undefined || value === undefined ? [] : [[String(key.value), valueOf(value)]],
    ),
  );
}

const knownKeys: ReadonlySet<string> = new Set(['name', 'children', ...settingNames]);

/** A file that says nothing yet but its name may get types; another kind of list may not. */
function hasOtherMembers(root: Node): boolean {
  const keys = (root.children ?? []).map(({ children: [key] = [] }) => String(key?.value));
  return keys.some((key) => !['$schema', 'name', 'levels'].includes(key));
}

function errorAt(text: string, offset: number, message: Phrase): TaxonomyFileError {
  return { message, offset, ...placeOf(text, offset) };
}

/** Offset of the first bracket that stands too deep, found without the scanner, which takes ten times as long. */
function findTooDeep(text: string): number | undefined {
  let depth = 0;
  // What brackets stand in does not count: strings, which end with their line, and comments.
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    if (depth > deepest) return index;
  }
  return undefined;
}

const tokens = /[[\]{}]|"(?:[^"\\\r\n]|\\.)*"?|\/\/[^\r\n]*|\/\*[^]*?(?:\*\/|$)/gu;

function readType(
  node: Node,
  above: TypePath,
  place: readonly number[],
  nodes: Map<FileType, Node>,
  problems: TaxonomyProblem[],
): FileType {
  const { offset, length } = node;
  const report = (
    where: TextPlace,
    problem: Omit<TaxonomyProblem, 'offset' | 'length' | 'place'>,
  ) => problems.push({ ...problem, offset: where.offset, length: where.length, place });
  const fields: Partial<Record<TypeField, TextPlace>> = {};
  const values: Partial<Record<TypeSettingName, unknown>> = {};
  let name = '';
  if (node.type === 'string') {
    name = String(node.value);
    fields.name = { offset, length };
  } else if (node.type !== 'object') {
    report(node, {
      kind: 'bad-value',
      severity: 'error',
      message: phrase`This is no type`,
      mend: phrase`Write a type as {"name": "city"}, or as its name alone.`,
      fixes: [{ title: phrase`Remove It`, edit: { kind: 'remove', types: [place] } }],
    });
  }
  const properties = node.type === 'object' ? (node.children ?? []) : [];
  for (const { children: [key, value] = [] } of properties) {
    if (key === undefined || value === undefined) continue;
    const field = String(key.value);
    if (!knownKeys.has(field)) {
      report(key, {
        kind: 'unknown-field',
        severity: 'warning',
        message: phrase`A type has no field “${field}”`,
        mend: phrase`It is kept but not used; correct its name, or remove it.`,
        fixes: [],
      });
      continue;
    }
    fields[field as TypeField] = { offset: value.offset, length: value.length };
    if (field === 'children') {
      if (value.type !== 'array') {
        report(value, {
          kind: 'bad-value',
          severity: 'error',
          message: phrase`The value of “${field}” is of no use here`,
          mend: phrase`Write the types below as an array.`,
          fixes: [],
        });
      }
    } else if (field === 'name') {
      name = typeof value.value === 'string' ? value.value : '';
    } else {
      const setting = field as TypeSettingName;
      const read = readSetting(setting, valueOf(value));
      values[setting] = read;
      if (read !== undefined) continue;
      report(value, {
        kind: 'bad-value',
        severity: 'error',
        message: phrase`The value of “${field}” is of no use here`,
        mend: mendSetting(setting),
        fixes: [
          {
            title: phrase`Remove “${field}”`,
            edit: { kind: 'set', types: [place], field: setting, value: undefined },
          },
        ],
      });
    }
  }
  const path = [...above, name];
  const array = memberOf(node, 'children');
  const type: FileType = {
    name,
    path,
    place,
    offset,
    length,
    settings: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)),
    fields,
    children: (array?.type === 'array' ? (array.children ?? []) : []).map((child, index) =>
      readType(child, path, [...place, index], nodes, problems),
    ),
  };
  nodes.set(type, node);
  return type;
}
