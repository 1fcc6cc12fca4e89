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
  /** Which spans are candidates, as the pack alone says. */
  readonly candidates: Float64Array;
  /** Which spans are candidates, where labels that were learned propose some too. */
  readonly proposals: Float64Array;
  /** Against "any span of any type". */
  readonly span: Float64Array;
  /** Against "any type of the taxonomy"; undefined where the scores of the list do without it. */
  readonly mention: Float64Array | undefined;
  /** The least logit of a span against a leaf of the list. */
  readonly leastOfLeaf: (leaf: number, first: number, last: number) => number;
}

/** The spans of a unit that are worth typing, best first; their score is the pack's own logit. */
export function candidatesOf(
  logits: WordLogits,
  { manifest: { finding, candidates } }: EncoderModel,
): WordSpan[] {
  const found = findCandidates(logits.proposals, {
    least: logitOf(candidates.threshold),
    longest: finding.maxSpan,
    most: candidates.most,
  });
  if (logits.proposals === logits.candidates) return found;
  return found.map(({ first, last }) => ({
    first,
    last,
    score: leastOf(logits.candidates, first, last),
  }));
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
  { finders, finderTexts, finderBiases, scoring }: LabelPlan,
  { manifest }: EncoderModel,
): WordLogits {
  const { bias, dimensions } = manifest.finding;
  const columns = finderTexts.length;
  const join = (from: number, to: number, how: 'any' | 'best'): Float64Array =>
    joinLabels(products, columns, { from, to, how }, bias);
  const propose = (candidates: Float64Array): Float64Array =>
    finderBiases === undefined
      ? candidates
      : addProposals(candidates, products, finders, finderBiases);
  if (scoring.kind === 'taxonomy') {
    const candidates = join(0, scoring.top, 'any');
    return {
      candidates,
      proposals: propose(candidates),
      span: join(finders - 1, finders, 'best'),
      mention: join(finders - 2, finders - 1, 'best'),
      leastOfLeaf: () => NaN,
    };
  }
  const afterSpan = scoring.mention ? finders - 1 : finders;
  const span = join(afterSpan - 1, afterSpan, 'best');
  const candidates = scoring.own ? join(0, afterSpan, 'best') : span;
  return {
    candidates,
    proposals: propose(candidates),
    span,
    mention: scoring.mention ? join(afterSpan, finders, 'best') : undefined,
    leastOfLeaf: (leaf, first, last) => {
      // The words were compared with the list's own labels, where those are the finders.
      if (scoring.own) return leastOfColumn(products, columns, leaf, bias, first, last);
      const label = scoring.labels.subarray(leaf * dimensions, (leaf + 1) * dimensions);
      return leastOfLabel(unit, label, bias, first, last);
    },
  };
}

/**
 * The larger of a word's logits and those of learned labels, each of which has a vector of its own for
 * every role: the last columns of the products, after `finders`.
 */
function addProposals(
  candidates: Float64Array,
  products: Float32Array,
  finders: number,
  biases: readonly number[],
): Float64Array {
  const columns = finders + biases.length;
  return candidates.map((candidate, row) => {
    let best = candidate;
    for (let role = row % WORD_SCORES; role < biases.length; role += WORD_SCORES) {
      const logit = (products[row * columns + finders + role] as number) + (biases[role] as number);
      if (logit > best) best = logit;
    }
    return best;
  });
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
