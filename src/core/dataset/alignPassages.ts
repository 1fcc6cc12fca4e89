import { contentId } from '../labels/contentId';

/** What passages of two versions are told by. */
export interface PassageSign {
  /** Id of the passage in its file. */
  readonly id?: string | undefined;
  readonly text: string;
}

/** Numbers of a passage on both sides, from 0; one alone where the other side has none. */
export interface PassagePair {
  readonly left?: number;
  readonly right?: number;
}

/** Least share of words that two texts must have in common to be versions of one. */
const SIMILAR = 0.5;

/**
 * Sets the passages of two versions side by side, in the order of the left side, each passage once: those
 * of the same text, the first with the first; then those of the same id; then, between passages that are
 * set side by side already, those whose texts are much alike.
 */
export function alignPassages(
  left: readonly PassageSign[],
  right: readonly PassageSign[],
): PassagePair[] {
  const partner = new Int32Array(left.length).fill(-1);
  const taken = new Uint8Array(right.length);
  const pairBy = (keyOf: (sign: PassageSign) => string | undefined): void => {
    const waiting = new Map<string, number[]>();
    right.forEach((sign, number) => {
      const key = taken[number] === 1 ? undefined : keyOf(sign);
      if (key === undefined) return;
      const known = waiting.get(key);
      if (known === undefined) waiting.set(key, [number]);
      else known.push(number);
    });
    for (const numbers of waiting.values()) numbers.reverse();
    left.forEach((sign, number) => {
      const key = partner[number] === -1 ? keyOf(sign) : undefined;
      const other = key === undefined ? undefined : waiting.get(key)?.pop();
      if (other === undefined) return;
      partner[number] = other;
      taken[other] = 1;
    });
  };
  pairBy(({ text }) => contentId(text));
  pairBy(({ id }) => id);
  pairSimilar(left, right, partner, taken);
  return inOrder(partner, taken);
}

/** Pairs what is left over between two pairs, in order, where the texts are alike. */
function pairSimilar(
  left: readonly PassageSign[],
  right: readonly PassageSign[],
  partner: Int32Array,
  taken: Uint8Array,
): void {
  let next = 0;
  left.forEach(({ text }, number) => {
    const known = partner[number] ?? -1;
    if (known >= 0) {
      next = known + 1;
      return;
    }
    for (let other = next; other < right.length && taken[other] === 0; other++) {
      if (shareOfWords(text, right[other]?.text ?? '') < SIMILAR) continue;
      partner[number] = other;
      taken[other] = 1;
      next = other + 1;
      return;
    }
  });
}

/** Words in common over all words, in 0..1. */
function shareOfWords(a: string, b: string): number {
  const words = (text: string): Set<string> => new Set(text.match(/[\p{L}\p{N}]+/gu) ?? []);
  const [one, other] = [words(a), words(b)];
  let common = 0;
  for (const word of one) if (other.has(word)) common++;
  const all = one.size + other.size - common;
  return all === 0 ? 0 : common / all;
}

/** What only the right side has comes behind the passage that it follows there. */
function inOrder(partner: Int32Array, taken: Uint8Array): PassagePair[] {
  const pairs: PassagePair[] = [];
  const given = new Uint8Array(taken.length);
  const giveFollowing = (from: number): void => {
    for (let number = from; number < taken.length && taken[number] === 0; number++) {
      if (given[number] === 1) continue;
      given[number] = 1;
      pairs.push({ right: number });
    }
  };
  giveFollowing(0);
  partner.forEach((right, left) => {
    if (right < 0) pairs.push({ left });
    else {
      pairs.push({ left, right });
      giveFollowing(right + 1);
    }
  });
  return pairs;
}
