import type { TypePath } from '../entity/entity';
import { foldPath, formatPath } from '../labels/names';
import type { Taxonomy } from '../labels/taxonomy';
import { phrase } from '../messages/phrase';
import type { Draft, Fix, Place } from './finding';
import { changesTo, type PlacedEntity } from './typedSurfaces';

const KEPT = 1000;
const TOLD = 10;

interface UsedType {
  readonly path: TypePath;
  count: number;
  readonly places: PlacedEntity[];
}

export interface TypeNamesOptions {
  readonly taxonomy: Taxonomy;
  /** Whether the taxonomy is only a guess: one that lacks most of the types is not the file's. */
  readonly guessed: boolean;
  /** Whether the file's format can say a whole path. */
  readonly hasPaths: boolean;
}

/** Gathers the types of a file, to find those that the taxonomy lacks or has at several places. */
export class TypeNames {
  private readonly used = new Map<string, UsedType>();

  constructor(private readonly options: TypeNamesOptions) {}

  add(placed: PlacedEntity): void {
    const { path } = placed.entity;
    const key = foldPath(path);
    let type = this.used.get(key);
    if (type === undefined) this.used.set(key, (type = { path, count: 0, places: [] }));
    type.count++;
    if (type.places.length < KEPT) type.places.push(placed);
  }

  /** One finding for each such type, at its first place. */
  *findings(): Generator<{
    readonly place: Place;
    readonly draft: Draft;
    readonly related: Place[];
  }> {
    const { taxonomy, guessed } = this.options;
    const types = [...this.used.values()];
    const known = types.filter(({ path }) => taxonomy.resolve(path).kind !== 'unknown');
    if (guessed && 2 * known.length < types.length) return;
    for (const type of types) {
      const draft = this.draftOf(type);
      const [first, ...others] = type.places;
      if (draft === undefined || first === undefined) continue;
      yield {
        place: first.place,
        draft,
        related: others.slice(0, TOLD).map(({ place }) => place),
      };
    }
  }

  private draftOf(type: UsedType): Draft | undefined {
    const { taxonomy, hasPaths } = this.options;
    const { path, count } = type;
    const name = formatPath(path);
    const meant = taxonomy.resolve(path.length === 1 ? (path[0] ?? '') : path);
    if (meant.kind === 'found') return undefined;
    if (meant.kind === 'ambiguous') {
      const paths = meant.candidates.map((node) => node.path);
      return {
        rule: 'ambiguous-type',
        message: phrase`The type “${name}” (${count}) stands at ${paths.length} places of the taxonomy`,
        mend: phrase`Choose one: ${paths.map(formatPath).join('; ')}.`,
        fixes: hasPaths ? paths.map((to) => makeAll(type, to)) : [],
      };
    }
    const nearest = meant.nearest === undefined ? [] : taxonomy.find(meant.nearest);
    return {
      rule: 'unknown-type',
      message: phrase`The taxonomy has no type “${name}” (${count})`,
      mend:
        meant.nearest === undefined
          ? phrase`Use a type of the taxonomy, or another taxonomy.`
          : phrase`Did you mean “${meant.nearest}”?`,
      fixes: nearest.slice(0, 3).map((node) => makeAll(type, node.path)),
    };
  }
}

function makeAll(type: UsedType, path: TypePath): Fix {
  return {
    title: phrase`Make all ${formatPath(type.path)} ${formatPath(path)}`,
    changes: changesTo(path, type.places),
    safe: false,
  };
}
