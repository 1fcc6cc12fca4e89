import type { LevelLayout } from '../../core/decoding/levels';
import { sigmoid } from '../../core/decoding/logits';
import { selectSpans } from '../../core/decoding/spans';
import type { ScoredPath, TypePath } from '../../core/entity/entity';
import type { OverlapPolicy } from '../../core/entity/overlap';
import type { Reading } from '../models/modelReadings';
import { scoreReadings } from './glinerReader';
import type { GlinerModel } from './glinerModel';
import type { GlinerPlan, LabelGroup } from './labelGroups';
import type { SpanScores } from './spanScores';

/** A span of words of a reading with its type, as deep as the label list goes. */
export interface GlinerSpan {
  readonly reading: Reading;
  readonly first: number;
  readonly last: number;
  /** Probability that it is an entity of the type at the top of its path. */
  readonly score: number;
  readonly path: TypePath;
  /** Probability of each level given the span. */
  readonly levelScores: readonly number[];
  readonly alternatives: readonly ScoredPath[];
}

export interface GlinerOptions {
  readonly threshold: number;
  readonly overlap: OverlapPolicy;
  readonly signal?: AbortSignal;
}

/** Next best types that an entity carries. */
const ALTERNATIVES = 5;

/**
 * The typed spans of readings. Spans are found with the top level of the label list, greedily by falling
 * score as the overlap policy allows; a span's type is then followed down, one level after the other,
 * among the children of its type only.
 */
export async function findTypedSpans(
  model: GlinerModel,
  plan: GlinerPlan,
  readings: readonly Reading[],
  { threshold, overlap, signal }: GlinerOptions,
): Promise<GlinerSpan[]> {
  if (plan.top.types.length === 0 || readings.length === 0) return [];
  const scores = await scoreReadings(model, readings, plan.top, signal);
  let found: GlinerSpan[] = [];
  readings.forEach((reading, index) => {
    const own = scores[index] as SpanScores;
    const candidates = own
      .above((label) => plan.top.types[label]?.threshold ?? threshold)
      .filter(({ first, last }) => reading.owns(first, last))
      .map(({ first, last, label, logit }) => ({ first, last, label, score: sigmoid(logit) }));
    for (const { first, last, label, score } of selectSpans(candidates, overlap)) {
      const start = { reading, first, last, score, path: [], levelScores: [] };
      found.push(withType(start, own, plan.top, label));
    }
  });
  for (;;) {
    const deeper = await descend(model, plan, found, signal);
    if (deeper === undefined) return found;
    found = deeper;
  }
}

/** Follows every span one level down; undefined when none has a level below. */
async function descend(
  model: GlinerModel,
  plan: GlinerPlan,
  spans: readonly GlinerSpan[],
  signal?: AbortSignal,
): Promise<GlinerSpan[] | undefined> {
  const groups = new Map<LabelGroup, number[]>();
  spans.forEach(({ path }, index) => {
    const group = plan.below(path);
    if (group === undefined) return;
    const members = groups.get(group);
    if (members) members.push(index);
    else groups.set(group, [index]);
  });
  if (groups.size === 0) return undefined;
  const typed = [...spans];
  for (const [group, members] of groups) {
    const readings = [...new Set(members.map((index) => (spans[index] as GlinerSpan).reading))];
    const scores = await scoreReadings(model, readings, group, signal);
    for (const index of members) {
      const span = spans[index] as GlinerSpan;
      const own = scores[readings.indexOf(span.reading)] as SpanScores;
      typed[index] = withType(span, own, group);
    }
  }
  return typed;
}

/** The span with one more level: the given label, or the likeliest of the group. */
function withType(
  span: Omit<GlinerSpan, 'alternatives'>,
  scores: SpanScores,
  group: LabelGroup,
  label?: number,
): GlinerSpan {
  const shares = softmax(group.types.map((_, index) => scores.logit(span.first, span.last, index)));
  const ranked = shares
    .map((share, index) => ({ share, index }))
    .sort((a, b) => b.share - a.share || a.index - b.index);
  const chosen = label ?? ranked[0]?.index ?? 0;
  const above = span.levelScores.at(-1) ?? 1;
  const pathOf = (index: number): TypePath => [...span.path, group.types[index]?.name ?? ''];
  return {
    ...span,
    path: pathOf(chosen),
    levelScores: [...span.levelScores, above * (shares[chosen] as number)],
    alternatives: ranked
      .filter(({ index }) => index !== chosen)
      .slice(0, ALTERNATIVES)
      .map(({ share, index }) => ({ path: pathOf(index), score: above * share })),
  };
}

/** Shares of logits; all the same where none of them is finite. */
export function softmax(logits: readonly number[]): number[] {
  const most = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  if (most === -Infinity) return logits.map(() => 1 / logits.length);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/**
 * Probabilities of the leaves of a layout, which sum to 1: the product of the shares that a leaf and the
 * types above it have among their siblings. `logits` are those of the layout's nodes.
 */
export function shareLeaves(
  { nodes, leafNodes }: LevelLayout,
  logits: readonly number[],
): Float64Array {
  const siblings = new Map<string, number[]>();
  nodes.forEach(({ path }, node) => {
    const above = path.slice(0, -1).join('\n');
    const own = siblings.get(above);
    if (own) own.push(node);
    else siblings.set(above, [node]);
  });
  const shares = new Map<string, number>();
  // Parents stand before their children.
  for (const [above, own] of siblings) {
    const ofParent = shares.get(above) ?? 1;
    softmax(own.map((node) => logits[node] ?? -Infinity)).forEach((share, at) => {
      const path = nodes[own[at] as number]?.path ?? [];
      shares.set(path.join('\n'), ofParent * share);
    });
  }
  return Float64Array.from(
    leafNodes,
    (node) => shares.get(nodes[node]?.path.join('\n') ?? '') ?? 0,
  );
}
