import { parseTree, type Node } from 'jsonc-parser';
import { InputError } from '../errors';
import { placeOf } from '../json/syntaxError';
import type { Problem } from '../problem';
import { phrase, type Phrase } from '../messages/phrase';
import type { LocatedType, LocatedTypes } from './labelFile';
import type { LabelColour, LabelSettings } from './labelList';
import { foldName, nearestName } from './names';

const levelKeys = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'].map(
  (ordinal) => `${ordinal}-level`,
);

/**
 * Types from valid JSON in one of the shapes: lists by level, tree, `labels` or `types` with objects,
 * array.
 * @throws InputError that names the line of a value that is of no use.
 */
export function readLabelJson(text: string): LocatedTypes {
  const root = parseTree(text);
  if (root === undefined) return { shape: 'tree', flat: false, types: [], problems: [] };
  if (root.type === 'array') return readObjects(text, root, true);
  const members = membersOf(root);
  const level = members.find(({ key }) => key === levelKeys[0]);
  if (level !== undefined) return readLevels(text, members);
  const list = members.find(({ key, value }) => {
    return (key === 'labels' || key === 'types') && value.type === 'array';
  });
  if (list !== undefined) return readObjects(text, list.value, list.key === 'labels');
  return { shape: 'tree', flat: false, types: readTree(text, root), problems: [] };
}

interface Member {
  readonly key: string;
  readonly keyNode: Node;
  readonly value: Node;
}

function membersOf(node: Node): Member[] {
  return (node.children ?? []).flatMap(({ children: [keyNode, value] = [] }) =>
    keyNode === undefined || value === undefined
      ? []
      : [{ key: String(keyNode.value), keyNode, value }],
  );
}

/** A string in quotes as a type; its place is the text between the quotes. */
function typeOf({ offset, length }: Node, name: string, children: LocatedType[]): LocatedType {
  return { name, offset: offset + 1, length: length - 2, children };
}

function readTree(text: string, node: Node): LocatedType[] {
  if (node.type === 'array') {
    return (node.children ?? []).flatMap((item) =>
      item.type === 'object' ? readTree(text, item) : [typeOf(item, nameOf(text, item), [])],
    );
  }
  if (node.type === 'object') {
    return membersOf(node).map(({ key, keyNode, value }) =>
      typeOf(keyNode, key, readTree(text, value)),
    );
  }
  if (node.type === 'null') return [];
  if (node.type === 'string') return splitNames(text, node);
  throw notUseful(text, node, phrase`Write the types below as an object or an array of names.`);
}

function nameOf(text: string, node: Node): string {
  if (node.type === 'string') return String(node.value);
  throw notUseful(text, node, phrase`Write the name of a type in double quotes.`);
}

/** The names of one string, separated by commas, or of an array. */
function splitNames(text: string, node: Node): LocatedType[] {
  if (node.type === 'array') return readTree(text, node);
  const raw = text.slice(node.offset, node.offset + node.length);
  let at = 1;
  return nameOf(text, node)
    .split(',')
    .flatMap((piece) => {
      const name = piece.trim();
      const found = raw.indexOf(name, at);
      if (found >= 0) at = found + name.length;
      const offset = node.offset + Math.max(found, 1);
      return name === '' ? [] : [{ name, offset, length: name.length, children: [] }];
    });
}

/** DynamicNER's flat shape: under each level but the first, the children of the names of the one above. */
function readLevels(text: string, members: readonly Member[]): LocatedTypes {
  const problems: Problem[] = [];
  const byKey = new Map(members.map(({ key, value }) => [key, value]));
  const first = byKey.get('first-level');
  const types = first === undefined ? [] : splitNames(text, first);
  let above = types;
  for (const key of levelKeys.slice(1)) {
    const level = byKey.get(key);
    if (level === undefined) break;
    const below: LocatedType[] = [];
    for (const { key: parent, keyNode, value } of membersOf(level)) {
      const parents = above.filter(({ name }) => foldName(name) === foldName(parent));
      const [only] = parents;
      if (only === undefined || parents.length > 1) {
        problems.push(parentProblem(text, keyNode, parent, parents.length, above));
      } else {
        const children = splitNames(text, value);
        only.children.push(...children);
        below.push(...children);
      }
    }
    above = below;
  }
  return { shape: 'levels', flat: false, types, problems };
}

function parentProblem(
  text: string,
  node: Node,
  name: string,
  places: number,
  above: readonly LocatedType[],
): Problem {
  const { line } = placeOf(text, node.offset);
  const near = nearestName(
    name,
    above.map((type) => type.name),
  );
  return places > 1
    ? {
        kind: 'ambiguous-parent',
        message: phrase`“${name}” stands at ${places} places of the level above`,
        mend: phrase`Its types are left out; write the taxonomy as a tree.`,
        line,
      }
    : {
        kind: 'unknown-parent',
        message: phrase`The level above has no type “${name}”`,
        mend:
          near === undefined
            ? phrase`Its types are left out; add it to the level above.`
            : phrase`Its types are left out; did you mean “${near}”?`,
        line,
      };
}

/** An array of names or of objects with `name`, settings and `children`. */
function readObjects(text: string, array: Node, flat: boolean): LocatedTypes {
  const types = (array.children ?? []).map((item) => readObject(text, item));
  const isFlat = flat && types.every(({ children }) => children.length === 0);
  return { shape: 'labels', flat: isFlat, types, problems: [] };
}

function readObject(text: string, node: Node): LocatedType {
  if (node.type !== 'object') return typeOf(node, nameOf(text, node), []);
  const members = new Map(membersOf(node).map(({ key, value }) => [key, value]));
  const name = members.get('name');
  if (name === undefined) throw notUseful(text, node, phrase`Give each label a "name".`);
  const below = members.get('children');
  const children =
    below === undefined ? [] : (below.children ?? []).map((item) => readObject(text, item));
  return { ...typeOf(name, nameOf(text, name), children), settings: readSettings(text, members) };
}

function readSettings(text: string, members: ReadonlyMap<string, Node>): LabelSettings {
  const read = <T>(key: string, type: Node['type'], mend: Phrase): T | undefined => {
    const node = members.get(key);
    if (node === undefined) return undefined;
    if (node.type !== type) throw notUseful(text, node, mend, key);
    return valueOf(node) as T;
  };
  const settings = {
    description: read<string>('description', 'string', phrase`Write the description as a text.`),
    synonyms: read<string[]>('synonyms', 'array', phrase`Write the synonyms as an array of names.`),
    colour: read<LabelColour>(
      'colour',
      'object',
      phrase`Write the colour as {"light": …, "dark": …}.`,
    ),
    threshold: read<number>(
      'threshold',
      'number',
      phrase`Write the threshold as a number from 0 to 1.`,
    ),
    enabled: read<boolean>('enabled', 'boolean', phrase`Write true or false.`),
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function valueOf(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(valueOf);
  if (node.type !== 'object') return node.value as unknown;
  return Object.fromEntries(membersOf(node).map(({ key, value }) => [key, valueOf(value)]));
}

function notUseful(text: string, node: Node, mend: Phrase, field?: string): InputError {
  const found = text.slice(node.offset, node.offset + Math.min(node.length, 40));
  const { line } = placeOf(text, node.offset);
  return new InputError(phrase`The value ${found} is of no use here`, mend, {
    line,
    ...(field === undefined ? {} : { field }),
  });
}
