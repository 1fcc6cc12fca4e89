import * as z from 'zod/mini';
import { shownSpan } from './datasetShown';

/** Two versions of a data set, or two annotators in it, side by side; see `datasetPanel.ts`. */

const count = z.number().check(z.int(), z.gte(0));

export const diffQuestion = z.discriminatedUnion('kind', [
  /** The data set as it is against another file, which the extension asks for. */
  z.object({ kind: z.literal('file') }),
  /** The data set as it is against what was last saved. */
  z.object({ kind: z.literal('saved') }),
  z.object({ kind: z.literal('annotators'), left: z.string(), right: z.string() }),
]);

export const datasetDiff = z.object({
  left: z.string(),
  right: z.string(),
  /** Number of differences. */
  count,
  /** Passages that only one side has. */
  onlyLeft: count,
  onlyRight: count,
});

/** One difference: the spans of both sides at one place. */
export const diffRow = z.object({
  id: count,
  /** Id of the passage. */
  passage: z.number().check(z.int()),
  number: count,
  /** The passage's text, the same on both sides. */
  text: z.string(),
  left: z.nullable(shownSpan),
  right: z.nullable(shownSpan),
  taken: z.nullable(z.enum(['left', 'right', 'both'])),
});

export const takeDiff = z.object({
  ids: z.array(count),
  take: z.enum(['left', 'right', 'both']),
});

export type DatasetDiff = z.infer<typeof datasetDiff>;
export type DiffQuestion = z.infer<typeof diffQuestion>;
export type DiffRow = z.infer<typeof diffRow>;
export type DiffTake = z.infer<typeof takeDiff>;
