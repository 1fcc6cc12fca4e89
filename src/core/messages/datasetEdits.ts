import * as z from 'zod/mini';
import { passageStatuses } from '../dataset/review';
import type { BulkChange, DatasetEdit } from '../dataset/edits';
import { entityState, typePath } from './datasetShown';

/**
 * The edits that the data-set editor's page asks for, a part of all that a data set knows
 * (`../dataset/edits`); see `datasetPanel.ts`. Each is one step of undo.
 */

const offset = z.number().check(z.int(), z.gte(0));
const id = z.number().check(z.int());
const ids = z.array(id);
const entityIds = z.array(z.string());

const entityChange = z.object({
  start: z.exactOptional(offset),
  end: z.exactOptional(offset),
  path: z.exactOptional(typePath),
  state: z.exactOptional(entityState),
  flag: z.exactOptional(z.boolean()),
  comment: z.exactOptional(z.string()),
});

const reviewChange = z.object({
  status: z.exactOptional(z.enum(passageStatuses)),
  flag: z.exactOptional(z.boolean()),
  comment: z.exactOptional(z.string()),
});

/** The passages that the page shows now are named by `view`: what its filter let through. */
export const editScope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('ids'), ids }),
  z.object({ kind: z.literal('view') }),
]);

export const bulkChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('retype'), from: typePath, to: typePath }),
  z.object({ kind: z.literal('rename'), from: typePath, to: typePath }),
  z.object({ kind: z.literal('removeType'), path: typePath }),
  z.object({
    kind: z.literal('decide'),
    state: z.enum(['accepted', 'rejected']),
    least: z.exactOptional(z.number()),
  }),
  z.object({ kind: z.literal('mark'), mention: z.string(), path: typePath }),
  z.object({
    kind: z.literal('decideMention'),
    mention: z.string(),
    path: z.nullable(typePath),
  }),
]) satisfies z.ZodMiniType<BulkChange>;

export const pageEdit = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('addEntity'),
    id,
    start: offset,
    end: offset,
    path: typePath,
    entityId: z.string(),
  }),
  z.object({ kind: z.literal('changeEntities'), id, entityIds, change: entityChange }),
  z.object({ kind: z.literal('removeEntities'), id, entityIds }),
  z.object({ kind: z.literal('changeText'), id, start: offset, end: offset, text: z.string() }),
  z.object({
    kind: z.literal('insert'),
    after: z.nullable(id),
    passages: z.array(z.object({ text: z.string(), entities: z.tuple([]) })),
  }),
  z.object({ kind: z.literal('remove'), ids }),
  z.object({ kind: z.literal('split'), id, at: offset }),
  z.object({ kind: z.literal('merge'), ids, separator: z.string() }),
  z.object({ kind: z.literal('review'), ids, change: reviewChange }),
]) satisfies z.ZodMiniType<DatasetEdit>;

export type PageEdit = z.infer<typeof pageEdit>;
export type PageBulkChange = z.infer<typeof bulkChange>;
export type PageScope = z.infer<typeof editScope>;
