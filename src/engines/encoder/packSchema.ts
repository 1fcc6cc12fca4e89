import { z } from 'zod';

const probability = z.number().min(0).max(1);
const fileName = z.string().regex(/^[\w][\w.-]*$/, 'must be the plain name of a file in the pack');
const weight = z.number();
/** How features of a span become a probability: the sigmoid of their weighted sum, and the least one. */
const scoring = z.object({
  weights: z.tuple([weight, weight, weight, weight]),
  bias: z.number(),
  threshold: probability,
});
/** The fifth feature, which older packs do without, is that of the label "any type of the taxonomy". */
const flatScoring = scoring.extend({
  weights: z.union([scoring.shape.weights, z.tuple([weight, weight, weight, weight, weight])]),
});

/** Raised with every change that an older program would misunderstand. */
export const PACK_FORMAT = 2;

/** The parts that a span is made of for typing, in the order that the shipped models use. */
export const SPAN_PARTS = ['first', 'last', 'mean', 'sentence', 'left', 'right'] as const;

/** Shapes that {@link shapeOf} tells apart, in its order. */
const TEN_SHAPES = [
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

/** With `eleven-way-1`, a word without case that begins a run of such words has a shape of its own. */
const ELEVEN_SHAPES = [...TEN_SHAPES, 'caseless first'] as const;

/** `pack.json`: what a bi-encoder pack says of itself. Keys that are not named here are allowed. */
export const packSchema = z.object({
  format: z.literal(PACK_FORMAT, {
    error: `this version reads packs of format ${PACK_FORMAT} only`,
  }),
  name: z.string().min(1),
  kind: z.literal('bi-encoder', {
    error: 'this version reads packs of the kind "bi-encoder" only',
  }),
  version: z.string().min(1),
  languages: z.array(z.string()).min(1),
  precision: z.string(),
  licence: z.string().min(1),
  /** A pack in a folder beside this one whose label graph is used. */
  base: z.object({ name: fileName, version: z.string().min(1) }).optional(),
  /** Ids of a text at most, with [CLS] and [SEP]. */
  window: z.number().int().min(16).max(8192),
  words: z.object({
    pattern: z.string().min(1),
    flags: z.literal('gu'),
    maxPieces: z.number().int().min(1),
    /** What a word is taken apart into where the vocabulary does not have its pieces. */
    fallback: z.literal('bytes').optional(),
  }),
  shapes: z.discriminatedUnion('id', [
    z.object({ id: z.literal('ten-way-1'), names: literals(TEN_SHAPES) }),
    z.object({ id: z.literal('eleven-way-1'), names: literals(ELEVEN_SHAPES) }),
  ]),
  /** Words of scripts without spaces, that the vocabulary has as this prefix and the word. */
  lexicon: z
    .object({ prefix: z.string().min(1), longest: z.number().int().min(2).max(64) })
    .optional(),
  /** Tokenizer of the label texts; `tokenizer.json` when absent. */
  labelTokenizer: fileName.optional(),
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
    /** Text of the label that means "any span of any type". */
    span: z.string().min(1),
  }),
  /** Which spans are typed and scored at all. */
  candidates: z.object({
    threshold: probability,
    /** Of a sentence at most. */
    most: z.number().int().min(1),
    /** Flat lists of at most so many labels help to find candidates. */
    ownLabels: z.number().int().min(0),
  }),
  typing: z.object({
    dimensions: z.number().int().min(1),
    spanParts: literals(SPAN_PARTS),
    /** What the logits of the taxonomy's types are divided by. */
    temperature: z.number().positive(),
  }),
  /** Names that the pack knows, and how much that says of a span's type in the taxonomy. */
  gazetteer: z
    .object({ file: fileName, weight: z.number().min(0), sharpness: z.number().positive() })
    .optional(),
  scores: z.object({ taxonomy: scoring, flat: flatScoring }),
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

function literals(names: readonly string[]): z.ZodTuple<[z.ZodLiteral<string>]> {
  return z.tuple(names.map((name) => z.literal(name)) as [z.ZodLiteral<string>]);
}
