import { randomNumbers, shuffle } from '../random';

/** What of a passage decides where it goes. */
export interface SplitItem {
  /** Types of its entities, as often as they occur. */
  readonly labels: readonly string[];
  /** Passages of one group stay together: near duplicates, sentences of one document. */
  readonly group: number | string;
}

interface Group {
  readonly members: readonly number[];
  readonly labels: ReadonlyMap<string, number>;
}

/**
 * Splits passages so that each part has its share of the passages and of every type, and no group is
 * in two parts: iterative stratification (Sechidis et al. 2011) over groups, the type with the fewest
 * groups left first.
 * @param shares Of the parts, any positive numbers: 8, 1, 1.
 * @returns For each passage the number of its part.
 */
export function splitStratified(
  items: readonly SplitItem[],
  shares: readonly number[],
  seed: number,
): number[] {
  const next = randomNumbers(seed);
  const groups = shuffle(groupItems(items), next);
  const total = shares.reduce((sum, share) => sum + share, 0);
  const labelTotals = new Map<string, number>();
  const waiting = new Map<string, Set<Group>>();
  for (const group of groups) {
    for (const [label, count] of group.labels) {
      labelTotals.set(label, (labelTotals.get(label) ?? 0) + count);
      waiting.set(label, (waiting.get(label) ?? new Set<Group>()).add(group));
    }
  }
  const parts = shares.map((share) => ({
    size: (items.length * share) / total,
    labels: new Map([...labelTotals].map(([label, count]) => [label, (count * share) / total])),
  }));
  const placed: number[] = new Array<number>(items.length).fill(0);
  const place = (group: Group, label: string | undefined): void => {
    const wants = (part: (typeof parts)[number]) =>
      label === undefined ? part.size : (part.labels.get(label) ?? 0);
    const order = shuffle([...parts.keys()], next);
    const best = order.reduce((a, b) => {
      const [one, other] = [parts[a], parts[b]];
      if (one === undefined || other === undefined) return a;
      const more = wants(other) - wants(one) || other.size - one.size;
      return more > 0 ? b : a;
    });
    const part = parts[best];
    if (part === undefined) return;
    part.size -= group.members.length;
    for (const [own, count] of group.labels) {
      part.labels.set(own, (part.labels.get(own) ?? 0) - count);
      waiting.get(own)?.delete(group);
    }
    for (const member of group.members) placed[member] = best;
  };
  for (let label = rarest(waiting); label !== undefined; label = rarest(waiting)) {
    for (const group of [...(waiting.get(label) ?? [])]) place(group, label);
    waiting.delete(label);
  }
  for (const group of groups) if (group.labels.size === 0) place(group, undefined);
  return placed;
}

function groupItems(items: readonly SplitItem[]): Group[] {
  const byGroup = new Map<number | string, { members: number[]; labels: Map<string, number> }>();
  items.forEach(({ labels, group }, number) => {
    let known = byGroup.get(group);
    if (known === undefined) byGroup.set(group, (known = { members: [], labels: new Map() }));
    known.members.push(number);
    for (const label of labels) known.labels.set(label, (known.labels.get(label) ?? 0) + 1);
  });
  return [...byGroup.values()];
}

function rarest(waiting: ReadonlyMap<string, ReadonlySet<Group>>): string | undefined {
  let best: string | undefined;
  let least = Infinity;
  for (const [label, { size }] of waiting) {
    if (size >= least) continue;
    least = size;
    best = label;
  }
  return best;
}
