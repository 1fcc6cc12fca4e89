import { layOutLevels } from '../../core/decoding/levels';
import type { TypePath } from '../../core/entity/entity';
import type { LabelSpec } from '../../core/labels/labelSpec';
import { foldName } from '../../core/labels/names';

/** What the short names of common data sets mean, most wanted first. */
const MEANINGS: Readonly<Record<string, readonly string[]>> = {
  per: ['person', 'people'],
  pers: ['person', 'people'],
  org: ['organization', 'organisation'],
  loc: ['location', 'place'],
  gpe: ['geopolitical entity', 'gpe', 'location', 'place'],
  fac: ['facility'],
  misc: ['miscellaneous', 'other'],
  prod: ['product'],
  evt: ['event'],
  woa: ['work of art'],
};

/**
 * The place of each of a model's own types in a label list: what the user says it means, else the type of
 * the list, from its top level down, whose name or synonym it is, or which its common short name stands
 * for; else the bare name, as a path of one part.
 */
export function placeTypes(
  types: readonly string[],
  spec: LabelSpec,
  meant: Readonly<Record<string, readonly string[]>>,
): ReadonlyMap<string, TypePath> {
  const { nodes } = layOutLevels(spec.kind === 'taxonomy' ? spec.types : spec.labels);
  const known = new Map<string, TypePath>();
  for (const { path, type } of nodes) {
    for (const name of [type.name, ...(type.synonyms ?? [])]) {
      const key = foldName(name);
      if (!known.has(key)) known.set(key, path);
    }
  }
  return new Map(
    types.map((type) => {
      const own = foldName(type);
      const names = [own, ...(MEANINGS[own] ?? [])];
      const found = names.map((name) => known.get(name)).find((path) => path !== undefined);
      return [type, meant[type] ?? found ?? [type]];
    }),
  );
}
