import type { LabelSpec } from '../../../../src/core/labels/labelSpec';
import type {
  Engine,
  ExtractOptions,
  Passage,
  PassageResult,
} from '../../../../src/engines/engine';

export const labels: LabelSpec = {
  kind: 'taxonomy',
  id: 'test',
  types: [
    { name: 'person', children: [{ name: 'scholar' }, { name: 'politician' }] },
    { name: 'location', children: [{ name: 'city' }, { name: 'country' }] },
  ],
};

export const text = 'Ada met Bo in Rome.';
export const gold = {
  text,
  entities: [
    { start: 0, end: 3, path: ['person', 'scholar'] },
    { start: 8, end: 10, path: ['person', 'politician'] },
    { start: 14, end: 18, path: ['location', 'city'] },
  ],
};

/** An encoder that finds what it is told to, and is always wrong about the types below the top. */
export class ToldEncoder implements Engine {
  readonly name = 'encoder';
  readonly model = 'told';
  readonly capabilities = { freeLabels: true, paid: false, remote: false };
  thresholds: (number | undefined)[] = [];
  disposed = 0;

  constructor(private readonly scores: readonly number[]) {}

  async *extract(
    passages: Iterable<Passage> | AsyncIterable<Passage>,
    { threshold }: ExtractOptions,
  ): AsyncGenerator<PassageResult> {
    this.thresholds.push(threshold);
    for await (const { id } of passages) {
      const entities = gold.entities.map(({ start, end, path: [top = ''] }, index) => ({
        id: String(index),
        start,
        end,
        path: [top, top === 'person' ? 'scholar' : 'country'],
        score: this.scores[index] ?? 0,
        levelScores: [0.9, 0.5],
        state: 'suggested' as const,
      }));
      yield { id, entities: entities.filter(({ score }) => score >= (threshold ?? 0.5)) };
    }
  }

  rankTypes(_: Passage, spans: readonly unknown[]) {
    const ranked = [
      { path: ['person', 'scholar'], score: 0.35 },
      { path: ['location', 'city'], score: 0.33 },
      { path: ['location', 'country'], score: 0.32 },
    ];
    return Promise.resolve(spans.map(() => ranked));
  }

  dispose(): Promise<void> {
    this.disposed++;
    return Promise.resolve();
  }
}
