import type { TypePath } from '../entity/entity';
import { foldPath, formatPath } from '../labels/names';
import { phrase, type Phrase } from '../messages/phrase';
import type { MapEntry } from './labelMap';

interface Source {
  readonly path: TypePath;
  readonly to: TypePath | null | undefined;
  count: number;
}

/** Counts what mapping loses: entities taken away, types that become one, types without an entry. */
export class MapLosses {
  private readonly sources = new Map<string, Source>();

  /** @param count Entities of the type. */
  add(path: TypePath, entry: MapEntry | undefined, count = 1): void {
    const key = foldPath(path);
    const known = this.sources.get(key);
    if (known === undefined) this.sources.set(key, { path, to: entry?.to, count });
    else known.count += count;
  }

  /** Entities that were taken away. */
  get removed(): number {
    return this.countWhere((to) => to === null);
  }

  /** Entities whose type has no entry. */
  get unmapped(): number {
    return this.countWhere((to) => to === undefined);
  }

  /** Entities that have another type now. */
  get mapped(): number {
    return this.countWhere((to) => to !== null && to !== undefined);
  }

  /** What was lost, a sentence each. */
  describe(): Phrase[] {
    const phrases: Phrase[] = [];
    const targets = new Map<string, { readonly to: TypePath; readonly from: Source[] }>();
    for (const source of this.sources.values()) {
      const { path, to, count } = source;
      if (to === null) phrases.push(describeRemoved(formatPath(path), count));
      else if (to === undefined) phrases.push(describeKept(formatPath(path), count));
      else {
        const known = targets.get(foldPath(to));
        if (known === undefined) targets.set(foldPath(to), { to, from: [source] });
        else known.from.push(source);
      }
    }
    for (const { to, from } of targets.values()) {
      if (from.length < 2) continue;
      const names = from.map(({ path }) => `“${formatPath(path)}”`).join(', ');
      phrases.push(phrase`${names} become one type, “${formatPath(to)}”.`);
    }
    return phrases;
  }

  private countWhere(holds: (to: Source['to']) => boolean): number {
    let count = 0;
    for (const source of this.sources.values()) if (holds(source.to)) count += source.count;
    return count;
  }
}

function describeRemoved(name: string, count: number): Phrase {
  return count === 1
    ? phrase`“${name}” goes nowhere: 1 entity removed.`
    : phrase`“${name}” goes nowhere: ${count} entities removed.`;
}

function describeKept(name: string, count: number): Phrase {
  return count === 1
    ? phrase`“${name}” has no entry: 1 entity keeps it.`
    : phrase`“${name}” has no entry: ${count} entities keep it.`;
}
