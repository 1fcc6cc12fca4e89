import { foldName } from '../../core/labels/names';
import type { ChatAnswer } from '../endpoint/chatModel';
import type { TypeOption } from './matchType';

/**
 * Probability that the model gave to what it answered: the product over the tokens of the answer's
 * text, which may stand in more text (a list of one, a sentence). Undefined without log-probabilities.
 */
export function answerProbability({ text, logprobs }: ChatAnswer): number | undefined {
  const tokens = answerTokens(text, logprobs);
  if (tokens === undefined) return undefined;
  const sum = tokens.reduce((total, { logprob }) => total + logprob, 0);
  return Math.min(1, Math.exp(sum));
}

/**
 * Probabilities of the options, as far as the rivals of the answer's first token tell: a rival that
 * begins one option and no other stands for it. By option; 0 where nothing is known.
 */
export function rivalProbabilities(
  { text, logprobs }: ChatAnswer,
  options: readonly TypeOption[],
): number[] {
  const probabilities = options.map(() => 0);
  const [first] = answerTokens(text, logprobs) ?? [];
  for (const { token, logprob } of first?.rivals ?? []) {
    const start = foldName(token.replace(/[^\p{L}\p{N}\p{M}\s]/gu, ''));
    if (start === '') continue;
    const begun = options.flatMap(({ name }, index) =>
      foldName(name).startsWith(start) ? [index] : [],
    );
    const [only] = begun;
    if (begun.length === 1 && only !== undefined) {
      probabilities[only] = Math.min(1, (probabilities[only] ?? 0) + Math.exp(logprob));
    }
  }
  return probabilities;
}

function answerTokens(
  text: string,
  logprobs: ChatAnswer['logprobs'],
): NonNullable<ChatAnswer['logprobs']> | undefined {
  if (logprobs === undefined || logprobs.length === 0) return undefined;
  const whole = logprobs.map(({ token }) => token).join('');
  const wanted = text.trim();
  const from = Math.max(0, whole.lastIndexOf(wanted));
  const to = wanted === '' ? whole.length : from + wanted.length;
  let at = 0;
  const inside = logprobs.filter(({ token }) => {
    const start = at;
    at += token.length;
    return start < to && at > from && token.trim() !== '';
  });
  return inside.length === 0 ? undefined : inside;
}
