import type { Entity, TypePath } from '../entity/entity';
import { foldPath, formatPath } from '../labels/names';
import { phrase } from '../messages/phrase';
import type { Change, Draft, Fix, Place } from './finding';

/** An entity at its place. */
export interface PlacedEntity {
  readonly place: Place;
  readonly entity: Pick<Entity, 'id' | 'path'>;
}

/** Entities of one surface and type that are kept for fixes; further ones are only counted. */
const KEPT = 1000;
const TOLD = 10;

interface OneType {
  readonly path: TypePath;
  count: number;
  readonly places: PlacedEntity[];
}

/** Gathers which words have which types, to find the same words with different ones. */
export class TypedSurfaces {
  private readonly surfaces = new Map<string, Map<string, OneType>>();

  add(mention: string, placed: PlacedEntity): void {
    const surface = mention.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim();
    const { path } = placed.entity;
    let types = this.surfaces.get(surface);
    if (types === undefined) this.surfaces.set(surface, (types = new Map<string, OneType>()));
    const key = foldPath(path);
    let type = types.get(key);
    if (type === undefined) types.set(key, (type = { path, count: 0, places: [] }));
    type.count++;
    if (type.places.length < KEPT) type.places.push(placed);
  }

  /** One finding for each surface with several types, at its first place of a rarer one. */
  *findings(): Generator<{
    readonly place: Place;
    readonly draft: Draft;
    readonly related: Place[];
  }> {
    for (const [surface, types] of this.surfaces) {
      if (types.size < 2) continue;
      const sorted = [...types.values()].sort((a, b) => b.count - a.count);
      const rarer = sorted.slice(1).flatMap(({ places }) => places);
      const [first] = rarer;
      if (first === undefined) continue;
      const counts = sorted.map(({ path, count }) => `${formatPath(path)} (${count})`).join(', ');
      yield {
        place: first.place,
        draft: {
          rule: 'surface-types',
          message: phrase`“${surface}” has ${types.size} types: ${counts}`,
          mend: phrase`Check that each is meant.`,
          fixes: sorted.slice(0, 4).map(({ path }) => makeAll(surface, path, sorted)),
        },
        related: rarer.slice(1, 1 + TOLD).map(({ place }) => place),
      };
    }
  }
}

function makeAll(surface: string, path: TypePath, types: readonly OneType[]): Fix {
  const others = types.filter((type) => type.path !== path).flatMap(({ places }) => places);
  return {
    title: phrase`Make all “${surface}” ${formatPath(path)}`,
    changes: changesTo(path, others),
    safe: false,
  };
}

/** The changes that give entities a type. */
export function changesTo(path: TypePath, placed: readonly PlacedEntity[]): Change[] {
  return placed.map(({ place, entity }) => ({
    index: place.index,
    entity: entity.id,
    to: { path },
  }));
}
