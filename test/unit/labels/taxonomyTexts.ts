import * as fc from 'fast-check';
import type { TaxonomyEdit, TypeRef } from '../../../src/core/labels/taxonomyFile/taxonomyEdit';
import { settingNames, type TypeData } from '../../../src/core/labels/taxonomyFile/taxonomyFile';
import { writeSetting } from '../../../src/core/labels/taxonomyFile/settingValues';

const name = fc.constantFrom(
  'person',
  'place',
  'film',
  'Art Work',
  'a > b',
  '作品',
  'x"y\\z',
  'movie',
);
const words = fc.array(fc.constantFrom('a // b', 'c, d', '"', 'ä'), { minLength: 1, maxLength: 2 });

const settings = fc.record(
  {
    description: fc.constantFrom('A text.', 'With "quotes" /* and */ more', '{[,]}'),
    synonyms: words,
    examples: words,
    colour: fc.constant({ light: '#0a62c2', dark: '#6cb6ff' }),
    enabled: fc.boolean(),
    threshold: fc.constantFrom(0, 0.25, 1),
    shortcut: fc.constantFrom('p', '7'),
    formerly: fc.array(fc.array(name, { minLength: 1, maxLength: 3 }), {
      minLength: 1,
      maxLength: 2,
    }),
  },
  { requiredKeys: [] },
);

/** Types of at most three levels; no two siblings have a name. */
export const types: fc.Arbitrary<readonly TypeData[]> = typesBelow(3);

function typesBelow(depth: number): fc.Arbitrary<readonly TypeData[]> {
  const children = depth > 1 ? typesBelow(depth - 1) : fc.constant([]);
  const type = fc
    .tuple(name, fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, settings), children)
    .map(([own, said, below]): TypeData => ({
      name: own,
      ...said,
      ...(below.length === 0 ? {} : { children: below }),
    }));
  return fc.uniqueArray(type, { maxLength: 4, selector: (one) => one.name.toLowerCase() });
}

/** A source of the odds and ends that people leave in files. */
export interface Habits {
  readonly gaps: readonly string[];
  readonly trailingCommas: boolean;
  readonly bareNames: boolean;
}

export const habits: fc.Arbitrary<Habits> = fc.record({
  gaps: fc.array(
    fc.constantFrom(
      '',
      '',
      ' ',
      '\n  ',
      '\r\n\t',
      ' // one, two\n',
      ' /* three */ ',
      '\n // four\n  ',
    ),
    { minLength: 1, maxLength: 40 },
  ),
  trailingCommas: fc.boolean(),
  bareNames: fc.boolean(),
});

/** The text of a taxonomy file as somebody with these habits writes it. */
export function writeByHand(data: readonly TypeData[], { gaps, ...odd }: Habits): string {
  let used = 0;
  const gap = (): string => gaps[used++ % gaps.length] ?? '';
  const list = (open: string, items: readonly string[], close: string): string => {
    const text = items.map((item) => gap() + item + gap()).join(',');
    const trailing = odd.trailingCommas && items.length > 0 ? `,${gap()}` : '';
    return open + text + trailing + close;
  };
  const type = ({ name: own, children = [], ...said }: TypeData): string => {
    if (odd.bareNames && Object.keys(said).length + children.length === 0)
      return JSON.stringify(own);
    const members = [`"name":${gap()}${JSON.stringify(own)}`];
    if (children.length > 0)
      members.push(`"children":${gap()}${list('[', children.map(type), ']')}`);
    for (const field of settingNames) {
      const value = said[field];
      if (value === undefined) continue;
      members.push(`"${field}":${gap()}${JSON.stringify(writeSetting(field, value))}`);
    }
    return list('{', members, '}');
  };
  return `{${gap()}"types": ${list('[', data.map(type), ']')}${gap()}}`;
}

/** References to the types of a tree, each before its children. */
export function refsOf(data: readonly TypeData[], above: readonly number[] = []): TypeRef[] {
  return data.flatMap(({ children = [] }, index) => [
    [...above, index],
    ...refsOf(children, [...above, index]),
  ]);
}

/** What an edit is made from once a tree is there to choose from: numbers that choose, and values. */
export const choices = fc.record({
  kind: fc.constantFrom('rename', 'add', 'remove', 'move', 'merge', 'split', 'set', 'setLevels'),
  places: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
  parent: fc.nat(),
  index: fc.nat(4),
  names: fc.uniqueArray(fc.constantFrom('one', 'two', 'person', 'film'), { minLength: 1 }),
  settings,
  type: types.map((made) => made[0] ?? { name: 'new' }),
  field: fc.constantFrom(...settingNames),
  into: fc.constantFrom('children' as const, 'siblings' as const),
});

/** An edit of a tree that has types, though not always one that can be made. */
export function chooseEdit(
  data: readonly TypeData[],
  choice: typeof choices extends fc.Arbitrary<infer T> ? T : never,
): TaxonomyEdit {
  const refs = refsOf(data);
  const pick = (number: number): TypeRef => refs[number % refs.length] ?? [];
  const { names, index, into, field } = choice;
  const picked = choice.places.map(pick);
  const [first = []] = picked;
  const parent = choice.parent % 3 === 0 ? [] : pick(choice.parent);
  switch (choice.kind) {
    case 'rename':
      return { kind: 'rename', type: first, name: names[0] ?? '' };
    case 'add':
      return { kind: 'add', parent, index, type: choice.type };
    case 'remove':
      return { kind: 'remove', types: picked };
    case 'move':
      return { kind: 'move', types: picked, parent, index };
    case 'merge':
      return { kind: 'merge', types: picked, into: pick(choice.parent) };
    case 'split':
      return { kind: 'split', type: first, names, into };
    case 'setLevels':
      return { kind: 'setLevels', levels: names };
    default:
      return { kind: 'set', types: picked, field, value: choice.settings[field] } as TaxonomyEdit;
  }
}
