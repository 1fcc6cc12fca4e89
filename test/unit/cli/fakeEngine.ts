import type { Engine, ExtractOptions, Passage, PassageResult } from '../../../src/engines/engine';
import { groupPassages } from '../../../src/engines/passages';

/**
 * Finds every capitalised word, as the first leaf type of the labels, or as the label of its name.
 * Groups passages as real engines do; each group takes a turn of the event loop.
 */
export class FakeEngine implements Engine {
  readonly name = 'encoder';
  readonly model = 'fake';
  readonly capabilities = { freeLabels: true, paid: false, remote: false };
  disposed = false;

  async *extract(
    passages: Iterable<Passage> | AsyncIterable<Passage>,
    options: ExtractOptions,
  ): AsyncGenerator<PassageResult, void, undefined> {
    const work = { passages: 0, sentences: 0, encoded: 0, words: 0, seconds: 0.5 };
    const limits = () => ({ passages: 8, units: 10_000 });
    for await (const group of groupPassages(passages, limits, options.signal)) {
      await new Promise((resolve) => setImmediate(resolve));
      for (const passage of group) {
        work.passages++;
        work.words += passage.text.split(/\s+/u).length;
        yield { id: passage.id, entities: findCapitalised(passage.text, options) };
      }
    }
    options.onDone?.(work);
  }

  rankTypes(): Promise<never> {
    return Promise.reject(new Error('The command line ranks no types.'));
  }

  dispose(): Promise<void> {
    this.disposed = true;
    return Promise.resolve();
  }
}

function findCapitalised(text: string, { labels, threshold = 0.5 }: ExtractOptions) {
  const path =
    labels.kind === 'flat'
      ? [labels.labels[0]?.name ?? 'thing']
      : ['person', 'real person', 'scholar'];
  return [...text.matchAll(/\p{Lu}\p{Ll}+/gu)]
    .map(({ index, 0: word }) => ({
      id: `${index}`,
      start: index,
      end: index + word.length,
      path,
      score: Math.min(1, word.length / 10 + 0.123456),
      state: 'suggested' as const,
      source: { engine: 'encoder', model: 'fake' },
    }))
    .filter(({ score }) => score >= threshold);
}
