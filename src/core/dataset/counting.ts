import type { EntityState, TypePath } from '../entity/entity';
import { foldPath } from '../labels/names';
import type { PassageData } from '../formats/format';
import type { DatasetCounts, TypeCount } from './counts';
import { reviewOf, type PassageStatus } from './review';

const noStates = (): Record<EntityState, number> => ({
  suggested: 0,
  accepted: 0,
  corrected: 0,
  added: 0,
  rejected: 0,
});

interface OpenTypeCount {
  readonly path: TypePath;
  count: number;
  readonly states: Record<EntityState, number>;
}

/** Counts passages one after the other. */
export class Counting {
  private counted = 0;
  private flagged = 0;
  private bad = 0;
  private entities = 0;
  private readonly statuses: Record<PassageStatus, number> = {
    open: 0,
    accepted: 0,
    rejected: 0,
    skipped: 0,
  };
  private readonly states = noStates();
  private readonly types = new Map<string, OpenTypeCount>();
  private readonly annotators = new Map<string, number>();
  private readonly keys = new Map<string, string>();

  /** Counts a passage, or with -1 takes one back that was counted. */
  add(passage: PassageData, by: 1 | -1 = 1): void {
    this.counted += by;
    const review = reviewOf(passage);
    this.statuses[review.status] += by;
    if (review.flag || passage.entities.some(({ flag }) => flag === true)) this.flagged += by;
    this.addAnnotator(review.annotator, by);
    for (const { path, state, annotator } of passage.entities) {
      this.entities += by;
      this.states[state] += by;
      this.addAnnotator(annotator, by);
      const key = this.keyOf(path);
      let type = this.types.get(key);
      if (type === undefined) {
        type = { path, count: 0, states: noStates() };
        this.types.set(key, type);
      }
      type.count += by;
      type.states[state] += by;
    }
  }

  addBad(): void {
    this.counted++;
    this.bad++;
  }

  /** @param passages How many there are in all. */
  result(passages: number): DatasetCounts {
    const types: TypeCount[] = [...this.types.values()]
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count || (a.path.join('\n') < b.path.join('\n') ? -1 : 1));
    return {
      counted: this.counted,
      passages,
      statuses: { ...this.statuses },
      flagged: this.flagged,
      bad: this.bad,
      entities: this.entities,
      states: { ...this.states },
      types: types.map((type) => ({ ...type, states: { ...type.states } })),
      annotators: [...this.annotators.keys()].sort(),
    };
  }

  private addAnnotator(name: string | undefined, by: 1 | -1): void {
    if (name === undefined) return;
    const count = (this.annotators.get(name) ?? 0) + by;
    if (count > 0) this.annotators.set(name, count);
    else this.annotators.delete(name);
  }

  /** Folding names costs more than all the rest: each spelling is folded once. */
  private keyOf(path: TypePath): string {
    const spelt = path.join('\n');
    let key = this.keys.get(spelt);
    if (key === undefined) {
      key = foldPath(path);
      this.keys.set(spelt, key);
    }
    return key;
  }
}
