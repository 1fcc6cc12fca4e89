import { LruCache } from './encoder/lruCache';
import type { Demonstration } from './prompts/promptProtocol';

/** Chooses the annotated texts that a question about a sentence carries, in the order they are shown. */
export type ChooseDemonstrations = (
  sentence: string,
  signal: AbortSignal,
) => Promise<readonly Demonstration[]>;

/** Sentence vectors [texts, D] of any model; their lengths need not be 1. */
export type EmbedSentences = (
  texts: readonly string[],
  signal: AbortSignal,
) => Promise<readonly Float32Array[]>;

/** Bytes of vectors that are kept: those of some tens of thousands of sentences. */
const mostVectorBytes = 64 * 1024 * 1024;

/** Sentence vectors of one model, kept while engines are put together anew. */
export class SentenceVectors {
  private readonly known = new LruCache<Float32Array>(
    mostVectorBytes,
    ({ byteLength }) => byteLength,
  );

  /** Asks `embed` for those vectors only that are not kept yet. */
  by(embed: EmbedSentences): EmbedSentences {
    return async (texts, signal) => {
      const found = texts.map((text) => this.known.get(text));
      const missing = texts.filter((_, index) => found[index] === undefined);
      const fresh = missing.length === 0 ? [] : await embed(missing, signal);
      missing.forEach((text, index) => this.known.set(text, fresh[index] as Float32Array));
      let next = 0;
      return found.map((vector) => vector ?? (fresh[next++] as Float32Array));
    };
  }
}

/** The first `k` of them, for every sentence. */
export function fixedDemonstrations(
  pool: readonly Demonstration[],
  k: number,
): ChooseDemonstrations {
  const chosen = pool.slice(0, k);
  return () => Promise.resolve(chosen);
}

/**
 * The `k` whose texts are most like the sentence by the cosine of their vectors, the likest last: it
 * stands next to the question. The sentence itself is never among them.
 */
export function nearestDemonstrations(
  pool: readonly Demonstration[],
  k: number,
  embed: EmbedSentences,
): ChooseDemonstrations {
  let vectors: Promise<readonly Float32Array[]> | undefined;
  return async (sentence, signal) => {
    if (pool.length === 0) return [];
    if (vectors === undefined) {
      // Not the caller's signal: others wait for the same vectors.
      vectors = embed(
        pool.map(({ text }) => text),
        new AbortController().signal,
      );
      vectors.catch(() => (vectors = undefined));
    }
    const [known, [own]] = await Promise.all([vectors, embed([sentence], signal)]);
    if (own === undefined) return [];
    return pool
      .map((demonstration, index) => ({
        demonstration,
        score: cosine(own, known[index] ?? own),
      }))
      .filter(({ demonstration }) => demonstration.text !== sentence)
      .sort((a, b) => b.score - a.score)
      .slice(0, k)
      .reverse()
      .map(({ demonstration }) => demonstration);
  };
}

function cosine(a: Float32Array, b: Float32Array): number {
  let dot = 0;
  let lengthA = 0;
  let lengthB = 0;
  for (let at = 0; at < a.length; at++) {
    const x = a[at] as number;
    const y = b[at] ?? 0;
    dot += x * y;
    lengthA += x * x;
    lengthB += y * y;
  }
  const lengths = Math.sqrt(lengthA * lengthB);
  return lengths === 0 ? 0 : dot / lengths;
}
