import * as z from 'zod/mini';
import { taxonomyEdit, typeData } from './labelEditorSchemas';
import type { RequestShape } from './messageHandler';

/** The contract between the label editor's page and the extension. */

const nothing = z.optional(z.void());
const path = z.array(z.string());
const place = z.array(z.number());

const problem = z.object({
  /** What kind it is, the same in every version. */
  kind: z.string(),
  severity: z.enum(['error', 'warning', 'information']),
  /** What is wrong and how to mend it, whole sentences. */
  message: z.string(),
  /** The type that it is about, by index on each level; absent where it is about the file. */
  place: z.exactOptional(place),
  fixes: z.array(z.object({ title: z.string(), edit: taxonomyEdit })),
});

/** Why nothing can be edited. */
const readOnly = z.union([
  z.object({ why: z.literal('built-in') }),
  /** The file cannot be read; the types are those of when it last could. */
  z.object({
    why: z.literal('broken'),
    message: z.string(),
    line: z.number(),
    column: z.number(),
  }),
]);

const labelEditorState = z.object({
  /** What the list is called. */
  title: z.string(),
  /** Version of the document that the places of types refer to. */
  version: z.number(),
  /** How often the file's changes were thrown away, by “Revert File”. */
  reverts: z.number(),
  readOnly: z.nullable(readOnly),
  /** Names of the levels that the file gives, top level first. */
  levels: z.array(z.string()),
  types: z.array(typeData),
  /** What types are called in VS Code's language, where another name is known: by names joined by “ > ”, lower case. */
  displayNames: z.record(z.string(), z.string()),
  problems: z.array(problem),
});

const learnedEstimate = z.object({
  precision: z.number(),
  recall: z.number(),
  f1: z.number(),
  spans: z.number(),
});

const liveState = z.object({
  /** Open documents that the list is in force for. */
  documents: z.number(),
  /** Entities of each type in them, those of the types below included: by names joined by line breaks. */
  counts: z.record(z.string(), z.number()),
  /** From how many examples types were learned, and how well (0..1) where that could be estimated; by the same keys. */
  learned: z.record(
    z.string(),
    z.object({ examples: z.number(), estimate: z.nullable(learnedEstimate) }),
  ),
  /** Types that only entities have. */
  others: z.array(z.object({ path, count: z.number() })),
  /** Whether the engine reads another list without reading the text again. */
  freeLabels: z.boolean(),
  /** Documents whose entities are of another list than the one shown. */
  stale: z.number(),
  /** What reading them again asks of an endpoint, at most; null where no endpoint is asked. */
  requests: z.nullable(z.number()),
  /** Whether documents are being read. */
  busy: z.boolean(),
  /** What the last change of the list took: texts encoded, and milliseconds; null before the first. */
  last: z.nullable(z.object({ encoded: z.number(), milliseconds: z.number() })),
  /** Least probability in force for types without one of their own; null for the model’s own. */
  threshold: z.nullable(z.number()),
  /** Level that entities are shown at, from 0, and what the levels are called, top level first. */
  level: z.number(),
  levelNames: z.array(z.string()),
  /** The contributed colour of each top-level type, from 0, in their order. */
  slots: z.array(z.number()),
});

const triedText = z.object({
  /** Spans in text order, UTF-16 units, end exclusive. */
  spans: z.array(
    z.object({ start: z.number(), end: z.number(), path, score: z.nullable(z.number()) }),
  ),
  /** Why there are none; empty where there is nothing to say. */
  problem: z.string(),
});

const editAnswer = z.union([
  z.object({ outcome: z.literal('done') }),
  /** The document is at another version: its state is on the way. */
  z.object({ outcome: z.literal('stale') }),
  /** The user gave it up when asked what else is to change. */
  z.object({ outcome: z.literal('dismissed') }),
  z.object({ outcome: z.literal('refused'), message: z.string() }),
]);

/** Where the keyboard’s focus is: what contributed keys are for. */
export const focusPlaces = ['tree', 'input', 'page', 'none'] as const;

/** What contributed commands ask of the page. */
export const pageCommands = [
  'rename',
  'addChild',
  'addSibling',
  'delete',
  'toggleEnabled',
  'moveUp',
  'moveDown',
  'moveIn',
  'moveOut',
  'merge',
  'split',
  'copy',
  'cut',
  'paste',
  'selectAll',
  'find',
  'findNext',
  'findPrevious',
  'expandLevel',
  'expandAll',
  'collapseAll',
  'showDetails',
  'nextProblem',
  'previousProblem',
  'tryText',
] as const;

export type LabelProblem = z.infer<typeof problem>;
export type LabelEditorState = z.infer<typeof labelEditorState>;
export type LiveState = z.infer<typeof liveState>;
export type EditAnswer = z.infer<typeof editAnswer>;
export type TriedText = z.infer<typeof triedText>;
export type FocusPlace = (typeof focusPlaces)[number];
export type PageCommand = (typeof pageCommands)[number];

function shape<Params, Result>(
  params: { parse(value: unknown): Params },
  result: { parse(value: unknown): Result },
): RequestShape<Params, Result> {
  return { params, result };
}

/** What the page asks of the extension. */
export const askedByPage = {
  state: shape(nothing, labelEditorState),
  live: shape(nothing, liveState),
  /**
   * Changes the document, once: one edit after the other, as one step. `version` is that of the state
   * that the places of the first refer to.
   */
  edit: shape(
    z.object({ version: z.number(), edits: z.array(taxonomyEdit).check(z.minLength(1)) }),
    editAnswer,
  ),
  /** Shows a change in the open documents and leaves the file alone; null ends that. */
  preview: shape(z.nullable(z.object({ version: z.number(), edit: taxonomyEdit })), nothing),
  /** Moves an editor to the next entity of the type; false when there is none. */
  reveal: shape(path, z.boolean()),
  /** Spans of a text under the list as it is shown, a preview included. */
  tryText: shape(z.string(), triedText),
  /** Reads the stale documents again. */
  reextract: shape(nothing, nothing),
  /** Where the focus is, and whether the selection can be edited. */
  focus: shape(z.enum(focusPlaces), nothing),
  /** Opens the file as text, at the error where there is one. */
  reopenAsText: shape(nothing, nothing),
  /** Makes the built-in list a file of the user's and opens that. */
  makeCopy: shape(nothing, nothing),
  exportAnnotations: shape(nothing, nothing),
  /** Makes this list the one in force. */
  useList: shape(nothing, nothing),
  setLevel: shape(z.number().check(z.int(), z.gte(0)), nothing),
  setThreshold: shape(z.number().check(z.gt(0), z.lte(1)), nothing),
  writeClipboard: shape(z.string(), nothing),
  readClipboard: shape(nothing, z.string()),
  /** The names that a type is divided into; null when the user changed their mind. */
  askSplit: shape(
    path,
    z.nullable(z.object({ names: z.array(z.string()), into: z.enum(['children', 'siblings']) })),
  ),
  /** Which of the types the others join, by number; null when the user changed their mind. */
  askMerge: shape(z.array(path), z.nullable(z.number())),
};

/** What the extension asks of the page. */
export const askedByExtension = {
  show: shape(labelEditorState, nothing),
  /** The problems of the state of a version are others. */
  showProblems: shape(z.object({ version: z.number(), problems: z.array(problem) }), nothing),
  showLive: shape(liveState, nothing),
  /** Does what a contributed command says; `argument` is a level, from 1, for `expandLevel`. */
  command: shape(
    z.object({ name: z.enum(pageCommands), argument: z.exactOptional(z.number()) }),
    nothing,
  ),
};
