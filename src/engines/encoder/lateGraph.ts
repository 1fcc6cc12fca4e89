import type { Graph, Tensor } from '../runtime/runtime';

/** A graph without what it says of its tensors. */
export type RunnableGraph = Pick<Graph, 'run' | 'release'>;

/**
 * A graph that is opened when it is first run, of which nothing is known before.
 * Running it throws what `open` throws; the next run tries again.
 */
export function lateGraph(open: () => Promise<Graph>): RunnableGraph {
  let opening: Promise<Graph> | undefined;
  return {
    async run(feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>> {
      const mine = (opening ??= open());
      const graph = await mine.catch((error: unknown) => {
        if (opening === mine) opening = undefined;
        throw error;
      });
      return graph.run(feeds);
    },
    async release(): Promise<void> {
      const graph = await opening?.catch(() => undefined);
      await graph?.release();
    },
  };
}
