import type { Entity } from '../../core/entity/entity';
import { shiftSpans, type TextEdit } from './shiftSpans';

/**
 * The entities of a document in text order, the outer before the inner. Offsets live in typed arrays
 * that an edit shifts in one pass; an entity object is made anew only when somebody looks at it.
 */
export class EntityTable {
  private items: Entity[] = [];
  private starts = new Int32Array(0);
  private ends = new Int32Array(0);
  /** `reach[i]` is the greatest end among the first i + 1 entities. */
  private reach: Int32Array | undefined;
  /** Indexes by id, made when somebody asks for one. */
  private places: Map<string, number> | undefined;

  get size(): number {
    return this.items.length;
  }

  /** The entity at an index, with its offsets of now. */
  at(index: number): Entity {
    const item = this.items[index];
    if (item === undefined) throw new RangeError(`no entity ${index}`);
    const start = this.start(index);
    const end = this.end(index);
    if (item.start === start && item.end === end) return item;
    return (this.items[index] = { ...item, start, end });
  }

  /** The entity at an index with offsets that may be old: for what does not look at them. */
  peek(index: number): Entity | undefined {
    return this.items[index];
  }

  start(index: number): number {
    return this.starts[index] ?? 0;
  }

  end(index: number): number {
    return this.ends[index] ?? 0;
  }

  all(): Entity[] {
    return this.items.map((_, index) => this.at(index));
  }

  /** The entities that `wanted` picks, with offsets that may be old, as {@link peek} gives them. */
  list(wanted: (entity: Entity) => boolean): Entity[] {
    return this.items.filter(wanted);
  }

  /** Index of the entity with that id; -1 when there is none. */
  indexOf(id: string): number {
    this.places ??= new Map(this.items.map((item, index) => [item.id, index]));
    return this.places.get(id) ?? -1;
  }

  /** Indexes of the entities that touch `[start, end)`, or contain `start` where that is empty. */
  touching(start: number, end: number): number[] {
    const reach = (this.reach ??= runningMaximum(this.ends));
    const found: number[] = [];
    const last = Math.max(end, start + 1);
    for (let i = firstAbove(reach, start); i < this.items.length; i++) {
      if (this.start(i) >= last) break;
      if (this.end(i) > start) found.push(i);
    }
    return found;
  }

  /** Index of the first entity that begins at or after `offset`; `size` when there is none. */
  firstFrom(offset: number): number {
    return firstAbove(this.starts, offset - 1);
  }

  /** Puts another entity in the place of one with the same span. */
  set(index: number, entity: Entity): void {
    if (this.items[index]?.id !== entity.id) this.places = undefined;
    this.items[index] = { ...entity, start: this.start(index), end: this.end(index) };
  }

  /** Replaces the whole content. */
  assign(entities: readonly Entity[]): void {
    this.items = [...entities].sort(inTextOrder);
    this.starts = Int32Array.from(this.items, ({ start }) => start);
    this.ends = Int32Array.from(this.items, ({ end }) => end);
    this.forget();
  }

  insert(entities: readonly Entity[]): void {
    if (entities.length > 0) this.assign([...this.all(), ...entities]);
  }

  /** Removes the entities that `goes` picks, by index, and returns them. */
  remove(goes: (index: number) => boolean): Entity[] {
    const kept: number[] = [];
    const removed: Entity[] = [];
    for (let i = 0; i < this.items.length; i++) {
      if (goes(i)) removed.push(this.at(i));
      else kept.push(i);
    }
    if (removed.length === 0) return removed;
    this.pick(kept);
    return removed;
  }

  /** Follows an edit and returns the indexes of the entities whose text it changed. */
  edit(edit: TextEdit): number[] {
    this.reach = undefined;
    return shiftSpans(this.starts, this.ends, this.items.length, edit);
  }

  private pick(kept: readonly number[]): void {
    const { items, starts, ends } = this;
    this.items = kept.map((index) => items[index] as Entity);
    this.starts = Int32Array.from(kept, (index) => starts[index] ?? 0);
    this.ends = Int32Array.from(kept, (index) => ends[index] ?? 0);
    this.forget();
  }

  /**
   * Replaces stretches of the table, which are in order and apart, by other entities in text order:
   * one copy of the offsets for all of them.
   */
  splice(stretches: readonly Stretch[]): void {
    if (stretches.length === 0) return;
    const change = stretches.reduce((sum, { from, to, entities }) => {
      return sum + entities.length - (to - from);
    }, 0);
    const size = this.items.length + change;
    const starts = new Int32Array(size);
    const ends = new Int32Array(size);
    let read = 0;
    let written = 0;
    const keep = (until: number): void => {
      starts.set(this.starts.subarray(read, until), written);
      ends.set(this.ends.subarray(read, until), written);
      written += until - read;
    };
    for (const { from, to, entities } of stretches) {
      keep(from);
      for (const { start, end } of entities) {
        starts[written] = start;
        ends[written++] = end;
      }
      read = to;
    }
    keep(this.items.length);
    this.items = replaced(this.items, stretches);
    this.starts = starts;
    this.ends = ends;
    this.forget();
  }

  /** What was derived from the entities is made anew when it is needed. */
  private forget(): void {
    this.reach = undefined;
    this.places = undefined;
  }
}

/** Entities to stand in the place of those from index `from` up to `to`. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly entities: readonly Entity[];
}

/** By start, then the longer first, so that what contains comes before what is contained. */
export function inTextOrder(
  a: { readonly start: number; readonly end: number },
  b: { readonly start: number; readonly end: number },
): number {
  return a.start - b.start || b.end - a.end;
}

/** Stretches and entities up to which moving the rest in place is faster than a copy of all. */
const inPlace = { stretches: 64, entities: 1000 };

/** The items with the stretches replaced: the same array where few change, else another one. */
function replaced(items: Entity[], stretches: readonly Stretch[]): Entity[] {
  const isFew =
    stretches.length <= inPlace.stretches &&
    stretches.every(({ entities }) => entities.length <= inPlace.entities);
  if (!isFew) {
    const parts: (readonly Entity[])[] = [];
    let read = 0;
    for (const { from, to, entities } of stretches) {
      parts.push(items.slice(read, from), entities);
      read = to;
    }
    return [...parts, items.slice(read)].flat();
  }
  // From the end, so that the indexes of those before still hold.
  for (let index = stretches.length - 1; index >= 0; index--) {
    const { from = 0, to = 0, entities = [] } = stretches[index] ?? {};
    items.splice(from, to - from, ...entities);
  }
  return items;
}

function runningMaximum(values: Int32Array): Int32Array {
  const reach = new Int32Array(values.length);
  let most = 0;
  for (let i = 0; i < values.length; i++) reach[i] = most = Math.max(most, values[i] ?? 0);
  return reach;
}

/** First index whose value is greater than `limit` in ascending values. */
function firstAbove(values: Int32Array, limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
