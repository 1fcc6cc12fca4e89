import { parentsAmong } from './branches';
import { pick } from './chance';
import type { Question } from './question';
import { probabilitiesOf, type Round, type RoundContext } from './round';

/** Medium types that come along with the answer, at most. */
const COMPANIONS = 2;

/**
 * Round 1. Of an entity with three questions the first two become one: the coarse list, the medium
 * answer, and up to two other medium options, without those that are the parent of another option.
 * The question about the fine type stays.
 */
export const mixGranularities: Round = (questions, context) => {
  const [probability] = probabilitiesOf(context.metrics, context.published);
  const mixed: Question[] = [];
  for (let at = 0; at < questions.length;) {
    const { entity } = questions[at] as Question;
    let end = at;
    while (questions[end]?.entity === entity) end++;
    const own = questions.slice(at, end);
    const [coarse, medium, fine] = own;
    if (own.length === 3 && coarse && medium && fine && context.next() < probability) {
      mixed.push(merge(coarse, medium, context), fine);
    } else mixed.push(...own);
    at = end;
  }
  return mixed;
};

function merge(
  coarse: Question,
  { answer, options: mediumOptions, entity }: Question,
  { branches, taxonomy, next }: RoundContext,
): Question {
  const others = mediumOptions.filter((option) => option !== answer);
  const isNear = (option: string) =>
    branches.share(option, answer) || branches.adjoin(option, answer);
  const near = pick(others.filter(isNear), COMPANIONS, next);
  const any = pick(
    others.filter((option) => !isNear(option)),
    COMPANIONS - near.length,
    next,
  );
  const all = [...new Set([...coarse.options, answer, ...near, ...any])];
  const parents = parentsAmong(all, taxonomy);
  // The answer stays, whatever stands below another type of its name.
  const options = all.filter((option) => option === answer || !parents.has(option)).sort(byName);
  return { entity, options, answer };
}

function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
