import type { ShownScoredPath, TypeRow } from '../../src/core/messages/datasetPanel';
import type { Range } from '../../src/core/text/range';

/** Number keys there are for the best types. */
export const numberKeys = 9;

/**
 * The best types of the words under the cursor. The engine is asked once for each place, and where
 * it has no answer the types used last, then the first of the list, take its place.
 */
export class Ranking {
  private place = '';
  private asked: Promise<readonly ShownScoredPath[]> = Promise.resolve([]);
  private readonly used: (readonly string[])[] = [];

  /**
   * @param ask Asks the engine.
   * @param types The types of the list.
   * @param onFail Told why the engine has no answer.
   */
  constructor(
    private readonly ask: (id: number, range: Range, limit: number) => Promise<ShownScoredPath[]>,
    private readonly types: () => readonly TypeRow[],
    private readonly onFail: (error: unknown) => void,
  ) {}

  /** The best types for a place, at most as many as there are number keys. */
  best(id: number, range: Range): Promise<readonly ShownScoredPath[]> {
    const place = `${id} ${range.start} ${range.end}`;
    if (place !== this.place) {
      this.place = place;
      this.asked = this.ask(id, range, numberKeys).then(
        (ranked) => this.fill(ranked),
        (error: unknown) => {
          this.onFail(error);
          return this.fill([]);
        },
      );
    }
    return this.asked;
  }

  /** What the engine said may no longer hold: texts or types have changed. */
  forget(): void {
    this.place = '';
  }

  /** A type was given: it comes first where the engine has nothing to say. */
  use(path: readonly string[]): void {
    const key = path.join('\n');
    const before = this.used.findIndex((one) => one.join('\n') === key);
    if (before >= 0) this.used.splice(before, 1);
    this.used.unshift(path);
  }

  private fill(ranked: readonly ShownScoredPath[]): readonly ShownScoredPath[] {
    if (ranked.length > 0) return ranked;
    const leaves = this.types()
      .map(({ path }) => path)
      .filter((path, index, all) => (all[index + 1]?.length ?? 0) <= path.length);
    const seen = new Set<string>();
    return [...this.used, ...leaves]
      .filter((path) => !seen.has(path.join('\n')) && seen.add(path.join('\n')))
      .slice(0, numberKeys)
      .map((path) => ({ path: [...path], score: null }));
  }
}
