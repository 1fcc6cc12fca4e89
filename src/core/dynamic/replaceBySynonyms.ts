import { foldName } from '../labels/names';
import { pickOne } from './chance';
import type { Question } from './question';
import { probabilitiesOf, type Round, type RoundContext } from './round';

/**
 * Round 2. Options and answer of a question get other names: those of frequent types where the counts
 * are unequal (Gini above 0.6), else those of rare ones.
 */
export const replaceBySynonyms: Round = (questions, context) => {
  const [, probability] = probabilitiesOf(context.metrics, context.published);
  const replaceable = replaceableOf(context);
  return questions.map((question) =>
    context.next() < probability ? rename(question, replaceable, context) : question,
  );
};

/** Whether a type may be replaced, by how its frequency compares with the median of all. */
function replaceableOf({ counts, metrics }: RoundContext): (option: string) => boolean {
  const ascending = [...counts.values()].sort((a, b) => a - b);
  const half = ascending.length >> 1;
  const upper = ascending[half] ?? 0;
  const median = ascending.length % 2 === 1 ? upper : ((ascending[half - 1] ?? 0) + upper) / 2;
  return (option) => {
    const count = counts.get(option) ?? 0;
    return metrics.gini > 0.6 ? count > median : count < median;
  };
}

function rename(
  question: Question,
  isReplaceable: (option: string) => boolean,
  { synonyms, next }: RoundContext,
): Question {
  const taken = new Set(question.options.map(foldName));
  const renamed = new Map<string, string>();
  for (const option of question.options) {
    if (!isReplaceable(option)) continue;
    // Two options must not become one, nor one two: lists are written with commas.
    const free = (synonyms.get(foldName(option)) ?? []).filter(
      (synonym) => !taken.has(foldName(synonym)) && !synonym.includes(','),
    );
    const synonym = pickOne(free, next);
    if (synonym === undefined) continue;
    taken.add(foldName(synonym));
    renamed.set(option, synonym);
  }
  if (renamed.size === 0) return question;
  return {
    ...question,
    options: question.options.map((option) => renamed.get(option) ?? option),
    answer: renamed.get(question.answer) ?? question.answer,
  };
}
