import type { OverlapPolicy } from '../entity/overlap';
import { WORD_SCORES } from './logits';

/** A span of words: indices, last word *inclusive*, and what it is ranked by. */
export interface WordSpan {
  readonly first: number;
  readonly last: number;
  readonly score: number;
}

/**
 * Candidates for entities: of all spans of at most `longest` words whose score reaches `least` the
 * `most` best ones, by falling score (ties: the earlier first word, then the earlier last word).
 * `scores` [W,3] say how well a span starts at, holds, and ends at a word (logits or probabilities);
 * a span's score is the least of its start, of every inside (its first and last word too) and of its end.
 */
export function findCandidates(
  scores: Float64Array,
  { least, longest, most }: { least: number; longest: number; most: number },
): WordSpan[] {
  const words = scores.length / WORD_SCORES;
  const found: WordSpan[] = [];
  for (let first = 0; first < words; first++) {
    const start = scores[first * WORD_SCORES] as number;
    if (!(start >= least)) continue;
    let score = start;
    for (let last = first; last < Math.min(words, first + longest); last++) {
      score = Math.min(score, scores[last * WORD_SCORES + 1] as number);
      if (!(score >= least)) break;
      const end = scores[last * WORD_SCORES + 2] as number;
      if (end >= least) found.push({ first, last, score: Math.min(score, end) });
    }
  }
  // They were found in text order, which a sort keeps among equals.
  return found.sort((a, b) => b.score - a.score).slice(0, most);
}

/** The least of a span's start, of every inside, and of its end, of `scores` [W,3]. */
export function leastOf(scores: Float64Array, first: number, last: number): number {
  let least = Math.min(
    scores[first * WORD_SCORES] as number,
    scores[last * WORD_SCORES + 2] as number,
  );
  for (let word = first; word <= last; word++) {
    least = Math.min(least, scores[word * WORD_SCORES + 1] as number);
  }
  return least;
}

/**
 * The spans that may stand together, in text order: taken greedily by falling score (ties: the
 * earlier first word, then the earlier last word). Spans that touch do not overlap. `flat` and
 * `multi-label` take no overlapping spans, `nested` takes spans that contain one another. The same
 * span (with several types) is taken twice only under `multi-label`.
 */
export function selectSpans<Span extends WordSpan>(
  spans: readonly Span[],
  policy: OverlapPolicy,
): Span[] {
  const falling = [...spans].sort(
    (a, b) => b.score - a.score || a.first - b.first || a.last - b.last,
  );
  const taken = new TakenSpans();
  const selected: Span[] = [];
  for (const span of falling) {
    if (taken.allows(span, policy)) {
      taken.add(span);
      selected.push(span);
    }
  }
  return selected.sort((a, b) => a.first - b.first || b.last - a.last);
}

/** Taken spans by the words that they hold, so that only spans with a shared word are compared. */
class TakenSpans {
  private readonly byWord = new Map<number, WordSpan[]>();

  allows(span: WordSpan, policy: OverlapPolicy): boolean {
    for (let word = span.first; word <= span.last; word++) {
      for (const other of this.byWord.get(word) ?? []) {
        if (!mayShareWords(span, other, policy)) return false;
      }
    }
    return true;
  }

  add(span: WordSpan): void {
    for (let word = span.first; word <= span.last; word++) {
      const spans = this.byWord.get(word);
      if (spans) spans.push(span);
      else this.byWord.set(word, [span]);
    }
  }
}

function mayShareWords(a: WordSpan, b: WordSpan, policy: OverlapPolicy): boolean {
  const isSame = a.first === b.first && a.last === b.last;
  if (policy === 'multi-label') return isSame;
  if (policy === 'flat' || isSame) return false;
  return (a.first <= b.first && a.last >= b.last) || (b.first <= a.first && b.last >= a.last);
}
