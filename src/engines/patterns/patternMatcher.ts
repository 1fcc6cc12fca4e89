import type { Range } from '../../core/text/range';
import { splitWords } from '../../core/text/words';
import type { Pattern, TokenTest } from './pattern';
import { findWithin } from './regexWithin';

/** A place where a pattern fits: UTF-16 units, end exclusive. */
export interface PatternMatch extends Range {
  readonly label: string;
}

/** A text as tokens, each with its place. */
interface Tokens {
  readonly words: readonly string[];
  readonly ranges: readonly Range[];
}

/**
 * Finds what patterns are about. Phrases are kept by their first word, so that a list of a hundred
 * thousand costs a text hardly more than one of ten.
 */
export class PatternMatcher {
  private readonly phrases = new Map<
    string,
    { readonly label: string; readonly words: string[] }[]
  >();
  private readonly others: readonly Exclude<Pattern, { kind: 'phrase' }>[];

  constructor(patterns: readonly Pattern[]) {
    for (const pattern of patterns) {
      if (pattern.kind !== 'phrase') continue;
      const { words } = tokenise(pattern.phrase);
      const [first] = words;
      if (first === undefined) continue;
      const known = this.phrases.get(first);
      const entry = { label: pattern.label, words };
      if (known === undefined) this.phrases.set(first, [entry]);
      else known.push(entry);
    }
    this.others = patterns.filter((pattern) => pattern.kind !== 'phrase');
  }

  /**
   * All matches, in no order; of a token pattern the longest at each place.
   * @throws InputError when a regular expression takes too long.
   */
  match(text: string): PatternMatch[] {
    const tokens = tokenise(text);
    const { words, ranges } = tokens;
    const found: PatternMatch[] = [];
    const add = (label: string, first: number, count: number): void => {
      const start = ranges[first]?.start;
      const end = ranges[first + count - 1]?.end;
      if (start !== undefined && end !== undefined) found.push({ label, start, end });
    };
    words.forEach((word, at) => {
      for (const { label, words: wanted } of this.phrases.get(word) ?? []) {
        if (wanted.every((one, offset) => words[at + offset] === one))
          add(label, at, wanted.length);
      }
    });
    for (const pattern of this.others) {
      if (pattern.kind === 'regex') {
        found.push(...matchRegex(pattern.regex, pattern.label, text));
        continue;
      }
      for (let at = 0; at < words.length; at++) {
        const count = longestMatch(words, at, pattern.tokens);
        if (count > 0) add(pattern.label, at, count);
      }
    }
    return found;
  }
}

function tokenise(text: string): Tokens & { readonly words: string[] } {
  const ranges = splitWords(text);
  return { ranges, words: ranges.map(({ start, end }) => text.slice(start, end)) };
}

function matchRegex(regex: RegExp, label: string, text: string): PatternMatch[] {
  const found: PatternMatch[] = [];
  for (let from = 0; ;) {
    const next = findWithin(regex, text, from);
    if (next === undefined) return found;
    found.push({ label, ...next });
    from = next.end;
  }
}

/**
 * How many tokens the longest match from `at` takes; 0 without one. Follows all ways at once, so that
 * repeats cost no more than their number of tests for each token.
 */
function longestMatch(words: readonly string[], at: number, tests: readonly TokenTest[]): number {
  // A way is a test and how often it has held.
  let ways = new Map<string, readonly [test: number, count: number]>();
  let longest = 0;
  const enter = (into: typeof ways, test: number, count: number, taken: number): void => {
    const key = `${test} ${count}`;
    if (into.has(key)) return;
    into.set(key, [test, count]);
    const one = tests[test];
    if (one === undefined) longest = Math.max(longest, taken);
    else if (count >= one.least) enter(into, test + 1, 0, taken);
  };
  enter(ways, 0, 0, 0);
  for (let taken = 0; ways.size > 0; taken++) {
    const word = words[at + taken];
    if (word === undefined) break;
    const next: typeof ways = new Map();
    for (const [test, count] of ways.values()) {
      const one = tests[test];
      if (one === undefined || count >= one.most) continue;
      if (one.holds(word) === (one.forbidden !== true)) {
        // Beyond the least number, only whether it may go on counts.
        const counted = one.most === Infinity ? Math.min(count + 1, one.least) : count + 1;
        enter(next, test, counted, taken + 1);
      }
    }
    ways = next;
  }
  return longest;
}
