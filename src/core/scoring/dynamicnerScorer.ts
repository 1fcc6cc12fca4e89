import type { Entity } from '../entity/entity';
import { pathAtLevel } from '../labels/taxonomy';
import { addCounts, noCounts, scoresOf, type Counts, type Scores } from './counts';

export interface DynamicNerScores {
  /** Mentions alone. */
  readonly extraction: Scores;
  /** Mentions with their type. */
  readonly classification: Scores;
}

/** A text with its entities, offsets in UTF-16 units of that text. */
export interface ScoredPassage {
  readonly text: string;
  readonly entities: readonly Pick<Entity, 'start' | 'end' | 'path' | 'state'>[];
}

/**
 * The score that users of the DynamicNER data set report: for each sentence of both files the *sets*
 * of lower-cased mentions, and of mentions with their bare type name, micro-averaged over the labels
 * of the gold file: predictions of a type that the gold file never has do not count in the second.
 */
export class DynamicNerScorer {
  private extraction = noCounts;
  private readonly byLabel = new Map<string, Counts>();

  /** @param level Level whose names are compared (0 = top); the deepest known when absent. */
  constructor(private readonly options: { readonly level?: number } = {}) {}

  /** Adds a sentence that stands in both files. */
  add(gold: ScoredPassage, predicted: ScoredPassage): void {
    const goldPairs = this.pairsOf(gold);
    const predictedPairs = this.pairsOf(predicted);
    const goldMentions = new Set([...goldPairs.values()].map(({ mention }) => mention));
    const mentions = new Set([...predictedPairs.values()].map(({ mention }) => mention));
    this.extraction = addCounts(this.extraction, {
      correct: [...mentions].filter((mention) => goldMentions.has(mention)).length,
      predicted: mentions.size,
      gold: goldMentions.size,
    });
    for (const [key, { label }] of goldPairs) {
      this.count(label, { correct: predictedPairs.has(key) ? 1 : 0, predicted: 0, gold: 1 });
    }
    for (const { label } of predictedPairs.values()) {
      this.count(label, { correct: 0, predicted: 1, gold: 0 });
    }
  }

  /** The scores of all sentences so far. */
  get scores(): DynamicNerScores {
    const counted = [...this.byLabel.values()].filter(({ gold }) => gold > 0);
    return {
      extraction: scoresOf(this.extraction),
      classification: scoresOf(counted.reduce(addCounts, noCounts)),
    };
  }

  private count(label: string, one: Counts): void {
    this.byLabel.set(label, addCounts(this.byLabel.get(label) ?? noCounts, one));
  }

  private pairsOf({ text, entities }: ScoredPassage) {
    const pairs = new Map<string, { readonly mention: string; readonly label: string }>();
    for (const { start, end, path, state } of entities) {
      if (state === 'rejected') continue;
      const { level } = this.options;
      const mention = text.slice(start, end).toLowerCase();
      const label = (
        (level === undefined ? path : pathAtLevel(path, level)).at(-1) ?? ''
      ).toLowerCase();
      pairs.set(`${mention}\n${label}`, { mention, label });
    }
    return pairs;
  }
}
