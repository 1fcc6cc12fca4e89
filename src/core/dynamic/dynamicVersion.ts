import type { Taxonomy } from '../labels/taxonomy';
import { randomNumbers } from '../random';
import { Branches } from './branches';
import { countAnswers, measureDiversity, type DiversityMetrics } from './metrics';
import type { Question } from './question';
import { rounds } from './rounds';
import { dynamicNerSynonyms, type SynonymTable } from './synonyms';

export interface DynamicOptions {
  /** Numbers of the rounds that are run, 1 to 4, in the order of the rounds. */
  readonly rounds: readonly number[];
  /** Any whole number; decides every choice that is left to chance. */
  readonly seed: number;
  /** Whether to do as the published program does, also where the paper says otherwise. */
  readonly published?: boolean;
  readonly taxonomy: Taxonomy;
  /** DynamicNER's own when absent. */
  readonly synonyms?: SynonymTable;
}

/** What a round made of the data. */
export interface RoundReport {
  readonly round: number;
  readonly before: DiversityMetrics;
  readonly after: DiversityMetrics;
  /** Questions before and after. */
  readonly questions: readonly [before: number, after: number];
}

export interface DynamicVersion {
  readonly questions: readonly Question[];
  readonly reports: readonly RoundReport[];
}

/**
 * Runs rounds of dynamic categorization, each guided by the metrics of the data as it stands before
 * it. The same questions, seed and options give the same version; a round's choices do not depend on
 * which rounds come after it.
 */
export function makeDynamicVersion(
  questions: readonly Question[],
  { rounds: wanted, seed, published = false, taxonomy, synonyms }: DynamicOptions,
): DynamicVersion {
  const branches = new Branches(taxonomy);
  const reports: RoundReport[] = [];
  let current = questions;
  for (const [at, run] of rounds.entries()) {
    const round = at + 1;
    if (!wanted.includes(round)) continue;
    const counts = countAnswers(current.map(({ answer }) => answer));
    const before = measureDiversity(counts, branches);
    const made = run(current, {
      metrics: before,
      counts,
      taxonomy,
      branches,
      synonyms: synonyms ?? dynamicNerSynonyms,
      published,
      next: randomNumbers(Math.imul(seed, 31) + round),
    });
    const after = measureDiversity(countAnswers(made.map(({ answer }) => answer)), branches);
    reports.push({ round, before, after, questions: [current.length, made.length] });
    current = made;
  }
  return { questions: current, reports };
}
