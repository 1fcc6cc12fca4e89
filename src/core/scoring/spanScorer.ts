import type { Entity } from '../entity/entity';
import { foldName } from '../labels/names';
import { pathAtLevel } from '../labels/taxonomy';
import type { Range } from '../text/range';
import { addCounts, noCounts, scoresOf, type Counts, type Scores } from './counts';

/** What of an entity must agree: its span alone, or span and type. */
export type SpanScorerKind = 'strict' | 'boundaries';

export interface SpanScorerOptions {
  /** Level whose types are compared (0 = top); the whole paths when absent. */
  readonly level?: number;
}

/** Scores of a type with the number of its gold entities. */
export interface TypeScores extends Scores {
  readonly support: number;
}

export interface SpanScores extends TypeScores {
  /** By the path's names, joined by ` › `, most frequent in the gold first; none for `boundaries`. */
  readonly perType?: Readonly<Record<string, TypeScores>>;
}

type ScoredEntity = Range & Pick<Entity, 'path' | 'state'>;

/**
 * Micro-averaged precision, recall and F1 over entities that agree in their exact span (and type).
 * Passages are added one at a time, so memory grows with the number of types only. An entity listed
 * twice in a passage counts once; rejected entities do not count.
 */
export class SpanScorer {
  private total = noCounts;
  private readonly byType = new Map<string, Counts>();

  constructor(
    readonly kind: SpanScorerKind,
    private readonly options: SpanScorerOptions = {},
  ) {}

  /** Adds a passage and returns its counts. Offsets of both sides are in the same unit. */
  add(gold: readonly ScoredEntity[], predicted: readonly ScoredEntity[]): Counts {
    const goldTypes = this.keysOf(gold);
    const predictedTypes = this.keysOf(predicted);
    let counts = noCounts;
    for (const [key, type] of goldTypes) {
      const found = predictedTypes.has(key);
      counts = this.count(type, { correct: found ? 1 : 0, predicted: 0, gold: 1 }, counts);
    }
    for (const type of predictedTypes.values()) {
      counts = this.count(type, { correct: 0, predicted: 1, gold: 0 }, counts);
    }
    this.total = addCounts(this.total, counts);
    return counts;
  }

  /** The scores of all passages so far. */
  get scores(): SpanScores {
    const all = { ...scoresOf(this.total), support: this.total.gold };
    if (this.kind === 'boundaries') return all;
    const types = [...this.byType].sort(([, a], [, b]) => b.gold - a.gold);
    const perType = types.map(
      ([type, counts]) => [type, { ...scoresOf(counts), support: counts.gold }] as const,
    );
    return { ...all, perType: Object.fromEntries(perType) };
  }

  private count(type: string, one: Counts, sum: Counts): Counts {
    this.byType.set(type, addCounts(this.byType.get(type) ?? noCounts, one));
    return addCounts(sum, one);
  }

  /** What must agree, with the type as it is reported. */
  private keysOf(entities: readonly ScoredEntity[]): Map<string, string> {
    const keys = new Map<string, string>();
    for (const { start, end, path, state } of entities) {
      if (state === 'rejected') continue;
      const { level } = this.options;
      const names = (level === undefined ? path : pathAtLevel(path, level)).map(foldName);
      const type = names.join(' › ');
      keys.set(`${start} ${end}${this.kind === 'strict' ? `\n${type}` : ''}`, type);
    }
    return keys;
  }
}
