import { z } from 'zod';
import type { Phrase } from '../../core/messages/phrase';

/** A phrase as the program prints it for translation. */
export const phraseSchema: z.ZodType<Phrase> = z.lazy(() =>
  z.object({
    template: z.string(),
    args: z.array(z.union([z.string(), z.number(), phraseSchema])),
  }),
);
