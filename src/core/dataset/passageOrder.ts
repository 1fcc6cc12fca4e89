import type { PassageId } from './passage';

/** Passages in a row whose ids follow each other: upwards from 0 on, downwards below 0. */
export interface PassageRun {
  readonly first: PassageId;
  readonly count: number;
}

interface PlacedRun extends PassageRun {
  /** Number of the run's first passage. */
  readonly at: number;
}

/**
 * The order of the passages of a data set, as runs of ids: a few for a file of millions, one more or
 * two for each place where passages came or went. Numbers count from 0.
 */
export class PassageOrder {
  private placed: readonly PlacedRun[] | undefined;
  private byId: readonly PlacedRun[] | undefined;

  constructor(private runs: PassageRun[] = []) {}

  get size(): number {
    const last = this.inOrder().at(-1);
    return last === undefined ? 0 : last.at + last.count;
  }

  toRuns(): readonly PassageRun[] {
    return this.runs;
  }

  /** The id of a passage by its number; undefined where there is none. */
  idAt(number: number): PassageId | undefined {
    const run = lastAtMost(this.inOrder(), number, ({ at }) => at);
    return run === undefined || number >= run.at + run.count
      ? undefined
      : idIn(run, number - run.at);
  }

  /** Ids of the passages `[from, to)`; fewer where there are fewer. */
  idsBetween(from: number, to: number): PassageId[] {
    const ids: PassageId[] = [];
    for (const { first, count, at } of this.inOrder()) {
      const start = Math.max(from - at, 0);
      const end = Math.min(to - at, count);
      for (let offset = start; offset < end; offset++) ids.push(idIn({ first }, offset));
    }
    return ids;
  }

  /** The number of a passage by its id; undefined where it is not among them. */
  numberOf(id: PassageId): number | undefined {
    this.byId ??= [...this.inOrder()].sort((a, b) => lowest(a) - lowest(b));
    const run = lastAtMost(this.byId, id, lowest);
    if (run === undefined) return undefined;
    const offset = run.first < 0 ? run.first - id : id - run.first;
    return offset < 0 || offset >= run.count ? undefined : run.at + offset;
  }

  /** Puts passages in before the one of that number; the size means at the end. */
  insert(number: number, ids: readonly PassageId[]): void {
    const [before, after] = this.cut(number);
    this.set([...before, ...ids.map((first) => ({ first, count: 1 })), ...after]);
  }

  /** Takes passages out; returns their ids. */
  remove(number: number, count: number): PassageId[] {
    const removed = this.idsBetween(number, number + count);
    const [before] = this.cut(number);
    const [, after] = this.cut(number + count);
    this.set([...before, ...after]);
    return removed;
  }

  /** Puts a run in at the end. */
  append(run: PassageRun): void {
    this.set([...this.runs, run]);
  }

  private cut(number: number): [PassageRun[], PassageRun[]] {
    const before: PassageRun[] = [];
    const after: PassageRun[] = [];
    for (const { first, count, at } of this.inOrder()) {
      const kept = Math.min(Math.max(number - at, 0), count);
      if (kept > 0) before.push({ first, count: kept });
      if (kept < count) after.push({ first: idIn({ first }, kept), count: count - kept });
    }
    return [before, after];
  }

  private set(runs: readonly PassageRun[]): void {
    this.runs = joinRuns(runs);
    this.placed = undefined;
    this.byId = undefined;
  }

  private inOrder(): readonly PlacedRun[] {
    if (this.placed === undefined) {
      let at = 0;
      this.placed = this.runs.map((run) => {
        const placed = { ...run, at };
        at += run.count;
        return placed;
      });
    }
    return this.placed;
  }
}

function joinRuns(runs: readonly PassageRun[]): PassageRun[] {
  const joined: PassageRun[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    const goesOn =
      last !== undefined &&
      Math.sign(last.first + 0.5) === Math.sign(run.first + 0.5) &&
      idIn(last, last.count) === run.first;
    if (goesOn) joined[joined.length - 1] = { ...last, count: last.count + run.count };
    else if (run.count > 0) joined.push(run);
  }
  return joined;
}

function idIn({ first }: Pick<PassageRun, 'first'>, offset: number): PassageId {
  return first < 0 ? first - offset : first + offset;
}

function lowest({ first, count }: PassageRun): PassageId {
  return first < 0 ? first - count + 1 : first;
}

/** The last of the items whose key is at most `wanted`; items in ascending order of their keys. */
function lastAtMost<T>(items: readonly T[], wanted: number, keyOf: (item: T) => number) {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && keyOf(item) <= wanted) low = middle + 1;
    else high = middle;
  }
  return items[low - 1];
}
