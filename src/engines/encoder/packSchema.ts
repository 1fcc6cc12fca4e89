import { z } from 'zod';

const probability = z.number().min(0).max(1);
const fileName = z.string().regex(/^[\w][\w.-]*$/, 'must be the plain name of a file in the pack');
const join = z.enum(['noisy-or', 'max']);

/** The parts that a span is made of for typing, in the order that the shipped models use. */
export const SPAN_PARTS = ['first', 'last', 'mean', 'sentence', 'left', 'right'] as const;

/** Shapes that {@link shapeOf} tells apart, in its order. */
const SHAPE_NAMES = [
  'special',
  'digits',
  'mixed',
  'punctuation',
  'lower',
  'upper',
  'single capital',
  'capitalised',
  'camel',
  'caseless',
] as const;

/** `pack.json`: what a bi-encoder pack says of itself. Keys that are not named here are allowed. */
export const packSchema = z.object({
  name: z.string().min(1),
  kind: z.literal('bi-encoder', {
    error: 'this version reads packs of the kind "bi-encoder" only',
  }),
  version: z.string().min(1),
  languages: z.array(z.string()).min(1),
  precision: z.string(),
  licence: z.string().min(1),
  /** Ids of a text at most, with [CLS] and [SEP]. */
  window: z.number().int().min(16).max(8192),
  words: z.object({
    pattern: z.string().min(1),
    flags: z.literal('gu'),
    maxPieces: z.number().int().min(1),
  }),
  shapes: z.object({
    id: z.literal('ten-way-1'),
    names: z.tuple(SHAPE_NAMES.map((name) => z.literal(name)) as [z.ZodLiteral<string>]),
  }),
  labelTemplate: z.string().includes('{name}'),
  /** Ids of a label at most, with [CLS] and [SEP]. */
  labelWindow: z.number().int().min(8),
  /** File that maps paths of the taxonomy to label texts. */
  labels: fileName,
  finding: z.object({
    dimensions: z.number().int().min(1),
    bias: z.tuple([z.number(), z.number(), z.number()]),
    /** Words of a span at most. */
    maxSpan: z.number().int().min(1),
    /** Text of the label that means "any type of the taxonomy". */
    mention: z.string().min(1),
    taxonomy: z.object({ labels: z.enum(['coarse', 'mention']), join, threshold: probability }),
    flat: z.object({ join, threshold: probability }),
  }),
  typing: z.object({
    dimensions: z.number().int().min(1),
    spanParts: z.tuple(SPAN_PARTS.map((name) => z.literal(name)) as [z.ZodLiteral<string>]),
    /** Weights of the levels' log probabilities, from the deepest level upwards. */
    mix: z.object({ fine: z.number(), medium: z.number(), coarse: z.number() }),
  }),
  files: z.record(
    fileName,
    z.object({
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      bytes: z.number().int().min(0),
    }),
  ),
});

export type PackManifest = z.infer<typeof packSchema>;

/** `labels.json`: `coarse > medium > fine` (or a shorter path) → label text. */
export const labelTextsSchema = z.record(z.string(), z.string().min(1));
