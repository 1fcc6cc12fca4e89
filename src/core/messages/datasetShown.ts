import * as z from 'zod/mini';
import { passageStatuses } from '../dataset/review';

/** What the data-set editor's page shows; see `datasetPanel.ts`. */

const count = z.number().check(z.int(), z.gte(0));

export const typePath = z.array(z.string()).check(z.minLength(1));
export const scoredPath = z.object({ path: typePath, score: z.nullable(z.number()) });
export const entityState = z.enum(['suggested', 'accepted', 'corrected', 'added', 'rejected']);

/** A contributed colour, from 0, or the label list's own colours. */
export const colour = z.union([z.number(), z.object({ light: z.string(), dark: z.string() })]);

/** A span with everything needed to draw and describe it. */
export const shownSpan = z.object({
  id: z.string(),
  start: count,
  end: count,
  path: typePath,
  colour,
  border: z.enum(['solid', 'dashed', 'dotted']),
  state: entityState,
  /** Probability in 0..1; null where nothing gave one. */
  score: z.nullable(z.number()),
  annotator: z.nullable(z.string()),
  /** Engine and model that found it. */
  source: z.nullable(z.string()),
  flag: z.boolean(),
  comment: z.string(),
});

export const shownPassage = z.object({
  /** Stays the same while edits and filters move the passage. */
  id: z.number().check(z.int()),
  /** Its place among all passages, from 0. */
  number: count,
  text: z.string(),
  /** In text order, an outer span before those inside it; rejected ones too. */
  spans: z.array(shownSpan),
  /** What is doubtful about it, as sentences: mentions that its text does not hold, bad fields. */
  problems: z.array(z.string()),
  /** False where the record could not be read: it is kept as it stands in the file. */
  editable: z.boolean(),
  status: z.enum(passageStatuses),
  flag: z.boolean(),
  comment: z.string(),
});

/** A type of the list, or one that only spans have. */
export const typeRow = z.object({
  path: typePath,
  colour,
  description: z.nullable(z.string()),
  synonyms: z.array(z.string()),
});

export const preannotation = z.object({
  /** Passages read, and how many there are to read. */
  done: count,
  total: count,
  /** Spans suggested so far. */
  found: count,
});

export const datasetState = z.object({
  /** The file's name. */
  name: z.string(),
  /** Passages of the data set. */
  total: count,
  /** Passages that the filter lets through. */
  count,
  levels: z.array(z.string()),
  /** Shown level, from 0. */
  level: count,
  /** Least span probability shown, in 0..1; null for the engine's own. */
  threshold: z.nullable(z.number()),
  /** All types in the order of the list, each parent before its children. */
  types: z.array(typeRow),
  /** Name kept with what the user decides; null where the setting is empty. */
  annotator: z.nullable(z.string()),
  /** Null while no engine is at work. */
  preannotation: z.nullable(preannotation),
  /** Keys of the page's commands: name after `dynamicner.dataset.`, title, keys as people read them. */
  commands: z.array(z.object({ name: z.string(), title: z.string(), keys: z.array(z.string()) })),
  /** A sentence on how the file is used where not all is possible, as read-only. */
  note: z.nullable(z.string()),
});

export const datasetStats = z.object({
  passages: count,
  spans: count,
  suggested: count,
  /** Accepted, corrected or added by a person. */
  accepted: count,
  rejected: count,
  /** Spans of each type at its deepest level, rejected ones left out, and those that people accepted. */
  types: z.array(z.object({ path: typePath, count, accepted: count })),
  annotators: z.array(z.string()),
});

export const filter = z.object({
  /** Words of the text, without regard to case; empty for any. */
  text: z.string(),
  /** A span of the type or one below it; null for any. */
  type: z.nullable(typePath),
  state: z.nullable(z.enum(['suggested', 'accepted', 'rejected', 'none'])),
  /** Span scores from and to, in 0..1; null for any. */
  score: z.nullable(z.object({ from: z.number(), to: z.number() })),
  annotator: z.nullable(z.string()),
  /** Flagged, commented or skipped passages or spans; doubtful ones. */
  mark: z.nullable(z.enum(['flagged', 'commented', 'skipped', 'problem'])),
  sort: z.enum(['file', 'uncertainty']),
});

export const findQuestion = z.object({
  text: z.string(),
  matchCase: z.boolean(),
  wholeWord: z.boolean(),
  regex: z.boolean(),
  /** Where to begin, exclusive of a match that starts there. */
  from: z.object({ position: count, offset: z.number().check(z.int()) }),
  backwards: z.boolean(),
});

export const foundPlace = z.object({
  position: count,
  start: count,
  end: count,
});

export type ShownSpan = z.infer<typeof shownSpan>;
export type ShownPassage = z.infer<typeof shownPassage>;
export type TypeRow = z.infer<typeof typeRow>;
export type DatasetState = z.infer<typeof datasetState>;
export type DatasetStats = z.infer<typeof datasetStats>;
export type DatasetFilter = z.infer<typeof filter>;
export type FindQuestion = z.infer<typeof findQuestion>;
export type FoundPlace = z.infer<typeof foundPlace>;
export type ShownScoredPath = z.infer<typeof scoredPath>;
