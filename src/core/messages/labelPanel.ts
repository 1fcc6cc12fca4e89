import * as z from 'zod/mini';
import type { RequestShape } from './messageHandler';

/** The contract between the label panel's page and the extension. */

const nothing = z.void();

const labelRow = z.object({
  /** Place of the type: names from the top level down. */
  path: z.array(z.string()),
  /** Entities of the type, its children's included, in the open documents. */
  count: z.number(),
  /** A contributed colour, from 0, or the label list's own colours. */
  colour: z.union([z.number(), z.object({ light: z.string(), dark: z.string() })]),
});

const labelPanelState = z.object({
  /** Names of the levels, from the top down. */
  levels: z.array(z.string()),
  /** Shown level, from 0. */
  level: z.number(),
  /** Least span probability shown, in 0..1; null for the model's own. */
  threshold: z.nullable(z.number()),
  /** All types in the order of the list, each parent before its children. */
  rows: z.array(labelRow),
});

export type LabelRow = z.infer<typeof labelRow>;
export type LabelPanelState = z.infer<typeof labelPanelState>;

function shape<Params, Result>(
  params: { parse(value: unknown): Params },
  result: { parse(value: unknown): Result },
): RequestShape<Params, Result> {
  return { params, result };
}

/** What the page asks of the extension. */
export const askedByPage = {
  state: shape(z.optional(nothing), labelPanelState),
  setLevel: shape(z.number().check(z.int(), z.gte(0)), z.optional(nothing)),
  setThreshold: shape(z.number().check(z.gt(0), z.lte(1)), z.optional(nothing)),
  /** Moves the editor to the next entity of the type; false when there is none. */
  reveal: shape(z.array(z.string()), z.boolean()),
};

/** What the extension asks of the page. */
export const askedByExtension = {
  show: shape(labelPanelState, z.optional(nothing)),
};
