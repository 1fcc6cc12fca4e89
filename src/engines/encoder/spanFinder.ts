import { findCandidates, leastOf, type WordSpan } from '../../core/decoding/spans';
import { joinLabels, logitOf, WORD_SCORES } from '../../core/decoding/logits';
import type { EncoderModel } from './encoderModel';
import { float16Table } from './float16';
import type { LabelPlan } from './labelPlan';
import type { SpanMemory } from './spanMemory';
import type { TextFeatures } from './textFeatures';
import { compareWords } from './wordProducts';

/** Logits of a unit's words; each [words, 3] or a function that gives those of one span. */
export interface WordLogits {
  /** Which spans are candidates. */
  readonly candidates: Float64Array;
  /** Against "any span of any type". */
  readonly span: Float64Array;
  /** Against "any type of the taxonomy"; only where the list is the pack's taxonomy. */
  readonly mention: Float64Array | undefined;
  /** The least logit of a span against a leaf of the list. */
  readonly leastOfLeaf: (leaf: number, first: number, last: number) => number;
}

/** The spans of a unit that are worth typing, best first; their score is a logit. */
export function candidatesOf(
  logits: WordLogits,
  { manifest: { finding, candidates } }: EncoderModel,
): WordSpan[] {
  return findCandidates(logits.candidates, {
    least: logitOf(candidates.threshold),
    longest: finding.maxSpan,
    most: candidates.most,
  });
}

/**
 * Compares the words of units with the plan's finders: their logits, for each of the features.
 * @param memory What the words said before: they are compared with what is new among the finders alone.
 */
export async function scoreWords(
  model: EncoderModel,
  plan: LabelPlan,
  features: readonly TextFeatures[],
  memory?: SpanMemory,
): Promise<WordLogits[]> {
  const products = await compareWords(model, plan, features, memory);
  return features.map((unit) =>
    logitsOf(unit, products.get(unit) ?? new Float32Array(0), plan, model),
  );
}

function logitsOf(
  unit: TextFeatures,
  products: Float32Array,
  { finders, scoring }: LabelPlan,
  { manifest }: EncoderModel,
): WordLogits {
  const { bias, dimensions } = manifest.finding;
  const join = (from: number, to: number, how: 'any' | 'best'): Float64Array =>
    joinLabels(products, finders, { from, to, how }, bias);
  const span = join(finders - 1, finders, 'best');
  if (scoring.kind === 'taxonomy') {
    return {
      candidates: join(0, scoring.top, 'any'),
      span,
      mention: join(finders - 2, finders - 1, 'best'),
      leastOfLeaf: () => NaN,
    };
  }
  return {
    candidates: scoring.own ? join(0, finders, 'best') : span,
    span,
    mention: undefined,
    leastOfLeaf: (leaf, first, last) => {
      // The words were compared with the list's own labels, where those are the finders.
      if (scoring.own) return leastOfColumn(products, finders, leaf, bias, first, last);
      const label = scoring.labels.subarray(leaf * dimensions, (leaf + 1) * dimensions);
      return leastOfLabel(unit, label, bias, first, last);
    },
  };
}

/** The least of start, every inside and end of a span against one of the labels that its words were compared with. */
function leastOfColumn(
  products: Float32Array,
  labels: number,
  label: number,
  bias: readonly number[],
  first: number,
  last: number,
): number {
  const logits = new Float64Array(WORD_SCORES * (last - first + 1));
  for (let row = 0; row < logits.length; row++) {
    const product = products[(WORD_SCORES * first + row) * labels + label] as number;
    logits[row] = product + (bias[row % WORD_SCORES] ?? 0);
  }
  return leastOf(logits, 0, last - first);
}

/** The least of start, every inside and end of a span against one label, worked out for its words alone. */
function leastOfLabel(
  { finding }: TextFeatures,
  label: Float32Array,
  bias: readonly number[],
  first: number,
  last: number,
): number {
  const values = float16Table();
  const width = label.length;
  const logits = new Float64Array(WORD_SCORES * (last - first + 1));
  for (let row = 0; row < logits.length; row++) {
    const from = (WORD_SCORES * first + row) * width;
    let product = 0;
    for (let at = 0; at < width; at++) {
      product += (values[finding[from + at] as number] as number) * (label[at] as number);
    }
    logits[row] = product + (bias[row % WORD_SCORES] ?? 0);
  }
  return leastOf(logits, 0, last - first);
}
