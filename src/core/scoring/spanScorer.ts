import type { Entity } from '../entity/entity';
import { foldName } from '../labels/names';
import { pathAtLevel } from '../labels/taxonomy';
import type { Range } from '../text/range';
import { splitWords } from '../text/words';
import { addCounts, noCounts, scoresOf, type Counts, type TypeScores } from './counts';
import { groupByFrequency, lengthGroupOf, lengthGroups, typeOf } from './entityGroups';
import { matchOverlapping } from './matchOverlapping';

/**
 * What of an entity must agree. `strict`: span and type. `boundaries`: the span alone. `type`: the
 * type, and some of the span. `partial`: some of the span, which counts half (SemEval 2013, task 9).
 * `token`: single words with their type. `hierarchical`: the span, and of the path each level for
 * itself (Kiritchenko et al. 2006).
 */
export const spanScorerKinds = [
  'strict',
  'boundaries',
  'type',
  'partial',
  'token',
  'hierarchical',
] as const;
export type SpanScorerKind = (typeof spanScorerKinds)[number];

export interface SpanScorerOptions {
  /** Level whose types are compared (0 = top); the whole paths when absent. */
  readonly level?: number;
}

export interface SpanScores extends TypeScores {
  /** By the path's names, joined by ` › `, most frequent in the gold first; none for `boundaries`. */
  readonly perType?: Readonly<Record<string, TypeScores>>;
}

type ScoredEntity = Range & Pick<Entity, 'path' | 'state'>;

/** What is compared: the key that both sides must have, and what it is reported under. */
interface Scored {
  readonly key: string;
  readonly type: string;
  readonly length: string;
}

/**
 * Micro-averaged precision, recall and F1. Passages are added one at a time, so memory grows with the
 * number of types only. An entity listed twice in a passage counts once; rejected entities do not count.
 */
export class SpanScorer {
  private total = noCounts;
  private readonly byType = new Map<string, Counts>();
  private readonly byLength = new Map<string, Counts>();

  constructor(
    readonly kind: SpanScorerKind,
    private readonly options: SpanScorerOptions = {},
  ) {}

  /**
   * Adds a passage and returns its counts. Offsets of both sides are UTF-16 units of `text`, which
   * scores by word and by length look at.
   */
  add(gold: readonly ScoredEntity[], predicted: readonly ScoredEntity[], text = ''): Counts {
    const before = this.total;
    if (this.kind === 'type' || this.kind === 'partial') this.addOverlapping(gold, predicted, text);
    else {
      const golds = new Map(this.scored(gold, text).map((one) => [one.key, one]));
      const predictions = new Map(this.scored(predicted, text).map((one) => [one.key, one]));
      for (const [key, one] of golds) {
        this.count(one, { correct: predictions.has(key) ? 1 : 0, predicted: 0, gold: 1 });
      }
      for (const one of predictions.values()) {
        this.count(one, { correct: 0, predicted: 1, gold: 0 });
      }
    }
    const { correct, predicted: found, gold: right } = this.total;
    return {
      correct: correct - before.correct,
      predicted: found - before.predicted,
      gold: right - before.gold,
    };
  }

  /** The scores of all passages so far. */
  get scores(): SpanScores {
    const all = { ...scoresOf(this.total), support: this.total.gold };
    if (this.kind === 'boundaries' || this.kind === 'partial') return all;
    const types = [...this.byType].sort(([, a], [, b]) => b.gold - a.gold);
    return { ...all, perType: Object.fromEntries(types.map(withSupport)) };
  }

  /** The scores by the number of words of mentions. */
  get perLength(): Readonly<Record<string, TypeScores>> {
    const groups = [...this.byLength].sort(
      ([a], [b]) => lengthGroups.indexOf(a) - lengthGroups.indexOf(b),
    );
    return Object.fromEntries(groups.map(withSupport));
  }

  /** The scores by how frequent types are in the gold. */
  get perFrequency(): Readonly<Record<string, TypeScores>> {
    return groupByFrequency(this.byType);
  }

  private addOverlapping(
    gold: readonly ScoredEntity[],
    predicted: readonly ScoredEntity[],
    text: string,
  ): void {
    const golds = this.distinct(gold);
    const predictions = this.distinct(predicted);
    const matches = matchOverlapping(golds, predictions, (a, b) =>
      this.kind === 'partial' ? true : this.typeOf(a) === this.typeOf(b),
    );
    for (const entity of predictions) {
      this.count(this.groupsOf(entity, text), { correct: 0, predicted: 1, gold: 0 });
    }
    for (const entity of golds) {
      const match = matches.get(entity);
      const isExact = match?.start === entity.start && match.end === entity.end;
      const correct = match === undefined ? 0 : isExact || this.kind === 'type' ? 1 : 0.5;
      this.count(this.groupsOf(entity, text), { correct, predicted: 0, gold: 1 });
    }
  }

  private distinct(entities: readonly ScoredEntity[]): ScoredEntity[] {
    const keyOf = (entity: ScoredEntity) =>
      `${entity.start} ${entity.end}${this.kind === 'partial' ? '' : this.typeOf(entity)}`;
    const standing = entities.filter(({ state }) => state !== 'rejected');
    return [...new Map(standing.map((entity) => [keyOf(entity), entity])).values()];
  }

  private count({ type, length }: Omit<Scored, 'key'>, one: Counts): void {
    this.byType.set(type, addCounts(this.byType.get(type) ?? noCounts, one));
    this.byLength.set(length, addCounts(this.byLength.get(length) ?? noCounts, one));
    this.total = addCounts(this.total, one);
  }

  private typeOf(entity: ScoredEntity): string {
    return typeOf(entity, this.options.level);
  }

  private groupsOf(entity: ScoredEntity, text: string): Omit<Scored, 'key'> {
    return { type: this.typeOf(entity), length: lengthGroupOf(entity, text) };
  }

  private scored(entities: readonly ScoredEntity[], text: string): Scored[] {
    return entities
      .filter(({ state }) => state !== 'rejected')
      .flatMap((entity) => {
        const groups = this.groupsOf(entity, text);
        const { start, end, path } = entity;
        const place = `${start} ${end}`;
        switch (this.kind) {
          case 'token':
            return splitWords(text, { start, end }).map((word) => ({
              ...groups,
              key: `${word.start} ${word.end}\n${groups.type}`,
            }));
          case 'hierarchical':
            return (
              this.options.level === undefined ? path : pathAtLevel(path, this.options.level)
            ).map((_, level, levels) => ({
              ...groups,
              key: `${place}\n${levels
                .slice(0, level + 1)
                .map(foldName)
                .join(' › ')}`,
            }));
          default:
            return [
              { ...groups, key: this.kind === 'strict' ? `${place}\n${groups.type}` : place },
            ];
        }
      });
  }
}

function withSupport([name, counts]: readonly [string, Counts]): [string, TypeScores] {
  return [name, { ...scoresOf(counts), support: counts.gold }];
}
