import type { TypePath } from '../entity/entity';

/** What was learned of one label, for one pack. Plain data. */
export interface LabelAdapter {
  readonly path: TypePath;
  /** Spans that it was learned from. */
  readonly examples: number;
  /** [width]: what a span's features add to the logit of the label. */
  readonly weights: readonly number[];
  readonly bias: number;
  /** The pack's own logit counts 1 + scale times. */
  readonly scale: number;
  /** What was learned of the words that its spans are made of; absent where only rejections were met. */
  readonly finder?: LabelFinder;
  /** How well it is told from everything else where it was not learned; see `estimateLabel`. */
  readonly estimate?: AdapterEstimate;
}

/** What is added to the label's finding vectors and biases in the roles start, inside and end. */
export interface LabelFinder {
  /** [3, finding dimensions] */
  readonly weights: readonly number[];
  /** [3] */
  readonly biases: readonly number[];
}

/** Precision, recall and F1 in 0..1 over `spans` spans that were left out in turn. */
export interface AdapterEstimate {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly spans: number;
}

/** What was learned on top of one pack; of no use with another version of it. */
export interface PackAdapters {
  readonly pack: string;
  readonly version: string;
  /** Width of the features. */
  readonly width: number;
  readonly labels: readonly LabelAdapter[];
}

/** What was learned of a label list, for each pack that read examples. */
export interface AdapterSet {
  readonly packs: readonly PackAdapters[];
}

/** What a label was learned from, and how well. */
export type LearnedLabel = Pick<LabelAdapter, 'path' | 'examples' | 'estimate'>;

/** Examples of each label over all packs, with its estimate where there is one, most examples first. */
export function summarizeAdapters(set: AdapterSet): LearnedLabel[] {
  const byPath = new Map<string, LearnedLabel>();
  for (const { path, examples, estimate } of set.packs.flatMap(({ labels }) => labels)) {
    const key = path.join('\n');
    const known = byPath.get(key);
    const better = estimate ?? known?.estimate;
    byPath.set(key, {
      path,
      examples: examples + (known?.examples ?? 0),
      ...(better === undefined ? {} : { estimate: better }),
    });
  }
  return [...byPath.values()].sort((a, b) => b.examples - a.examples);
}

/** Number of examples that a set was learned from. */
export function examplesIn(set: AdapterSet): number {
  return summarizeAdapters(set).reduce((sum, { examples }) => sum + examples, 0);
}
