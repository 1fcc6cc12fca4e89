import { logitsAt, type SpanExamples } from './examples';
import { selectAt } from './selectAt';

/** Rows that are not of a label; `weights` says how many each stands for. */
export interface Negatives {
  readonly rows: readonly number[];
  readonly weights: readonly number[];
}

/** How many rows that are not of a label are learned from. */
export interface NegativeCounts {
  /** Of the likeliest: so many for each row of the label, and so many more. */
  readonly perPositive: number;
  readonly more: number;
  /** A sample of the rest. */
  readonly sampled: number;
}

/** What is chosen from: `others`, of which those that were `kept` before are taken in any case. */
export interface NegativeChoice extends NegativeCounts {
  readonly positives: number;
  readonly others: readonly number[];
  readonly kept: ReadonlySet<number>;
}

/**
 * Of rows that are not of a label, those that `point` takes for it most, those that were kept before,
 * and a sample of the rest at even distances, each for those around it: what is left out hardly
 * changes the loss. All of them where they are few.
 * @param point What the label became so far; undefined where nothing was learned yet.
 */
export function chooseNegatives(
  examples: SpanExamples,
  label: number,
  { positives, others, kept, perPositive, more, sampled }: NegativeChoice,
  point: Float64Array | undefined,
): Negatives {
  const hard = perPositive * positives + more;
  if (others.length <= hard + sampled) return { rows: others, weights: others.map(() => 1) };
  const logits = logitsAt(examples, label, others, point);
  const least = selectAt(logits.slice(), logits.length - hard);
  // Of those at the limit, only as many as there is room for: the pack is as sure of thousands.
  let room = hard;
  for (const logit of logits) if (logit > least) room--;
  const rows: number[] = [];
  const rest: number[] = [];
  for (let at = 0; at < others.length; at++) {
    const row = others[at] as number;
    const logit = logits[at] as number;
    const isHard = logit > least || (logit === least && room-- > 0);
    (isHard || kept.has(row) ? rows : rest).push(row);
  }
  const weight = Math.max(1, rest.length / sampled);
  const sample = Array.from(
    { length: Math.min(rest.length, sampled) },
    (_, at) => rest[Math.floor(at * weight)] as number,
  );
  return {
    rows: [...rows, ...sample],
    weights: [...rows.map(() => 1), ...sample.map(() => weight)],
  };
}
