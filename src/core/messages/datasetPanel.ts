import * as z from 'zod/mini';
import { datasetDiff, diffQuestion, diffRow, takeDiff } from './datasetDiff';
import { bulkChange, editScope, pageEdit } from './datasetEdits';
import type { RequestShape } from './messageHandler';
import {
  datasetState,
  datasetStats,
  filter,
  findQuestion,
  foundPlace,
  scoredPath,
  shownPassage,
  typePath,
} from './datasetShown';

/**
 * The contract between the data-set editor's page and the extension. The page sees a view: the
 * passages that the filter lets through, in its order, numbered by their position from 0. A passage
 * keeps its id while edits and filters move it. Offsets are UTF-16 units of the passage's text, end
 * exclusive.
 */

const nothing = z.optional(z.void());
const count = z.number().check(z.int(), z.gte(0));
const id = z.number().check(z.int());

function shape<Params, Result>(
  params: { parse(value: unknown): Params },
  result: { parse(value: unknown): Result },
): RequestShape<Params, Result> {
  return { params, result };
}

/** What the page asks of the extension. */
export const askedByPage = {
  state: shape(nothing, datasetState),
  /** The passages at positions from `from` to before `to`; fewer where the view ends. */
  passages: shape(z.object({ from: count, to: count }), z.array(shownPassage)),
  /** The position of a passage in the view; null where the filter leaves it out. */
  positionOf: shape(id, z.nullable(count)),
  /** Makes an edit; answers the ids of new passages. */
  edit: shape(pageEdit, z.array(id)),
  /** Makes one edit of many passages; with `preview` it only counts what would change. */
  bulk: shape(
    z.object({ change: bulkChange, scope: editScope, preview: z.boolean() }),
    z.object({ passages: count, entities: count }),
  ),
  /** Shows the passages that a filter lets through, in its order; answers their number. */
  filter: shape(filter, count),
  stats: shape(nothing, datasetStats),
  /** The next place in the view after (or before) one, around its end; null where there is none. */
  find: shape(findQuestion, z.nullable(foundPlace)),
  /** The types for a span, best first. */
  rankTypes: shape(z.object({ id, start: count, end: count, limit: count }), z.array(scoredPath)),
  /**
   * Has the engine suggest spans for these passages, or for all that the filter shows, beginning with
   * one; answers once it has begun.
   */
  preannotate: shape(z.object({ ids: z.nullable(z.array(id)), first: z.nullable(id) }), nothing),
  stopPreannotation: shape(nothing, nothing),
  setLevel: shape(count, nothing),
  setThreshold: shape(z.number().check(z.gt(0), z.lte(1)), nothing),
  /** Adds a type below a parent (an empty path: the top level) for this data set. */
  createType: shape(z.object({ parent: z.array(z.string()), name: z.string() }), typePath),
  /** Tells whether keys are commands: the page has the focus, and no input of it. */
  setKeys: shape(z.boolean(), nothing),
  /** Opens the keyboard shortcuts where the page's keys can be changed. */
  openKeys: shape(nothing, nothing),
  /** Asks the user for the other side and compares; null when the question was dismissed. */
  compare: shape(diffQuestion, z.nullable(datasetDiff)),
  diffRows: shape(z.object({ from: count, to: count }), z.array(diffRow)),
  takeDiff: shape(takeDiff, nothing),
};

/** What the extension asks of the page. */
export const askedByExtension = {
  show: shape(datasetState, nothing),
  /** Passages changed; without any, everything may have. */
  update: shape(
    z.object({
      count,
      passages: z.nullable(z.array(z.object({ position: count, passage: shownPassage }))),
    }),
    nothing,
  ),
  /** Runs one of the page's commands, by its name after `dynamicner.dataset.`. */
  run: shape(z.object({ command: z.string(), argument: z.nullable(z.number()) }), nothing),
  /** Brings a passage into view and makes it the current one, with a span of it selected. */
  reveal: shape(z.object({ position: count, span: z.nullable(z.string()) }), nothing),
};

export type DatasetAskedByPage = typeof askedByPage;
export type DatasetAskedByExtension = typeof askedByExtension;

export type * from './datasetDiff';
export type * from './datasetEdits';
export type * from './datasetShown';
