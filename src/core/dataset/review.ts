import { withoutKeys } from '../withoutKeys';
import type { PassageData } from '../formats/format';

/** What a person decided on a passage as a whole; `open` means nobody has. */
export const passageStatuses = ['open', 'accepted', 'rejected', 'skipped'] as const;
export type PassageStatus = (typeof passageStatuses)[number];

/** What people said about a passage as a whole. */
export interface Review {
  readonly status: PassageStatus;
  readonly flag: boolean;
  /** Empty where there is none. */
  readonly comment: string;
  readonly annotator?: string;
  /** When a person last said something, ISO 8601. */
  readonly time?: string;
}

/** The key of a passage under which files keep its review. */
export const reviewKey = 'review';

const noReview: Review = { status: 'open', flag: false, comment: '' };

/** Prodigy's word for a status. */
const answers = { accepted: 'accept', rejected: 'reject', skipped: 'ignore' } as const;

/** The review that a passage carries: our key, else Prodigy's `answer`. */
export function reviewOf({ extra }: Pick<PassageData, 'extra'>): Review {
  const own = extra?.[reviewKey];
  if (isObject(own)) {
    const { status, flag, comment, annotator, time } = own;
    return {
      status: passageStatuses.find((one) => one === status) ?? 'open',
      flag: flag === true,
      comment: typeof comment === 'string' ? comment : '',
      ...(typeof annotator === 'string' ? { annotator } : {}),
      ...(typeof time === 'string' ? { time } : {}),
    };
  }
  const answer = extra?.['answer'];
  const status = passageStatuses.find((one) => one !== 'open' && answers[one] === answer);
  return status === undefined ? noReview : { ...noReview, status };
}

/** The passage with another review; keys that say nothing are left out, Prodigy's answer follows. */
export function withReview<T extends PassageData>(passage: T, review: Review): T {
  const { [reviewKey]: before, ...extra } = { ...passage.extra };
  const said = {
    ...(review.status === 'open' ? {} : { status: review.status }),
    ...(review.flag ? { flag: true } : {}),
    ...(review.comment === '' ? {} : { comment: review.comment }),
  };
  const isSaid = Object.keys(said).length > 0 || before !== undefined;
  const { annotator, time } = review;
  const who = {
    ...(annotator === undefined ? {} : { annotator }),
    ...(time === undefined ? {} : { time }),
  };
  const answer =
    'answer' in extra && review.status !== 'open' ? { answer: answers[review.status] } : {};
  const next = {
    ...extra,
    ...answer,
    ...(isSaid ? { [reviewKey]: { ...said, ...who } } : {}),
  };
  const rest = withoutKeys(passage, 'extra');
  return (Object.keys(next).length === 0 ? rest : { ...rest, extra: next }) as T;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
