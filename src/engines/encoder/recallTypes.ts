import { scoreLeaves, type LeafScores } from '../../core/decoding/types';
import type { EncoderModel } from './encoderModel';
import type { LabelPlan } from './labelPlan';
import type { RememberedSpan, SpanMemory } from './spanMemory';
import { encodeInParts, type PlacedSpan } from './spanTyper';

/** Up to so many other labels are compared one by one; all of them at once where there are more. */
const fewLabels = 16;
/** Scores that one product may have: 4 bytes each. */
const mostScores = 4_000_000;

/**
 * The types of each span, as `typeSpans` gives them, where what was met before is remembered: spans are
 * encoded once, and compared only with the labels that they were not compared with before.
 */
export async function recallTypes(
  model: EncoderModel,
  plan: LabelPlan,
  spans: readonly PlacedSpan[],
  memory: SpanMemory,
): Promise<LeafScores[]> {
  const known = spans.map(({ features, first, last }) => memory.get(features, first, last));
  const unknown = spans.flatMap((span, at) => (known[at] === undefined ? [{ span, at }] : []));
  let next = 0;
  const asked = unknown.map(({ span }) => span);
  for await (const { count, vectors, none } of encodeInParts(model, plan, asked)) {
    const { dimensions } = model.manifest.typing;
    const logits = await model.match(vectors, plan.typing, dimensions);
    for (let row = 0; row < count; row++) {
      const { span, at } = unknown[next++] as (typeof unknown)[number];
      const made: RememberedSpan = {
        vector: vectors.slice(row * dimensions, (row + 1) * dimensions),
        none: none[row] as number,
        texts: plan.typeTexts,
        logits: logits.slice(row * plan.types, (row + 1) * plan.types),
        scores: undefined,
      };
      memory.put(span.features, span.first, span.last, made);
      known[at] = made;
    }
  }
  const all = known as RememberedSpan[];
  await compareAgain(model, plan, all);
  const key = `${plan.layout.leaves.length} ${plan.temperature}`;
  return all.map((span) => {
    if (span.scores?.key !== key) span.scores = { key, of: scoresOf(span, plan) };
    return span.scores.of;
  });
}

function scoresOf(
  { logits, none }: RememberedSpan,
  { layout, temperature }: LabelPlan,
): LeafScores {
  return scoreLeaves(layout.leaves.length, logits, none, temperature);
}

/** Brings the logits of spans that were compared with other labels up to the plan's. */
async function compareAgain(
  model: EncoderModel,
  plan: LabelPlan,
  spans: readonly RememberedSpan[],
): Promise<void> {
  const differences = new Map<readonly string[], readonly number[] | 'all'>();
  const whole = new Set<RememberedSpan>();
  for (const span of spans) {
    if (span.texts === plan.typeTexts) continue;
    let difference = differences.get(span.texts);
    if (difference === undefined) {
      difference = differenceOf(span.texts, plan.typeTexts);
      differences.set(span.texts, difference);
    }
    if (difference === 'all') {
      whole.add(span);
      continue;
    }
    span.texts = plan.typeTexts;
    if (difference.length === 0) continue;
    span.logits = span.logits.slice();
    for (const type of difference) span.logits[type] = productWith(span.vector, plan.typing, type);
    span.scores = undefined;
  }
  await compareWhole(model, plan, [...whole]);
}

async function compareWhole(
  model: EncoderModel,
  { typing, types, typeTexts }: LabelPlan,
  spans: readonly RememberedSpan[],
): Promise<void> {
  const { dimensions } = model.manifest.typing;
  const atOnce = Math.max(1, Math.floor(mostScores / Math.max(types, dimensions)));
  for (let from = 0; from < spans.length; from += atOnce) {
    const some = spans.slice(from, from + atOnce);
    const vectors = new Float32Array(some.length * dimensions);
    some.forEach(({ vector }, row) => vectors.set(vector, row * dimensions));
    const logits = await model.match(vectors, typing, dimensions);
    some.forEach((span, row) => {
      span.texts = typeTexts;
      span.logits = logits.slice(row * types, (row + 1) * types);
      span.scores = undefined;
    });
  }
}

/** Where texts differ, or that they differ too much to say. */
function differenceOf(
  before: readonly string[],
  now: readonly string[],
): readonly number[] | 'all' {
  if (before.length !== now.length) return 'all';
  const different: number[] = [];
  for (let at = 0; at < now.length; at++) if (before[at] !== now[at]) different.push(at);
  return different.length > fewLabels ? 'all' : different;
}

function productWith(vector: Float32Array, labels: Float32Array, label: number): number {
  const from = label * vector.length;
  let product = 0;
  for (let at = 0; at < vector.length; at++) {
    product += (vector[at] as number) * (labels[from + at] as number);
  }
  return product;
}
