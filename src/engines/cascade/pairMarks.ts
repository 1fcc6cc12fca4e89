/** A mark `##` of an answer, between two of its characters. */
export interface Mark {
  /** Number of characters before it. */
  readonly gap: number;
  /** What stands directly beside it; a neighbouring mark, and what cannot be told, is `open`. */
  readonly left: Neighbour;
  readonly right: Neighbour;
}

export type Neighbour = 'space' | 'letter' | 'open';

/** Characters of an answer, end exclusive, that stand between two marks. */
export interface MarkedRange {
  readonly first: number;
  readonly end: number;
}

export interface PairedMarks {
  /** In the order of their ends; one may hold another. */
  readonly ranges: readonly MarkedRange[];
  /** Marks that have no partner. */
  readonly lonely: readonly Mark[];
  /** Pairs of marks with nothing between them. */
  readonly empty: number;
}

const DROP = 3;
const NEST = 2.2;
const EMPTY = 0.5;
const WRONG_SIDE = 1;
const DEEPEST = 2;
/** Mentions longer than this many characters cost something for each further one. */
const LONG = 20;
const LONGER = 0.03;

/** What was read of the marks so far, the last step first; states share what they have in common. */
interface Step {
  readonly before: Step | undefined;
  readonly range?: MarkedRange;
  readonly lonely?: Mark;
  readonly isEmpty?: true;
}

interface State {
  readonly cost: number;
  /** Open marks, outermost first. */
  readonly open: readonly Mark[];
  readonly step: Step | undefined;
}

/**
 * Finds out which marks open a mention and which close one: `##` says neither. An opening mark has a
 * word behind it and none directly before it, a closing one the other way round; marks whose places
 * contradict that, marks inside a mention, long mentions and marks without a partner cost something,
 * and the cheapest reading holds. Of equally cheap ones it is the one whose mentions come first.
 */
export function pairMarks(marks: readonly Mark[]): PairedMarks {
  // The best way to have each number of open marks, the last one at the same place or not.
  let states = new Map<string, State>([['0', { cost: 0, open: [], step: undefined }]]);
  for (const mark of marks) {
    const next = new Map<string, State>();
    for (const state of states.values()) {
      for (const after of readings(state, mark)) {
        const key = `${after.open.length}${after.open.at(-1)?.gap === mark.gap ? '=' : ''}`;
        const best = next.get(key);
        if (best === undefined || after.cost < best.cost) next.set(key, after);
      }
    }
    states = next;
  }
  const costOf = ({ cost, open }: State): number => cost + DROP * open.length;
  const [first, ...others] = states.values();
  const best = others.reduce(
    (least, state) => (least === undefined || costOf(state) < costOf(least) ? state : least),
    first,
  );
  return retrace(best);
}

function retrace(state: State | undefined): PairedMarks {
  const ranges: MarkedRange[] = [];
  const lonely: Mark[] = [...(state?.open ?? [])];
  let empty = 0;
  for (let step = state?.step; step !== undefined; step = step.before) {
    if (step.range !== undefined) ranges.push(step.range);
    if (step.lonely !== undefined) lonely.push(step.lonely);
    if (step.isEmpty === true) empty++;
  }
  return { ranges: ranges.reverse(), lonely: lonely.sort((a, b) => a.gap - b.gap), empty };
}

/** What one more mark may mean: the end of the last open mention, the beginning of one, nothing. */
function readings({ cost, open, step: before }: State, mark: Mark): State[] {
  const all: State[] = [];
  const last = open.at(-1);
  if (last !== undefined) {
    const isEmpty = last.gap === mark.gap;
    all.push({
      cost: cost + (isEmpty ? EMPTY : closingCost(mark) + lengthCost(mark.gap - last.gap)),
      open: open.slice(0, -1),
      step: isEmpty ? { before, isEmpty } : { before, range: { first: last.gap, end: mark.gap } },
    });
  }
  if (open.length < DEEPEST) {
    const more = openingCost(mark) + (open.length === 0 ? 0 : NEST);
    all.push({ cost: cost + more, open: [...open, mark], step: before });
  }
  all.push({ cost: cost + DROP, open, step: { before, lonely: mark } });
  return all;
}

function openingCost({ left, right }: Mark): number {
  return (left === 'letter' ? WRONG_SIDE : 0) + (right === 'space' ? WRONG_SIDE : 0);
}

function closingCost({ left, right }: Mark): number {
  return (left === 'space' ? WRONG_SIDE : 0) + (right === 'letter' ? WRONG_SIDE : 0);
}

function lengthCost(characters: number): number {
  return LONGER * Math.max(0, characters - LONG);
}
