import { bestClass, type WordClasses } from './classifyWords';
import { typesOfTags, type Tag } from './tags';

/** An entity that tags make: words (both inclusive), type, mean probability of its words' classes. */
export interface TaggedSpan {
  readonly first: number;
  readonly last: number;
  readonly type: string;
  readonly score: number;
}

/**
 * The entities that the words' likeliest tags make: words next to each other with one type are one
 * entity, unless the later one begins another. An entity need not begin with a beginning tag.
 */
export function readTagSpans(words: WordClasses, tags: readonly Tag[]): TaggedSpan[] {
  const count = words.probabilities.length / words.classes;
  const spans: TaggedSpan[] = [];
  let open: { first: number; type: string; sum: number } | undefined;
  const close = (last: number): void => {
    if (open === undefined) return;
    const { first, type, sum } = open;
    spans.push({ first, last, type, score: sum / (last - first + 1) });
    open = undefined;
  };
  for (let word = 0; word < count; word++) {
    const best = bestClass(words, word);
    const { type, begins } = tags[best] as Tag;
    const score = words.probabilities[word * words.classes + best] as number;
    if (open !== undefined && (type !== open.type || begins)) close(word - 1);
    if (type === undefined) continue;
    open ??= { first: word, type, sum: 0 };
    open.sum += score;
  }
  close(count - 1);
  return spans;
}

/**
 * The types with their shares of the probability that a span has a type at all, best first: the mean over
 * its words, all tags of a type together. The shares sum to 1.
 */
export function rankTagTypes(
  { classes, probabilities }: WordClasses,
  tags: readonly Tag[],
  first: number,
  last: number,
): { readonly type: string; readonly share: number }[] {
  const shares = new Map(typesOfTags(tags).map((type) => [type, 0]));
  let sum = 0;
  for (let word = first; word <= last; word++) {
    tags.forEach(({ type }, index) => {
      if (type === undefined) return;
      const own = probabilities[word * classes + index] as number;
      shares.set(type, (shares.get(type) ?? 0) + own);
      sum += own;
    });
  }
  return [...shares]
    .map(([type, share]) => ({ type, share: sum > 0 ? share / sum : 1 / shares.size }))
    .sort((a, b) => b.share - a.share);
}
