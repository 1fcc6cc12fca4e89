import * as z from 'zod/mini';
import { typePath } from './datasetShown';

/** Edits that the data-set editor's page asks for; see `datasetPanel.ts`. Each is one step of undo. */

const offset = z.number().check(z.int(), z.gte(0));
const passage = z.string();
const spans = z.array(z.string());

export const datasetEdit = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('add'), passage, start: offset, end: offset, path: typePath }),
  z.object({ kind: z.literal('retype'), passage, spans, path: typePath }),
  z.object({ kind: z.literal('resize'), passage, span: z.string(), start: offset, end: offset }),
  z.object({
    kind: z.literal('decide'),
    passage,
    spans,
    state: z.enum(['accepted', 'rejected']),
  }),
  z.object({ kind: z.literal('remove'), passage, spans }),
  /** Flags a span or, without one, the passage. */
  z.object({
    kind: z.literal('flag'),
    passage,
    span: z.nullable(z.string()),
    flag: z.boolean(),
  }),
  /** Comments on a span or the passage; an empty comment takes it away. */
  z.object({
    kind: z.literal('comment'),
    passage,
    span: z.nullable(z.string()),
    comment: z.string(),
  }),
  z.object({ kind: z.literal('skip'), passage, skip: z.boolean() }),
  /** Puts `text` in the place of `[start, end)`; the spans shift. */
  z.object({
    kind: z.literal('text'),
    passage,
    start: offset,
    end: offset,
    text: z.string(),
  }),
  /** Puts a passage behind one, or at the beginning. */
  z.object({ kind: z.literal('addPassage'), after: z.nullable(passage), text: z.string() }),
  z.object({ kind: z.literal('deletePassages'), passages: z.array(passage) }),
  z.object({ kind: z.literal('split'), passage, at: offset }),
  /** Joins a passage with the one behind it in the file. */
  z.object({ kind: z.literal('merge'), passage }),
]);

/** Which passages a bulk edit looks at. */
const scope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('passages'), passages: z.array(passage) }),
  /** What the filter shows now. */
  z.object({ kind: z.literal('view') }),
  z.object({ kind: z.literal('all') }),
]);

export const bulkEdit = z.discriminatedUnion('kind', [
  /** Gives spans of a type, and of those below it, another. */
  z.object({ kind: z.literal('retype'), scope, from: typePath, to: typePath }),
  /** The same where the type's own name changes: paths below it keep their ends. */
  z.object({ kind: z.literal('rename'), scope, from: typePath, to: typePath }),
  z.object({ kind: z.literal('acceptAbove'), scope, score: z.number() }),
  /** Gives every other place of a mention, where nothing stands yet, its type. */
  z.object({ kind: z.literal('sameMention'), scope, passage, span: z.string() }),
]);

export type DatasetEdit = z.infer<typeof datasetEdit>;
export type BulkEdit = z.infer<typeof bulkEdit>;
export type EditScope = z.infer<typeof scope>;
