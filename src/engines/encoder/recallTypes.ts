import { scoreLeaves, type LeafScores } from '../../core/decoding/types';
import type { EncoderModel } from './encoderModel';
import { columnChange, moveColumns } from './labelColumns';
import type { LabelPlan } from './labelPlan';
import type { LabelAdapters } from './learning/labelAdapters';
import { writeSpanFeatures } from './learning/spanFeatures';
import type { RememberedSpan, SpanMemory } from './spanMemory';
import { encodeInParts, type PlacedSpan } from './spanTyper';
import { textOf } from './textFeatures';

/** Scores that one product may have: 4 bytes each. */
const mostScores = 4_000_000;

/** What typing says of a span, and what was learned adds to it. */
export interface SpanTypes {
  readonly types: LeafScores;
  /** For each learned label, what the span's features add to its logit; absent where none was learned. */
  readonly shifts?: Float32Array;
}

/** The types of each span, among those of the plan and "none". */
export async function recallTypes(
  model: EncoderModel,
  plan: LabelPlan,
  spans: readonly PlacedSpan[],
  memory: SpanMemory,
): Promise<SpanTypes[]> {
  const known = await recallSpans(model, plan, spans, memory);
  const { adapters } = plan;
  if (adapters === undefined) return known.map((span) => ({ types: typesOf(span, plan) }));
  const shifts = await shiftsOf(model, adapters, spans, known);
  return known.map((span, at) => ({
    types: typesOf(span, plan),
    shifts: shifts[at] as Float32Array,
  }));
}

/**
 * Spans compared with the types of the plan. What was met before is remembered: spans are encoded
 * once, and compared only with the labels that they were not compared with before.
 */
export async function recallSpans(
  model: EncoderModel,
  plan: LabelPlan,
  spans: readonly PlacedSpan[],
  memory: SpanMemory,
): Promise<RememberedSpan[]> {
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
        senses: undefined,
        scores: undefined,
      };
      memory.put(span.features, span.first, span.last, made);
      known[at] = made;
    }
  }
  const all = known as RememberedSpan[];
  // Others may bring the same spans up to their labels while this waits.
  while (all.some(({ texts }) => texts !== plan.typeTexts)) await compareAgain(model, plan, all);
  if (plan.known !== undefined) {
    spans.forEach(({ features, first, last }, at) => {
      (all[at] as RememberedSpan).senses ??= model.gazetteer?.sensesOf(
        textOf(features, first, last),
      );
    });
  }
  return all;
}

/** What was learned adds to the logits of each span. */
async function shiftsOf(
  model: EncoderModel,
  { weights, width, biases }: LabelAdapters,
  spans: readonly PlacedSpan[],
  known: readonly RememberedSpan[],
): Promise<Float32Array[]> {
  const atOnce = Math.max(1, Math.floor(mostScores / Math.max(width, biases.length)));
  const shifts: Float32Array[] = [];
  for (let from = 0; from < spans.length; from += atOnce) {
    const some = spans.slice(from, from + atOnce);
    const features = new Float32Array(some.length * width);
    some.forEach((span, row) => {
      const { vector } = known[from + row] as RememberedSpan;
      writeSpanFeatures(span, vector, model.hidden, features, row * width);
    });
    const products = await model.match(features, weights, width);
    some.forEach((_, row) => {
      shifts.push(products.subarray(row * biases.length, (row + 1) * biases.length));
    });
  }
  return shifts;
}

/** What a span says of the types of the plan that it was compared with. */
export function typesOf(span: RememberedSpan, plan: LabelPlan): LeafScores {
  const { layout, temperature, known } = plan;
  const leaves = layout.leaves.length;
  const key = `${leaves} ${temperature} ${known !== undefined}`;
  if (span.scores?.key !== key) {
    const { logits, none } = span;
    const of = scoreLeaves(leaves, logits, none, temperature, raisedByNames(span, known));
    span.scores = { key, of };
  }
  return span.scores.of;
}

/** The logits of a span, raised for the types that its text is known as a name of. */
function raisedByNames(
  { logits, senses = [] }: RememberedSpan,
  known: LabelPlan['known'],
): Float32Array {
  if (known === undefined || senses.length === 0) return logits;
  const raised = logits.slice();
  for (const { type, share } of senses) {
    const column = known.columns[type];
    if (column === undefined) continue;
    (raised[column] as number) += known.weight * Math.log1p(known.sharpness * share);
  }
  return raised;
}

/** Brings the logits of spans that were compared with other labels up to the plan's. */
async function compareAgain(
  model: EncoderModel,
  plan: LabelPlan,
  spans: readonly RememberedSpan[],
): Promise<void> {
  const changes = new Map<readonly string[], ReturnType<typeof columnChange>>();
  const whole = new Set<RememberedSpan>();
  for (const span of spans) {
    let change = changes.get(span.texts);
    if (change === undefined) {
      change = columnChange(span.texts, plan.typeTexts);
      changes.set(span.texts, change);
    }
    if (change === 'all') {
      whole.add(span);
      continue;
    }
    const before = span.texts.length;
    span.texts = plan.typeTexts;
    if (change === 'none') continue;
    span.logits = moveColumns(span.logits, before, change);
    for (const type of change.missing) {
      span.logits[type] = productWith(span.vector, plan.typing, type);
    }
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

function productWith(vector: Float32Array, labels: Float32Array, label: number): number {
  const from = label * vector.length;
  let product = 0;
  for (let at = 0; at < vector.length; at++) {
    product += (vector[at] as number) * (labels[from + at] as number);
  }
  return product;
}
