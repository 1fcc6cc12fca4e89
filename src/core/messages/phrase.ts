/** A number or text that stands in a phrase as it is, or a phrase in another. */
export type PhraseArgument = string | number | Phrase;

/**
 * Words for a user that can be translated where they are shown. Plain data, so that it crosses the
 * border of a process; `phraseText` reads it.
 */
export interface Phrase {
  /** The English text; `{0}`, `{1}`, … stand for the arguments. It is what translations are found by. */
  readonly template: string;
  readonly args: readonly PhraseArgument[];
}

/** Whether something that came over a border is a phrase. */
export function isPhrase(value: unknown): value is Phrase {
  if (typeof value !== 'object' || value === null) return false;
  const { template, args } = value as Record<string, unknown>;
  return (
    typeof template === 'string' &&
    Array.isArray(args) &&
    args.every((arg) => ['string', 'number'].includes(typeof arg) || isPhrase(arg))
  );
}

/** Gives a template in the user's language, its places filled. */
export type Translate = (template: string, ...values: (string | number)[]) => string;

/**
 * The phrase of a template literal: phrase`A type under ${where} has no name`. What stands between
 * `${` and `}` is never translated, except another phrase.
 */
export function phrase(parts: TemplateStringsArray, ...args: PhraseArgument[]): Phrase {
  const template = parts.reduce((before, part, index) => `${before}{${index - 1}}${part}`);
  return { template, args };
}

/** The text of a phrase, in English without `translate`. */
export function phraseText({ template, args }: Phrase, translate: Translate = fillPlaces): string {
  const values = args.map((value) =>
    typeof value === 'object' ? phraseText(value, translate) : value,
  );
  return translate(template, ...values);
}

/** The template with its places filled; places without a value stay. */
export function fillPlaces(template: string, ...values: (string | number)[]): string {
  return template.replace(/\{(\d+)\}/gu, (place, index) => String(values[Number(index)] ?? place));
}
