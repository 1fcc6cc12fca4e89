import type { Taxonomy } from '../labels/taxonomy';
import type { Branches } from './branches';
import { healthOf, type AnswerCounts, type DiversityMetrics } from './metrics';
import type { Question } from './question';
import type { SynonymTable } from './synonyms';

/** What a round goes by: the data as it stands before it, and where chance comes from. */
export interface RoundContext {
  readonly metrics: DiversityMetrics;
  readonly counts: AnswerCounts;
  readonly taxonomy: Taxonomy;
  readonly branches: Branches;
  readonly synonyms: SynonymTable;
  /** Whether to do as the published program does, also where the paper says otherwise. */
  readonly published: boolean;
  /** Uniform numbers in [0, 1). */
  readonly next: () => number;
}

/** One of the four rounds of DynamicNER's dynamic categorization. */
export type Round = (questions: readonly Question[], context: RoundContext) => Question[];

/** Probabilities with which the rounds touch a question, or, in the first, an entity. */
export function probabilitiesOf(
  metrics: DiversityMetrics,
  published: boolean,
): readonly [mix: number, synonyms: number, remove: number, rest: number] {
  const { cohesion, entropy, variation } = metrics;
  // The program takes fewer synonyms where the counts spread widely, the paper's appendix B more.
  const manySynonyms = published ? variation <= 2 : variation > 2;
  return [
    cohesion < 0.04 ? 0.6 : 0.4,
    manySynonyms ? 0.4 : 0.2,
    entropy < 0.8 ? 0.24 : 0.3,
    (healthOf(metrics) < 0.4 ? 0.2 : 0.3) * (cohesion < 0.03 ? 0.8 : 1),
  ];
}
