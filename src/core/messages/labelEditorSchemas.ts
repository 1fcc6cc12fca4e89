import * as z from 'zod/mini';
import type { TaxonomyEdit } from '../labels/taxonomyFile/taxonomyEdit';
import type { TypeData } from '../labels/taxonomyFile/taxonomyFile';

/** Schemas of types and edits as they cross between the label editor's page and the extension. */

const colour = z.object({
  light: z.string().check(z.regex(/^#[0-9a-f]{6}$/iu)),
  dark: z.string().check(z.regex(/^#[0-9a-f]{6}$/iu)),
});
const probability = z.number().check(z.gte(0), z.lte(1));
const texts = z.array(z.string());

/** A type with everything that a file may say of it, and those below it. */
export const typeData: z.ZodMiniType<TypeData> = z.lazy(() =>
  z.object({
    name: z.string(),
    description: z.exactOptional(z.string()),
    synonyms: z.exactOptional(texts),
    examples: z.exactOptional(texts),
    colour: z.exactOptional(colour),
    enabled: z.exactOptional(z.boolean()),
    threshold: z.exactOptional(probability),
    shortcut: z.exactOptional(z.string()),
    formerly: z.exactOptional(z.array(texts)),
    children: z.exactOptional(z.array(typeData)),
  }),
);

const index = z.number().check(z.int(), z.gte(0));
const typeRef = z.array(z.union([z.string(), index]));
const typeRefs = z.array(typeRef).check(z.minLength(1));

/** `set` with one field; without a value it takes the field away. */
function setting<Field extends string, Value extends z.ZodMiniType>(field: Field, value: Value) {
  return z.object({
    kind: z.literal('set'),
    types: typeRefs,
    field: z.literal(field),
    value: z.optional(value),
  });
}

/** One change of a taxonomy; see {@link TaxonomyEdit}. */
export const taxonomyEdit = z.union([
  z.object({ kind: z.literal('rename'), type: typeRef, name: z.string() }),
  z.object({
    kind: z.literal('add'),
    parent: typeRef,
    index: z.exactOptional(index),
    type: typeData,
  }),
  z.object({ kind: z.literal('remove'), types: typeRefs }),
  z.object({
    kind: z.literal('move'),
    types: typeRefs,
    parent: typeRef,
    index: z.exactOptional(index),
  }),
  z.object({ kind: z.literal('merge'), types: typeRefs, into: typeRef }),
  z.object({
    kind: z.literal('split'),
    type: typeRef,
    names: texts.check(z.minLength(2)),
    into: z.enum(['children', 'siblings']),
  }),
  setting('description', z.string()),
  setting('synonyms', texts),
  setting('examples', texts),
  setting('colour', colour),
  setting('enabled', z.boolean()),
  setting('threshold', probability),
  setting('shortcut', z.string()),
  setting('formerly', z.array(texts)),
  z.object({ kind: z.literal('setLevels'), levels: texts }),
  // The value of `set` is optional here alone: messages lose what is undefined.
]) as unknown as z.ZodMiniType<TaxonomyEdit>;
