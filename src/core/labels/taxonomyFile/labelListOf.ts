import { LabelList, type LabelSettings } from '../labelList';
import type { TypeSpec } from '../labelSpec';
import { foldName } from '../names';
import { Taxonomy } from '../taxonomy';
import type { TypeData } from './taxonomyFile';
import { withoutKeys } from '../../withoutKeys';

/**
 * The label list of types: without those that have no name or stand twice, and what is below them.
 * Types of one level are a flat list.
 * @param levels Names of the levels, top level first; the usual ones where there are none.
 */
export function labelListOf(types: readonly TypeData[], levels: readonly string[]): LabelList {
  const settings: [readonly string[], LabelSettings][] = [];
  const specs = takeTypes(types, [], settings);
  const taxonomy = new Taxonomy(specs, levels);
  return LabelList.fromTaxonomy(taxonomy, settings, taxonomy.depth > 1 ? 'taxonomy' : 'flat');
}

function takeTypes(
  types: readonly TypeData[],
  above: readonly string[],
  settings: [readonly string[], LabelSettings][],
): TypeSpec[] {
  const seen = new Set<string>();
  return types.flatMap(({ name, children: below = [], formerly, ...own }) => {
    const folded = foldName(name);
    if (folded === '' || seen.has(folded)) return [];
    seen.add(folded);
    const path = [...above, name];
    if (Object.keys(own).length > 0) settings.push([path, own]);
    const children = takeTypes(below, path, settings);
    const { synonyms } = own;
    return [
      {
        name,
        ...(synonyms === undefined ? {} : { synonyms }),
        ...(formerly === undefined ? {} : { formerly }),
        ...(children.length === 0 ? {} : { children }),
      },
    ];
  });
}

/** The types of a list as a taxonomy file says them. */
export function typesOfList(list: LabelList): TypeData[] {
  const dataOf = ({ path, formerly, children }: Taxonomy['roots'][number]): TypeData => {
    const label = list.label(path) ?? { path, name: '', enabled: true };
    const { name, enabled, ...settings } = withoutKeys(label, 'path');
    return {
      name,
      ...settings,
      ...(enabled ? {} : { enabled }),
      ...(formerly === undefined ? {} : { formerly }),
      ...(children.length === 0 ? {} : { children: children.map(dataOf) }),
    };
  };
  return list.taxonomy.roots.map(dataOf);
}
