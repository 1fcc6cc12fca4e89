import { shuffle } from '../random';
import { pick } from './chance';
import { probabilitiesOf, type Round } from './round';

/** Options that a list keeps at least. */
export const LEAST_OPTIONS = 3;

/** Round 3. Of a list of more than three, the answer and some others stay, in any order. */
export const removeOptions: Round = (questions, { metrics, published, next }) => {
  const [, , probability] = probabilitiesOf(metrics, published);
  return questions.map((question) => {
    const { options, answer } = question;
    if (options.length <= LEAST_OPTIONS || next() >= probability) return question;
    const others = options.filter((option) => option !== answer);
    const kept = options.length - others.length;
    const least = LEAST_OPTIONS - kept;
    const count = least + Math.floor(next() * (others.length - least + 1));
    const some = pick(others, count, next);
    return { ...question, options: shuffle(kept > 0 ? [answer, ...some] : some, next) };
  });
};
