import { pick, pickOne, pickWeighted } from './chance';
import { healthOf } from './metrics';
import { isRest, UNKNOWN, type Question } from './question';
import { LEAST_OPTIONS } from './removeOptions';
import { probabilitiesOf, type Round, type RoundContext } from './round';

/** How probably no, one, two or three options go. */
const REMOVED = { healthy: [0.2, 0.3, 0.3, 0.2], poor: [0.1, 0.2, 0.2, 0.5] };
const HEALTHY = 0.4;
const EVEN = 0.75;

/**
 * Round 4. Of several miscellaneous or other options the first stays, some other options go, and the
 * answer becomes the miscellaneous or other option, `unknown` where there is none. The published program
 * does so to every question that it touches, also where the true option stays in the list; as the
 * paper reads, the true option goes, and only then is another answer right.
 */
export const mergeIntoRest: Round = (questions, context) => {
  const [, , , probability] = probabilitiesOf(context.metrics, context.published);
  return questions.map((question) => {
    if (question.options.length < LEAST_OPTIONS || context.next() >= probability) return question;
    return context.published
      ? mergeAsPublished(question, context)
      : mergeRightly(question, context);
  });
};

function mergeAsPublished(question: Question, context: RoundContext): Question {
  const rest = restOf(question.options, context);
  const options = removeSome(withOneRest(question.options), 0, context);
  return { ...question, options, answer: rest ?? UNKNOWN };
}

function mergeRightly(question: Question, context: RoundContext): Question {
  const { options, answer } = question;
  if (isRest(answer) || answer === UNKNOWN) return question;
  const merged = withOneRest(options).filter((option) => option !== answer);
  if (merged.length < LEAST_OPTIONS) return question;
  const rest = merged.find(isRest);
  return {
    ...question,
    options: removeSome(merged, 1, context),
    answer: rest ?? UNKNOWN,
  };
}

/** The rarest of the options for the rest where the data is healthy and even, else any. */
function restOf(
  options: readonly string[],
  { metrics, counts, next }: RoundContext,
): string | undefined {
  const rests = options.filter(isRest);
  if (healthOf(metrics) < HEALTHY || metrics.entropy < EVEN) return pickOne(rests, next);
  return [...rests].sort((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0))[0];
}

function withOneRest(options: readonly string[]): string[] {
  const first = options.findIndex(isRest);
  return options.filter((option, at) => at === first || !isRest(option));
}

/** Takes 0 to 3 options away, of which some are `gone` already; never below three. */
function removeSome(
  options: readonly string[],
  already: number,
  { metrics, next }: RoundContext,
): string[] {
  const weights = healthOf(metrics) < HEALTHY ? REMOVED.poor : REMOVED.healthy;
  const drawn = pickWeighted(weights, next) - already;
  const most = Math.max(0, options.length - LEAST_OPTIONS);
  const removable = options.filter((option) => !isRest(option));
  const gone = new Set(pick(removable, Math.min(drawn, most), next));
  return options.filter((option) => !gone.has(option));
}
