import { isHuman, type Entity } from '../../core/entity/entity';
import { digestOf, type Version } from '../../core/realign/mergeAnnotations';
import type { AnnotationFile } from '../../core/realign/annotationFile';
import type { EntityState } from './entityState';
import type { Change } from './humanRecord';
import { takeTurns } from '../../engines/turns';

interface Known {
  readonly entity: Entity;
  readonly quote: string;
  readonly version: Version;
}

/**
 * Versions of one document's annotations by id. What was told apart once is not read again: each step of
 * a human asks for all of them, and typing makes all entities anew.
 */
export class Versions {
  private readonly known = new Map<string, Known>();

  /** The version of an annotation with its words. */
  of(entity: Entity, quote: string): Version {
    const known = this.known.get(entity.id);
    if (known !== undefined && known.quote === quote && saysSame(known.entity, entity)) {
      return known.version;
    }
    const { time } = entity;
    const version = { digest: digestOf(entity, quote), ...(time === undefined ? {} : { time }) };
    this.known.set(entity.id, { entity, quote, version });
    return version;
  }

  /** Takes over the versions of a file's annotations, and returns them by id. */
  learn({ standing, notPlaced }: AnnotationFile): Map<string, Version> {
    const versions = new Map<string, Version>();
    for (const { entity, anchor, version } of [...standing, ...notPlaced]) {
      this.known.set(entity.id, { entity, quote: anchor.quote, version });
      versions.set(entity.id, version);
    }
    return versions;
  }

  /**
   * Tells apart what humans did that is not known yet, a little in each turn: for thousands of new
   * annotations that takes longer than others of the extension host may be kept waiting.
   */
  async prepare(state: EntityState): Promise<void> {
    const breath = takeTurns();
    for (const entity of [...state.list(isHuman), ...state.detached]) {
      await breath();
      const anchor = state.anchor(entity.id);
      if (anchor !== undefined) this.of(entity, anchor.quote);
    }
  }

  /** The versions of all that humans did. */
  ofState(state: EntityState): Map<string, Version> {
    const versions = new Map<string, Version>();
    for (const entity of [...state.list(isHuman), ...state.detached]) {
      const anchor = state.anchor(entity.id);
      if (anchor !== undefined) versions.set(entity.id, this.of(entity, anchor.quote));
    }
    return versions;
  }

  /** What became of annotations that had those digests. @param now The versions of the state. */
  changesSince(
    base: ReadonlyMap<string, string>,
    state: EntityState,
    now = this.ofState(state),
  ): readonly Change[] {
    const changes: Change[] = [];
    const aside = new Map(state.detached.map((entity) => [entity.id, entity]));
    for (const [id, { digest }] of now) {
      const before = base.get(id);
      const entity = state.entity(id) ?? aside.get(id);
      const anchor = state.anchor(id);
      if (before === digest || entity === undefined || anchor === undefined) continue;
      changes.push({ id, ...(before === undefined ? {} : { before }), after: { entity, anchor } });
    }
    for (const [id, before] of base) if (!now.has(id)) changes.push({ id, before });
    return changes;
  }
}

export function digestsOf(versions: ReadonlyMap<string, Version>): Map<string, string> {
  return new Map([...versions].map(([id, { digest }]) => [id, digest]));
}

/** Whether two entities say the same but for their places, as far as can be told without looking into objects. */
function saysSame(one: Entity, other: Entity): boolean {
  return (
    one === other ||
    (one.path === other.path &&
      one.state === other.state &&
      one.time === other.time &&
      one.annotator === other.annotator &&
      one.flag === other.flag &&
      one.comment === other.comment &&
      one.score === other.score &&
      one.source === other.source &&
      one.extra === other.extra)
  );
}
