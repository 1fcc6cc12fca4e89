import type { Entity, TypePath } from '../entity/entity';
import { InputError } from '../errors';
import type { PassageData } from '../formats/format';
import { foldName } from '../labels/names';
import { phrase } from '../messages/phrase';
import type { Range } from '../text/range';
import type { EntityQuery, PassageQuery, TextQuery } from './query';
import { reviewOf } from './review';

/** What a query is asked about. */
export interface PassageFacts {
  readonly passage: PassageData;
  readonly hasProblems: boolean;
  readonly isEdited: boolean;
}

/**
 * The expression of a text query, with the flag `g`.
 * @throws InputError when it is a regular expression that is not valid.
 */
export function textPattern({ find, isRegex, matchCase, wholeWord }: TextQuery): RegExp {
  const source = isRegex === true ? find : find.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
  const bounded =
    wholeWord === true ? `(?<![\\p{L}\\p{N}_])(?:${source})(?![\\p{L}\\p{N}_])` : source;
  try {
    return new RegExp(bounded, matchCase === true ? 'gu' : 'giu');
  } catch (error) {
    throw new InputError(
      phrase`The regular expression is not valid (${error instanceof Error ? error.message : ''})`,
      phrase`Correct it, or search for plain text.`,
    );
  }
}

/** Where a pattern occurs in a text at or after an offset, or, backwards, the last one before it. */
export type FindText = (pattern: RegExp, text: string, from: number) => Range | undefined;

/** The next occurrence that is not empty. */
export const findText: FindText = (pattern, text, from) => {
  pattern.lastIndex = from;
  for (;;) {
    const found = pattern.exec(text);
    if (found === null) return undefined;
    if (found[0] !== '') return { start: found.index, end: found.index + found[0].length };
    pattern.lastIndex++;
  }
};

/**
 * Whether a passage is what a query looks for.
 * @param search How text is searched; a caller may put a limit on its time.
 * @throws InputError when the query's regular expression is not valid.
 */
export function compileQuery(
  query: PassageQuery,
  search: FindText = findText,
): (facts: PassageFacts) => boolean {
  const { text, entity, hasEntities, status, flag, comment, annotator, problems, edited } = query;
  const pattern = text === undefined || text.find === '' ? undefined : textPattern(text);
  const fulfils = entity === undefined ? undefined : compileEntityQuery(entity);
  return ({ passage, hasProblems, isEdited }) => {
    const review = reviewOf(passage);
    const { entities } = passage;
    if (status !== undefined && !status.includes(review.status)) return false;
    if (
      hasEntities !== undefined &&
      hasEntities !== entities.some(({ state }) => state !== 'rejected')
    ) {
      return false;
    }
    if (flag !== undefined && flag !== (review.flag || entities.some((one) => one.flag === true))) {
      return false;
    }
    const hasComment = () =>
      review.comment !== '' || entities.some((one) => (one.comment ?? '') !== '');
    if (comment !== undefined && comment !== hasComment()) return false;
    if (
      annotator !== undefined &&
      review.annotator !== annotator &&
      !entities.some((one) => one.annotator === annotator)
    ) {
      return false;
    }
    if (problems !== undefined && problems !== hasProblems) return false;
    if (edited !== undefined && edited !== isEdited) return false;
    if (fulfils !== undefined && !entities.some((one) => fulfils(one, passage.text))) return false;
    return pattern === undefined || search(pattern, passage.text, 0) !== undefined;
  };
}

function compileEntityQuery(query: EntityQuery): (entity: Entity, text: string) => boolean {
  const { path, states, least, most, annotator, mention } = query;
  const wanted = mention?.toLowerCase();
  return (entity, text) =>
    (path === undefined || isWithin(entity.path, path)) &&
    (states === undefined || states.includes(entity.state)) &&
    (least === undefined || (entity.score ?? -1) >= least) &&
    (most === undefined || (entity.score ?? 2) <= most) &&
    (annotator === undefined || entity.annotator === annotator) &&
    (wanted === undefined || text.slice(entity.start, entity.end).toLowerCase() === wanted);
}

/** Whether a type is another one or stands below it. */
export function isWithin(path: TypePath, ancestor: TypePath): boolean {
  return (
    path.length >= ancestor.length &&
    ancestor.every((name, level) => foldName(name) === foldName(path[level] ?? ''))
  );
}

/** The least score of a passage's suggestions, for sorting; those without one come last. */
export function leastScore({ entities }: Pick<PassageData, 'entities'>): number {
  return entities.reduce(
    (least, { state, score }) =>
      state === 'suggested' && score !== undefined ? Math.min(least, score) : least,
    Infinity,
  );
}
