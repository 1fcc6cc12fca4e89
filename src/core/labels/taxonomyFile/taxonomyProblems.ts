import type { TypePath } from '../../entity/entity';
import { phrase } from '../../messages/phrase';
import { foldName, foldPath, formatPath, mendSpelling } from '../names';
import { nameLevels } from '../taxonomy';
import { freeName, merge, nameOf, remove, rename } from './problemFixes';
import { allTypes, type FileType, type TaxonomyFile, type TaxonomyProblem } from './taxonomyFile';
import { similarSiblingProblems, type SimilarSiblings } from './similarSiblings';

/**
 * Everything wrong or doubtful in a taxonomy file, in the order of the file: what reading found, and
 * names, levels, shortcuts and aliases that cannot be told apart.
 * @param similar Siblings that the model hardly tells apart.
 */
export function findTaxonomyProblems(
  file: TaxonomyFile,
  similar: readonly SimilarSiblings[] = [],
): TaxonomyProblem[] {
  const types = allTypes(file.types);
  const problems = [
    ...file.problems,
    ...findNames(file.types),
    ...findScorerTwins(types),
    ...findLevels(file, types),
    ...findShortcuts(types),
    ...findAliases(types),
    ...similarSiblingProblems(similar),
  ];
  return problems.sort((a, b) => a.offset - b.offset);
}

function findNames(siblings: readonly FileType[]): TaxonomyProblem[] {
  const first = new Map<string, FileType>();
  return siblings.flatMap((type) => {
    const found: TaxonomyProblem[] = [];
    const folded = foldName(type.name);
    const before = first.get(folded);
    const mended = mendSpelling(type.name);
    if (folded === '') {
      found.push({
        ...nameOf(type),
        kind: 'empty-name',
        severity: 'error',
        message: phrase`A type has no name`,
        mend: phrase`Give it a name, or remove it; until then it is left out.`,
        place: type.place,
        fixes: [rename(type, freeName('new type', siblings)), remove(type)],
      });
    } else if (before !== undefined) {
      found.push({
        ...nameOf(type),
        kind: 'repeated-path',
        severity: 'error',
        message: phrase`The type “${formatPath(type.path)}” stands twice`,
        mend: phrase`Merge the two, or give one another name; until then this one is left out.`,
        place: type.place,
        other: before.place,
        fixes: [merge(type, before), rename(type, freeName(type.name, siblings)), remove(type)],
      });
    } else if (mended !== undefined) {
      found.push({
        ...nameOf(type),
        kind: 'spelling',
        severity: 'warning',
        message: phrase`“${type.name}” is a misspelling of “${mended}”`,
        mend: phrase`Write “${mended}”; both are understood as the same type.`,
        place: type.place,
        fixes: [rename(type, mended)],
      });
    }
    if (before === undefined) first.set(folded, type);
    return [...found, ...findNames(type.children)];
  });
}

/** The scorer compares the lower-case names alone, so types far from each other may be one for it. */
function findScorerTwins(types: readonly FileType[]): TaxonomyProblem[] {
  const byName = new Map<string, FileType[]>();
  for (const type of types) {
    const key = type.name.toLowerCase();
    byName.set(key, [...(byName.get(key) ?? []), type]);
  }
  return types.flatMap((type) => {
    const twins = byName.get(type.name.toLowerCase()) ?? [];
    const before = twins.slice(0, twins.indexOf(type));
    const twin = before.find((other) => !isAbove(other, type) && !isSame(other.path, type.path));
    const parent = type.path.at(-2);
    if (twin === undefined || foldName(type.name) === '') return [];
    return [
      {
        ...nameOf(type),
        kind: 'same-for-scorer' as const,
        severity: 'information' as const,
        message: phrase`The DynamicNER scorer cannot tell “${formatPath(type.path)}” from “${formatPath(twin.path)}”`,
        mend: phrase`It compares bare names; give one of the two a name of its own where scores must differ.`,
        place: type.place,
        other: twin.place,
        fixes: parent === undefined ? [] : [rename(type, `${type.name} (${parent})`)],
      },
    ];
  });
}

