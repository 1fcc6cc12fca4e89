import type { OverlapPolicy } from '../entity/overlap';
import { WORD_SCORES } from './joinLabels';

/** A span of words: indices, last word *inclusive*, with the probability that it is an entity. */
export interface WordSpan {
  readonly first: number;
  readonly last: number;
  readonly score: number;
}

/**
 * All spans of at most `longest` words whose score reaches `threshold`. `scores` [W,3] are a word's
 * start, inside and end probabilities; a span's score is the least of its start, of every inside
 * (its first and last word too) and of its end. In text order, shorter spans first.
 */
export function findSpans(scores: Float32Array, threshold: number, longest: number): WordSpan[] {
  const words = scores.length / WORD_SCORES;
  const found: WordSpan[] = [];
  for (let first = 0; first < words; first++) {
    const start = scores[first * WORD_SCORES] as number;
    if (!(start >= threshold)) continue;
    let score = start;
    for (let last = first; last < Math.min(words, first + longest); last++) {
      score = Math.min(score, scores[last * WORD_SCORES + 1] as number);
      if (!(score >= threshold)) break;
      const end = scores[last * WORD_SCORES + 2] as number;
      if (end >= threshold) found.push({ first, last, score: Math.min(score, end) });
    }
  }
  return found;
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
