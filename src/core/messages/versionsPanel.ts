import * as z from 'zod/mini';
import type { RequestShape } from './messageHandler';

/** The contract between the panel that compares versions of a data set and the extension. */

const version = z.object({
  name: z.string(),
  metrics: z.object({
    cohesion: z.number(),
    entropy: z.number(),
    gini: z.number(),
    variation: z.number(),
  }),
  /** How often each type is given, the most frequent first. */
  counts: z.array(z.tuple([z.string(), z.number()])),
});

/** A version of a data set with its metrics. */
export type ShownVersion = z.infer<typeof version>;

/** What `dynamic --measure --report json` prints. */
export const versionsSchema = z.array(version);

const versions = { params: z.optional(z.void()), result: versionsSchema };

/** What the page asks the extension: the versions to compare. */
export const askedByVersionsPage = { versions } satisfies Record<
  string,
  RequestShape<unknown, unknown>
>;
