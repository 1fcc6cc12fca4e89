import { z } from 'zod';

/**
 * Which engine works, as one object: the setting `dynamicner.engine` of VS Code, the same key in a
 * `--config` file, and what the command line's options are put into. An engine is an extractor plus a
 * classifier; each names who does its work:
 *
 * - `encoder`: the bundled encoder, or the model that the settings name;
 * - `endpoint:NAME`: the profile of that name (`endpoint/profile.ts`);
 * - `vscode:ID`: a language model of VS Code.
 *
 * `combine/openEngine.ts` turns the object into an `Engine`. A protocol other than `cascade` asks the
 * extractor's model for spans and types at once and has no classifier.
 */

/** Who does a piece of work: `encoder`, `endpoint:NAME` or `vscode:ID`. */
const workerSchema = z
  .string()
  .regex(/^(?:encoder|(?:endpoint|vscode):.+)$/u, 'not encoder, endpoint:NAME or vscode:ID');

const probability = z.number().min(0).max(1);
const samples = z.number().int().min(1).max(99);
const temperature = z.number().min(0).max(2);

/** Which demonstrations a question carries: none, the first ones of a file, or the nearest to the sentence. */
export const demonstrationSettingsSchema = z
  .strictObject({
    choose: z.enum(['none', 'fixed', 'nearest']).default('none'),
    /** How many. */
    k: z.number().int().min(1).max(20).default(3),
    /** File of annotated passages they come from; VS Code's accepted annotations when absent. */
    file: z.string().optional(),
  })
  .readonly();

export const extractorSettingsSchema = z
  .strictObject({
    by: workerSchema.default('encoder'),
    /** Model that the endpoint is asked for; that of its profile when absent. */
    model: z.string().min(1).optional(),
    /** Answers asked for each sentence; their spans are united. */
    samples: samples.default(3),
    /** Of the first sample. */
    temperature: temperature.default(0),
    /** Of the samples after the first. */
    sampleTemperature: temperature.default(0.7),
    /** What is asked about at once: a sentence, or a passage as it comes. */
    unit: z.enum(['sentence', 'passage']).default('sentence'),
    /** Most tokens of an answer; three times the question's length when absent. */
    maxTokens: z.number().int().min(1).optional(),
    demonstrations: demonstrationSettingsSchema.prefault({}),
  })
  .readonly();

export const classifierSettingsSchema = z
  .strictObject({
    by: workerSchema.default('encoder'),
    /** Model that the endpoint is asked for; that of its profile when absent. */
    model: z.string().min(1).optional(),
    /** Answers asked for each question; the most frequent one holds. */
    samples: samples.default(1),
    temperature: temperature.default(0),
    sampleTemperature: temperature.default(0.7),
    /** Level by level, or in one step to the deepest level. */
    descent: z.enum(['progressive', 'direct']).default('progressive'),
    /** Whether the question shows the sentence. */
    context: z.boolean().default(true),
    /** Whether the question offers `unknown`, for models that were not trained on it. */
    offerUnknown: z.boolean().default(true),
    /** Where confidence comes from: the share of answers, or log-probabilities of tokens. */
    confidence: z.enum(['votes', 'logprobs']).default('votes'),
    /** Most types in one question; longer lists are asked about in parts. */
    mostTypes: z.number().int().min(2).default(200),
    demonstrations: demonstrationSettingsSchema.prefault({}),
  })
  .readonly();

/** How a prompt protocol asks for spans and types at once; of the extractor its model, unit and demonstrations hold. */
export const promptingSettingsSchema = z
  .strictObject({
    /** Answers asked for each question; their mentions are united. */
    samples: samples.default(1),
    /** Level of the taxonomy that is asked about, 1 = top; the deepest of each branch when absent. */
    level: z.number().int().min(1).optional(),
    /** Whether a label is named by its type, or by its whole path as `person->artist`. */
    naming: z.enum(['names', 'paths']).default('names'),
    /** Whether questions say what labels mean, where the protocol does not say it anyway. */
    descriptions: z.boolean().default(false),
    /** Most labels in one question; the protocol's own when absent. */
    mostTypes: z.number().int().min(1).optional(),
    /** Which occurrences a mention stands for; the protocol's own when absent. */
    occurrences: z.enum(['first', 'all', 'next']).optional(),
    /** Whether each mention is asked about once more, where the protocol does so. */
    verify: z.boolean().default(true),
  })
  .readonly();

/** Protocols that ask one model for spans and types at once (`prompts/protocols.ts`). */
export const promptProtocolNames = [
  'b2ner',
  'universalner',
  'gptner',
  'promptner',
  'instructuie',
  'json',
] as const;

/** Protocols that an endpoint is asked by; `encoder` asks none. */
export const protocolNames = ['encoder', 'cascade', ...promptProtocolNames] as const;

export const engineSettingsSchema = z
  .strictObject({
    protocol: z.enum(protocolNames).default('encoder'),
    extractor: extractorSettingsSchema.prefault({}),
    classifier: classifierSettingsSchema.prefault({}),
    prompting: promptingSettingsSchema.prefault({}),
    /**
     * With the encoder as extractor and an endpoint as classifier: entities scored in [low, high) are
     * asked about, those at or above `high` are taken as they are.
     */
    verify: z
      .strictObject({ low: probability, high: probability })
      .refine(({ low, high }) => low < high, 'low is not below high')
      .optional(),
    /** What one run may spend; unlimited when absent. */
    budget: z
      .strictObject({
        requests: z.number().int().min(0).optional(),
        tokens: z.number().int().min(0).optional(),
      })
      .optional(),
    /** Folder with prompt templates that take the place of the built-in ones. */
    prompts: z.string().optional(),
  })
  .readonly();

export type DemonstrationSettings = z.output<typeof demonstrationSettingsSchema>;
export type ExtractorSettings = z.output<typeof extractorSettingsSchema>;
export type ClassifierSettings = z.output<typeof classifierSettingsSchema>;
export type PromptingSettings = z.output<typeof promptingSettingsSchema>;
/** The settings as they are used: everything that may be left out is filled in. */
export type EngineSettings = z.output<typeof engineSettingsSchema>;
/** The settings as a user writes them. */
export type EngineSetting = z.input<typeof engineSettingsSchema>;

/** Who does a piece of work. */
export type Worker =
  | { readonly kind: 'encoder' }
  | { readonly kind: 'endpoint'; readonly name: string; readonly model?: string }
  | { readonly kind: 'vscode'; readonly id: string };

/** Who does a part of the work, as its settings write it: `encoder`, `endpoint:NAME` or `vscode:ID`. */
export interface WorkerSetting {
  readonly by: string;
  /** Of an endpoint: the model that is asked. */
  readonly model?: string | undefined;
}

/** Reads who works, as the schema has checked it. */
export function readWorker({ by, model }: WorkerSetting): Worker {
  const at = by.indexOf(':');
  const rest = by.slice(at + 1);
  if (at < 0) return { kind: 'encoder' };
  if (!by.startsWith('endpoint:')) return { kind: 'vscode', id: rest };
  return { kind: 'endpoint', name: rest, ...(model === undefined ? {} : { model }) };
}
