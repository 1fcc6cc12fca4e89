import { z } from 'zod';
import type { Entity, TypePath } from '../entity/entity';
import { InputError } from '../errors';
import type { PassageData } from '../formats/format';
import { findSyntaxError } from '../json/syntaxError';
import { foldName, foldPath, splitPath } from '../labels/names';
import { phrase } from '../messages/phrase';

const typeSchema = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);
const partSchema = z
  .strictObject({
    /** Mentions, compared without regard to case. */
    mentions: z.array(z.string()).optional(),
    /** A regular expression that the mention matches somewhere. */
    pattern: z.string().optional(),
    to: typeSchema,
  })
  .refine(({ mentions, pattern }) => mentions !== undefined || pattern !== undefined, {
    message: 'needs "mentions" or "pattern"',
  });
const ruleSchema = z
  .strictObject({
    /** Data sets that it is for, `*` for any letters; all when absent. */
    set: z.string().optional(),
    from: typeSchema,
    to: typeSchema.optional(),
    split: z.array(partSchema).optional(),
    remove: z.literal(true).optional(),
    /** Why, for people. */
    note: z.string().optional(),
  })
  .refine(({ to, split, remove }) => to !== undefined || split !== undefined || remove === true, {
    message: 'needs "to", "split" or "remove"',
  });
const fileSchema = z.strictObject({ rules: z.array(ruleSchema) });

export type LabelRule = z.infer<typeof ruleSchema>;

interface ReadyRule {
  readonly set: RegExp | undefined;
  readonly from: TypePath;
  readonly to: TypePath | undefined;
  readonly parts: readonly {
    readonly holds: (mention: string) => boolean;
    readonly to: TypePath;
  }[];
  readonly remove: boolean;
}

/**
 * How the types of data sets are renamed, split by their mentions, and removed: a JSON file
 * `{"rules": [{"set": "conll*", "from": "PER", "to": "person"}, {"from": "location", "split":
 * [{"pattern": "River$", "to": "river"}], "to": "place"}, {"from": "misc", "remove": true}]}`.
 * Of the rules for a type the first counts; a path of the file is written `a > b` or as an array.
 */
export class LabelRules {
  private readonly rules: readonly ReadyRule[];

  /** @throws InputError for a pattern that is no regular expression. */
  constructor(rules: readonly LabelRule[], source?: string) {
    this.rules = rules.map((rule, index) => readyRule(rule, index, source));
  }

  /** Whether a rule is for a data set. */
  isFor(set: string): boolean {
    return this.rules.some((rule) => rule.set?.test(set) ?? true);
  }

  /** The passage with its types by the rules for a data set; the passage itself where none applies. */
  apply<T extends PassageData>(passage: T, set: string): T {
    const entities = passage.entities.flatMap((entity) => {
      const to = this.pathOf(entity, passage.text.slice(entity.start, entity.end), set);
      if (to === undefined) return [entity];
      const { candidates, levelScores, alternatives, ...rest } = entity;
      void [candidates, levelScores, alternatives];
      return to === null ? [] : [{ ...rest, path: to }];
    });
    const isSame =
      entities.length === passage.entities.length &&
      entities.every((entity, at) => entity === passage.entities[at]);
    return isSame ? passage : { ...passage, entities };
  }

  /** The path by the rules: `null` when the entity goes, undefined when it stays as it is. */
  private pathOf({ path }: Entity, mention: string, set: string): TypePath | null | undefined {
    const rule = this.rules.find((one) => (one.set?.test(set) ?? true) && isMeant(path, one.from));
    if (rule === undefined) return undefined;
    const part = rule.parts.find(({ holds }) => holds(mention));
    if (part !== undefined) return part.to;
    return rule.remove ? null : rule.to;
  }
}

/** Reads a file of rules. @throws InputError naming the rule and what is wrong with it. */
export function parseLabelRules(text: string, source: string): LabelRules {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/u, ''));
  } catch {
    const { reason = phrase`a value is missing`, line = 1 } = findSyntaxError(text) ?? {};
    throw new InputError(
      phrase`The rules are no JSON: ${reason}`,
      phrase`Write them as {"rules": [{"from": "…", "to": "…"}]}.`,
      { source, line },
    );
  }
  const read = fileSchema.safeParse(value);
  if (read.success) return new LabelRules(read.data.rules, source);
  const [issue] = read.error.issues;
  throw new InputError(
    phrase`The value does not fit: ${issue?.message ?? ''}`,
    phrase`Write rules as {"from": "…", "to": "…"}, with "split" or "remove" where that is meant.`,
    { source, field: (issue?.path ?? []).join('.') },
  );
}

/** A bare name means the last part of a path, a path its end. */
function isMeant(path: TypePath, from: TypePath): boolean {
  return foldPath(path.slice(-from.length)) === foldPath(from);
}

function readyRule(rule: LabelRule, index: number, source: string | undefined): ReadyRule {
  const parts = (rule.split ?? []).map((part, at) => {
    const mentions = new Set((part.mentions ?? []).map(foldName));
    const pattern =
      part.pattern === undefined
        ? undefined
        : readPattern(part.pattern, `rules.${index}.split.${at}.pattern`, source);
    const holds = (mention: string) =>
      mentions.has(foldName(mention)) || (pattern?.test(mention) ?? false);
    return { holds, to: pathOf(part.to) };
  });
  return {
    set: rule.set === undefined ? undefined : wildcard(rule.set),
    from: pathOf(rule.from),
    to: rule.to === undefined ? undefined : pathOf(rule.to),
    parts,
    remove: rule.remove === true,
  };
}

function pathOf(type: string | readonly string[]): TypePath {
  return typeof type === 'string' ? splitPath(type) : type;
}

function wildcard(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[^\p{L}\p{N}]/gu, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}

function readPattern(pattern: string, field: string, source: string | undefined): RegExp {
  try {
    return new RegExp(pattern, 'iu');
  } catch (error) {
    throw new InputError(
      phrase`“${pattern}” is no regular expression (${(error as Error).message})`,
      phrase`Correct it, or list "mentions" instead.`,
      { field, ...(source === undefined ? {} : { source }) },
    );
  }
}
