import { foldName } from '../../core/labels/names';

/** A type as it is offered in a question. */
export interface TypeOption {
  readonly name: string;
  readonly synonyms?: readonly string[];
}

/** Which of the options an answer means, that none applies, or that it cannot be told. */
export type MatchedType =
  | { readonly kind: 'option'; readonly index: number }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unclear' };

/** Least share of words that an answer and the option it is taken for have in common. */
const LEAST_OVERLAP = 0.5;

const noneOfThem =
  /^(?:unknown|none|none of (?:them|these|the above)(?: .*)?|not applicable|n a)$/u;

/**
 * Matches an answer to the options: exactly, then without regard to case, punctuation and plurals,
 * then as the longest option named in it, then by the words they share; synonyms count as names.
 */
export function matchType(answer: string, options: readonly TypeOption[]): MatchedType {
  const names = options.flatMap(({ name, synonyms = [] }, index) =>
    [name, ...synonyms].map((text) => ({ text, index })),
  );
  const trimmed = answer.replace(/^\s*<think(?:ing)?>[\s\S]*?<\/think(?:ing)?>/u, '').trim();
  const exact = names.find(({ text }) => text === trimmed);
  if (exact !== undefined) return { kind: 'option', index: exact.index };
  // The first line is the answer, what follows explains it.
  for (const part of [trimmed, trimmed.split('\n', 1)[0] ?? '']) {
    const words = wordsOf(part);
    const said = words.join(' ');
    const alike = names.find(({ text }) => wordsOf(text).join(' ') === said);
    if (alike !== undefined) return { kind: 'option', index: alike.index };
    const folded = foldWords(part).join(' ');
    if (noneOfThem.test(folded)) return { kind: 'unknown' };
  }
  const words = wordsOf(trimmed);
  return namedIn(words, names) ?? nearest(words, names);
}

interface Name {
  readonly text: string;
  readonly index: number;
}

/** The longest name that stands in the answer as whole words; unclear where two of that length do. */
function namedIn(words: readonly string[], names: readonly Name[]): MatchedType | undefined {
  const said = ` ${words.join(' ')} `;
  const inside = names
    .map(({ text, index }) => ({ name: wordsOf(text).join(' '), index }))
    .filter(({ name }) => name !== '' && said.includes(` ${name} `))
    .sort((a, b) => b.name.length - a.name.length);
  const [best] = inside;
  if (best === undefined) return undefined;
  // What stands inside the longest name was not named by itself.
  const others = inside.filter(
    ({ name, index }) => index !== best.index && !` ${best.name} `.includes(` ${name} `),
  );
  return others.length === 0 ? { kind: 'option', index: best.index } : { kind: 'unclear' };
}

function nearest(words: readonly string[], names: readonly Name[]): MatchedType {
  const said = new Set(words);
  const scored = names
    .map(({ text, index }) => ({ score: overlap(said, new Set(wordsOf(text))), index }))
    .sort((a, b) => b.score - a.score);
  const [best, ...others] = scored;
  if (best === undefined || best.score < LEAST_OVERLAP) return { kind: 'unclear' };
  const isTied = others.some(({ score, index }) => score === best.score && index !== best.index);
  return isTied ? { kind: 'unclear' } : { kind: 'option', index: best.index };
}

/** Twice the shared words over the words of both (Dice). */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((word) => b.has(word)).length;
  const all = a.size + b.size;
  return all === 0 ? 0 : (2 * shared) / all;
}

function foldWords(text: string): string[] {
  return foldName(text).match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}

/** Words in lower case, without plural endings; alike for all forms that an answer may have. */
function wordsOf(text: string): string[] {
  return foldWords(text).map((word) =>
    word.length > 3
      ? word.replace(/ies$/u, 'y').replace(/(?<=[sxz]|ch|sh)es$|(?<!s)s$/u, '')
      : word,
  );
}
