import type { PassageData } from '../formats/format';
import type { ReviewChange } from './edits';
import type { Authorship } from './passage';
import { reviewOf, withReview } from './review';

/** The passage after a person said something about it; itself where that was said already. */
export function changeReview<T extends PassageData>(
  passage: T,
  change: ReviewChange,
  { annotator, time }: Authorship,
): T {
  const before = reviewOf(passage);
  const { status = before.status, flag = before.flag, comment = before.comment } = change;
  const isSame = status === before.status && flag === before.flag && comment === before.comment;
  if (isSame) return passage;
  const who = annotator === undefined ? {} : { annotator };
  return withReview(passage, { ...before, status, flag, comment, ...who, time });
}
