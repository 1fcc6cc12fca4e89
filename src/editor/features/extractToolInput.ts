import { z } from 'zod';

/** What language models give the tool `extract_entities`; they read the descriptions. */
export const extractToolSchema = z.strictObject({
  text: z.string().optional().describe('The text to read; give either this or "file".'),
  file: z
    .string()
    .min(1)
    .optional()
    .describe('Path of the file to read, from the workspace folder.'),
  labels: z
    .array(z.string().min(1))
    .min(1)
    .max(1000)
    .optional()
    .describe('Names of the types to look for; without them the label list in force.'),
  threshold: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('Least probability of an entity; without it the engine’s own.'),
});

export type ExtractToolInput = z.output<typeof extractToolSchema>;
