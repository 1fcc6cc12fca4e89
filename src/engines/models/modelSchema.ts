import { z } from 'zod';

const count = z.number().int().min(1);

/** A transformer's own configuration, as far as it says how long a text may be. */
const encoderConfigSchema = z.object({
  model_type: z.string().optional(),
  max_position_embeddings: z.number().int().optional(),
  pad_token_id: z.number().int().nullish(),
});

/** `gliner_config.json`, with the library's own defaults. Keys that are not named here are allowed. */
export const glinerConfigSchema = z.object({
  model_type: z.string().nullish(),
  model_name: z.string().optional(),
  span_mode: z.string().default('markerV0'),
  /** Words of a span at most. */
  max_width: count.default(12),
  /** Words of a text at most. */
  max_len: count.default(384),
  /** Labels that the model saw at once in training. */
  max_types: count.default(25),
  subtoken_pooling: z.enum(['first', 'last', 'mean', 'max']).default('first'),
  ent_token: z.string().min(1).default('<<ENT>>'),
  sep_token: z.string().min(1).default('<<SEP>>'),
  labels_encoder: z.string().nullish(),
  labels_decoder: z.string().nullish(),
  relations_layer: z.string().nullish(),
  precomputed_prompts_mode: z.boolean().nullish(),
  encoder_config: encoderConfigSchema.nullish(),
});

export type GlinerConfig = z.infer<typeof glinerConfigSchema>;

/** `config.json` of a token classification model. */
export const classifierConfigSchema = encoderConfigSchema.extend({
  id2label: z.record(z.string().regex(/^\d+$/u, 'must be a number'), z.string().min(1)),
});

/** `tokenizer_config.json`, as far as it says how long a text may be. */
export const tokenizerConfigSchema = z.object({ model_max_length: z.number().optional() });

/**
 * `dynamicner.json`, which a user may put beside a model of others: what its own files do not say.
 * Every key may be left out.
 */
export const modelSettingsSchema = z.strictObject({
  /** Name to show; the folder's when absent. */
  name: z.string().min(1).optional(),
  /** File of the graph, where the folder has several. */
  graph: z.string().min(1).optional(),
  /** Least probability of an entity where nobody says; 0.5 when absent, 0 for token classification. */
  threshold: z.number().min(0).max(1).optional(),
  /**
   * What a word is. `core`: as the model was trained, but Chinese, Japanese and Thai split by dictionary
   * and Korean particles split off. `trained`: exactly as the model was trained.
   */
  words: z.enum(['core', 'trained']).default('core'),
  /** Which token decides on the class of a word; see `classifyWords`. For token classification. */
  aggregation: z.enum(['first', 'average', 'max']).default('first'),
  /** Types that the model's own classes mean, each a path. For token classification. */
  labels: z.record(z.string(), z.array(z.string().min(1)).min(1)).default({}),
  /** Languages of the model. */
  languages: z.array(z.string()).default([]),
});

export type ModelSettings = z.infer<typeof modelSettingsSchema>;

type EncoderConfig = z.infer<typeof encoderConfigSchema>;

/** Where positions are counted from the padding token's id on, the first of them are never used. */
const OFFSET_POSITIONS = /^(?:xlm-)?roberta|camembert|longformer|mpnet/u;
const USUAL = 512;

/**
 * Tokens of a text at most, its special tokens among them: the lesser of what the tokenizer and the
 * encoder say. Tokenizers without a limit say a number beyond all bounds.
 */
export function readPositions(
  encoder: EncoderConfig | null | undefined,
  tokenizer: z.infer<typeof tokenizerConfigSchema>,
): number {
  const offset = OFFSET_POSITIONS.test(encoder?.model_type ?? '')
    ? (encoder?.pad_token_id ?? 1) + 1
    : 0;
  const embedded = encoder?.max_position_embeddings ?? 0;
  const known = [embedded > offset ? embedded - offset : Infinity, tokenizer.model_max_length ?? 0]
    .map(Number)
    .filter((length) => length > 0 && length < 1e6);
  return known.length === 0 ? USUAL : Math.min(...known);
}
