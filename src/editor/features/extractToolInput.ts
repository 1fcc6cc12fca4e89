import { z } from 'zod';

/** What language models give the tool `extract_entities`: a text or a file, and what to look for. */
export const extractToolSchema = z.strictObject({
  text: z.string().optional(),
  /** Path from the workspace folder. */
  file: z.string().min(1).optional(),
  /** Names of types; the label list in force when absent. */
  labels: z.array(z.string().min(1)).min(1).max(1000).optional(),
  /** Least probability. */
  threshold: z.number().min(0).max(1).optional(),
});

export type ExtractToolInput = z.output<typeof extractToolSchema>;