function findLevels(file: TaxonomyFile, types: readonly FileType[]): TaxonomyProblem[] {
  const depth = Math.max(0, ...types.map(({ place }) => place.length));
  const problems: TaxonomyProblem[] = [];
  const { levels, levelsPlace } = file;
  const isNamed = levels.length === depth && levels.every((level) => level.trim() !== '');
  if (levelsPlace !== undefined && depth > 0 && !isNamed) {
    const named = nameLevels(depth).map((usual, level) => {
      const given = levels[level]?.trim() ?? '';
      return given === '' ? usual : given;
    });
    problems.push({
      ...levelsPlace,
      kind: 'level-names',
      severity: 'warning',
      message: phrase`The types have ${depth} levels, ${levels.filter((level) => level.trim() !== '').length} are named`,
      mend: phrase`Name each level once, from the top down.`,
      fixes: [
        {
          title: phrase`Name the Levels ${named.join(', ')}`,
          edit: { kind: 'setLevels', levels: named },
        },
      ],
    });
  }
  const skip = (siblings: readonly FileType[]): void => {
    const deeper = siblings.find(({ children }) => children.length > 0);
    for (const type of siblings) {
      if (deeper !== undefined && type.children.length === 0 && foldName(type.name) !== '') {
        problems.push({
          ...nameOf(type),
          kind: 'skipped-level',
          severity: 'information',
          message: phrase`“${type.name}” has no types below it, unlike “${deeper.name}” beside it`,
          mend: phrase`Its entities skip the levels below; add a type there if they should not.`,
          place: type.place,
          other: deeper.place,
          fixes: [
            {
              title: phrase`Add a Type of the Same Name Below`,
              edit: { kind: 'add', parent: type.place, type: { name: type.name } },
            },
          ],
        });
      }
      skip(type.children);
    }
  };
  skip(file.types);
  return problems;
}

function findShortcuts(types: readonly FileType[]): TaxonomyProblem[] {
  const first = new Map<string, FileType>();
  return types.flatMap((type) => {
    const { shortcut } = type.settings;
    const place = type.fields.shortcut;
    if (shortcut === undefined || place === undefined) return [];
    const key = shortcut.toLowerCase();
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, type);
      return [];
    }
    return [
      {
        ...place,
        kind: 'repeated-shortcut' as const,
        severity: 'warning' as const,
        message: phrase`“${formatPath(before.path)}” has the shortcut “${shortcut}” too`,
        mend: phrase`Give each type a key of its own.`,
        place: type.place,
        other: before.place,
        fixes: [
          {
            title: phrase`Remove the Shortcut`,
            edit: { kind: 'set', types: [type.place], field: 'shortcut', value: undefined },
          },
        ],
      },
    ];
  });
}

/** A former path that is a type's now is never looked up; of one that two types claim, only the first. */
function findAliases(types: readonly FileType[]): TaxonomyProblem[] {
  const current = new Map(types.map((type) => [foldPath(type.path), type]));
  const claimed = new Map<string, FileType>();
  return types.flatMap((type) => {
    const { formerly = [] } = type.settings;
    const place = type.fields.formerly;
    const isUnclear = (path: TypePath): FileType | undefined =>
      current.get(foldPath(path)) ?? claimed.get(foldPath(path));
    const unclear = formerly.filter((path) => isUnclear(path) !== undefined);
    const [path] = unclear;
    const other = path === undefined ? undefined : isUnclear(path);
    for (const one of formerly) claimed.set(foldPath(one), claimed.get(foldPath(one)) ?? type);
    if (path === undefined || place === undefined || other === undefined) return [];
    return [
      {
        ...place,
        kind: 'unclear-alias' as const,
        severity: 'warning' as const,
        message: phrase`The former path “${formatPath(path)}” means “${formatPath(other.path)}”`,
        mend: phrase`Take it out here; a path means one type.`,
        place: type.place,
        other: other.place,
        fixes: [
          {
            title: phrase`Take It Out`,
            edit: {
              kind: 'set',
              types: [type.place],
              field: 'formerly',
              value: formerly.filter((one) => !unclear.includes(one)),
            },
          },
        ],
      },
    ];
  });
}

function isAbove(other: FileType, type: FileType): boolean {
  return other.place.every((index, level) => type.place[level] === index);
}

function isSame(path: TypePath, other: TypePath): boolean {
  return foldPath(path) === foldPath(other);
}
