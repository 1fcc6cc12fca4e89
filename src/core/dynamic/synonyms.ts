import { z } from 'zod';
import texts from '../../../media/taxonomies/dynamicner.texts.json';
import { InputError } from '../errors';
import { findSyntaxError } from '../json/syntaxError';
import { foldName } from '../labels/names';
import { phrase } from '../messages/phrase';

/** Other names of types, by their folded names. */
export type SynonymTable = ReadonlyMap<string, readonly string[]>;

const fileSchema = z.record(
  z.string(),
  z.union([
    z.string().min(1),
    z.array(z.string().min(1)),
    z.looseObject({ synonyms: z.array(z.string().min(1)).optional() }),
  ]),
);

/**
 * A file of synonyms: an object with types (names, or paths as `a > b`) as keys, and one name, a list of
 * names, or an object with the key "synonyms" as values.
 * @throws InputError naming the type whose value is none of these.
 */
export function readSynonyms(text: string, source: string): SynonymTable {
  const broken = findSyntaxError(text);
  const mend = phrase`Write {"type": ["synonym", …], …}.`;
  if (broken !== undefined) {
    throw new InputError(phrase`The synonyms are no JSON: ${broken.reason}`, mend, {
      source,
      line: broken.line,
    });
  }
  const read = fileSchema.safeParse(JSON.parse(text));
  if (!read.success) {
    const [issue] = read.error.issues;
    const field = (issue?.path ?? []).join('.');
    throw new InputError(phrase`The value is no list of synonyms`, mend, { source, field });
  }
  return tableOf(read.data);
}

function tableOf(types: z.infer<typeof fileSchema>): SynonymTable {
  const table = new Map<string, string[]>();
  for (const [key, value] of Object.entries(types)) {
    const name = foldName(key.split('>').at(-1) ?? '');
    const own = typeof value === 'string' ? [value] : Array.isArray(value) ? value : value.synonyms;
    const others = (own ?? []).filter((synonym) => foldName(synonym) !== name);
    table.set(name, [...(table.get(name) ?? []), ...others]);
  }
  return table;
}

/** The synonyms of DynamicNER's 194 types. */
export const dynamicNerSynonyms: SynonymTable = tableOf(texts);
