/**
 * How the classes of a word's tokens become the word's: that of its first token, which is how such models
 * are trained; that of the mean of their probabilities; or that of its surest token.
 */
export type Aggregation = 'first' | 'average' | 'max';

/** Probabilities of words: [words, classes]. */
export interface WordClasses {
  readonly classes: number;
  readonly probabilities: Float32Array;
}

/**
 * Probabilities of the classes of words. `logits` [tokens, classes] are those of the words' tokens one
 * after the other, `pieces` how many tokens each word has.
 */
export function classifyWords(
  logits: Float32Array,
  classes: number,
  pieces: readonly number[],
  aggregation: Aggregation,
): WordClasses {
  const tokens = softmaxRows(logits, classes);
  const words = new Float32Array(pieces.length * classes);
  let token = 0;
  pieces.forEach((count, word) => {
    const own = tokens.subarray(token * classes, (token + count) * classes);
    words.set(joinTokens(own, classes, aggregation), word * classes);
    token += count;
  });
  return { classes, probabilities: words };
}

/** Index of the likeliest class of a word; the earlier one if two are equal. */
export function bestClass({ classes, probabilities }: WordClasses, word: number): number {
  let best = 0;
  for (let index = 1; index < classes; index++) {
    const own = probabilities[word * classes + index] as number;
    if (own > (probabilities[word * classes + best] as number)) best = index;
  }
  return best;
}

function joinTokens(tokens: Float32Array, classes: number, how: Aggregation): Float32Array {
  if (how === 'first') return tokens.subarray(0, classes);
  const count = tokens.length / classes;
  if (how === 'average') {
    return Float32Array.from({ length: classes }, (_, index) => {
      let sum = 0;
      for (let token = 0; token < count; token++) sum += tokens[token * classes + index] as number;
      return sum / count;
    });
  }
  let surest = 0;
  let most = -Infinity;
  tokens.forEach((probability, at) => {
    if (probability > most) {
      most = probability;
      surest = Math.floor(at / classes);
    }
  });
  return tokens.subarray(surest * classes, (surest + 1) * classes);
}

function softmaxRows(logits: Float32Array, classes: number): Float32Array {
  const shares = new Float32Array(logits.length);
  for (let from = 0; from < logits.length; from += classes) {
    let most = -Infinity;
    for (let at = from; at < from + classes; at++) most = Math.max(most, logits[at] as number);
    let sum = 0;
    for (let at = from; at < from + classes; at++) {
      sum += shares[at] = Math.exp((logits[at] as number) - most);
    }
    for (let at = from; at < from + classes; at++) (shares[at] as number) /= sum;
  }
  return shares;
}
