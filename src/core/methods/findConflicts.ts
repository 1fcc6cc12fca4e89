import { phrase, type Phrase } from '../messages/phrase';
import type { LabelComparison, LabelUse, SurfaceUse } from './conflicts';
import type { LabelRule } from './labelRules';
import { unifyName } from './names';

/** A row of the review: what differs between two sets, what speaks for it, and the rule that settles it. */
export interface Conflict {
  /**
   * `name`: two names for one thing. `guideline`: one name for two things. `surface`: the same words
   * with different labels.
   */
  readonly kind: 'name' | 'guideline' | 'surface';
  readonly sets: readonly [string, string];
  readonly labels: readonly [string, string];
  /** Occurrences that were compared. */
  readonly support: number;
  /** Share of them that differ (of `name`, that agree on the other name), in 0..1. */
  readonly share: number;
  readonly message: Phrase;
  readonly examples: readonly string[];
  /** What would settle it; for people to choose. */
  readonly proposal?: LabelRule;
}

export interface ConflictOptions {
  /** Occurrences below which nothing is said; 3 when absent. */
  readonly least?: number;
  /** Share of agreeing occurrences below which one label means two things; 0.5 when absent. */
  readonly agreement?: number;
}

/** The conflicts of compared sets: names first, then guidelines, then words; each by its support. */
export function findConflicts(
  comparison: LabelComparison,
  { least = 3, agreement = 0.5 }: ConflictOptions = {},
): Conflict[] {
  const names = new Map<string, ReadonlySet<string>>();
  for (const set of comparison.sets) names.set(set, comparison.labelsOf(set));
  const conflicts: Conflict[] = [...nameMatches(names)];
  const known = new Set(conflicts.map(pairOf));
  for (const use of comparison.labelUses()) {
    if (use.occurrences < least) continue;
    const twin = [...(names.get(use.inSet) ?? [])].find(
      (label) => unifyName(label) === unifyName(use.label),
    );
    const conflict =
      twin === undefined ? namedOtherwise(use, agreement) : usedOtherwise(use, twin, agreement);
    if (conflict === undefined || known.has(pairOf(conflict))) continue;
    known.add(pairOf(conflict));
    conflicts.push(conflict);
  }
  for (const use of comparison.surfaceUses()) conflicts.push(...differentWords(use, least));
  const order = ['name', 'guideline', 'surface'];
  return conflicts.sort(
    (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || b.support - a.support,
  );
}

function pairOf({ kind, sets, labels }: Conflict): string {
  const ends = [JSON.stringify([sets[0], labels[0]]), JSON.stringify([sets[1], labels[1]])].sort();
  return [kind, ...ends].join('\n');
}

/** Names that are the same when they are written out. */
function* nameMatches(names: ReadonlyMap<string, ReadonlySet<string>>): Generator<Conflict> {
  const seen: { readonly set: string; readonly label: string }[] = [];
  for (const [set, labels] of names) {
    for (const label of labels) {
      const other = seen.find(
        (one) =>
          one.set !== set && one.label !== label && unifyName(one.label) === unifyName(label),
      );
      if (other !== undefined) {
        yield {
          kind: 'name',
          sets: [set, other.set],
          labels: [label, other.label],
          support: 0,
          share: 1,
          message: phrase`“${label}” (${set}) and “${other.label}” (${other.set}) are one name`,
          examples: [],
          proposal: { set, from: label, to: unifyName(label) },
        };
      } else seen.push({ set, label });
    }
  }
}

function namedOtherwise(use: LabelUse, agreement: number): Conflict | undefined {
  const [top, times] = topOf(use);
  if (top === undefined || times / use.occurrences < agreement) return undefined;
  return {
    kind: 'name',
    sets: [use.of, use.inSet],
    labels: [use.label, top],
    support: use.occurrences,
    share: times / use.occurrences,
    message: phrase`What ${use.of} calls “${use.label}”, ${use.inSet} calls “${top}” (${times} of ${use.occurrences})`,
    examples: examplesOf(use),
    proposal: { set: use.of, from: use.label, to: top },
  };
}

function usedOtherwise(use: LabelUse, twin: string, agreement: number): Conflict | undefined {
  const same = use.labels.get(twin) ?? 0;
  if (same / use.occurrences >= agreement) return undefined;
  const labelled = [...use.labels.values()].reduce((sum, value) => sum + value, 0);
  const [top] = topOf(use);
  const isUnlabelled = labelled < use.occurrences / 2 || top === undefined;
  return {
    kind: 'guideline',
    sets: [use.of, use.inSet],
    labels: [use.label, twin],
    support: use.occurrences,
    share: 1 - same / use.occurrences,
    message: isUnlabelled
      ? phrase`“${use.label}” of ${use.of} is mostly not labelled in ${use.inSet} (${use.occurrences - labelled} of ${use.occurrences})`
      : phrase`“${use.label}” of ${use.of} is mostly “${top}” in ${use.inSet} (${use.occurrences - same} of ${use.occurrences} differ)`,
    examples: examplesOf(use),
    proposal: splitProposal(use, twin),
  };
}

/** The mentions that the other set labels otherwise get its label; the rest keeps its own. */
function splitProposal(use: LabelUse, twin: string): LabelRule {
  const byLabel = new Map<string, string[]>();
  for (const { mention, label } of use.examples) {
    if (label === '' || label === twin) continue;
    byLabel.set(label, [...(byLabel.get(label) ?? []), mention]);
  }
  if (byLabel.size === 0) {
    return {
      set: use.of,
      from: use.label,
      to: `${use.label} (${use.of})`,
      note: 'Not labelled in the other set.',
    };
  }
  return {
    set: use.of,
    from: use.label,
    split: [...byLabel].map(([to, mentions]) => ({ mentions, to })),
    to: use.label,
  };
}

function* differentWords({ mention, sets }: SurfaceUse, least: number): Generator<Conflict> {
  const usual = [...sets].map(([set, labels]) => {
    const [label = '', times = 0] = [...labels].sort(([, a], [, b]) => b - a)[0] ?? [];
    return { set, label, times };
  });
  const [first, ...others] = usual.sort((a, b) => b.times - a.times);
  for (const other of others) {
    if (first === undefined || unifyName(first.label) === unifyName(other.label)) continue;
    const support = first.times + other.times;
    if (support < least) continue;
    yield {
      kind: 'surface',
      sets: [other.set, first.set],
      labels: [other.label, first.label],
      support,
      share: other.times / support,
      message: phrase`“${mention}” is “${other.label}” in ${other.set} (${other.times}) and “${first.label}” in ${first.set} (${first.times})`,
      examples: [mention],
      proposal: {
        set: other.set,
        from: other.label,
        split: [{ mentions: [mention], to: first.label }],
        to: other.label,
      },
    };
  }
}

function topOf({ labels }: LabelUse): [string | undefined, number] {
  const [label, times = 0] = [...labels].sort(([, a], [, b]) => b - a)[0] ?? [];
  return [label, times];
}

function examplesOf({ examples }: LabelUse): string[] {
  return examples.map(({ mention, label, count: times }) =>
    label === '' ? `${mention} (${times})` : `${mention}: ${label} (${times})`,
  );
}
