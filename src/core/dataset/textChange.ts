import { withoutKeys } from '../withoutKeys';
import { assignIds } from '../entity/entityId';
import type { Entity } from '../entity/entity';
import { inTextOrder } from '../entity/resolveOverlaps';
import { InputError } from '../errors';
import type { PassageData } from '../formats/format';
import { phrase } from '../messages/phrase';
import { isInsidePair, type Range } from '../text/range';
import { reviewKey } from './review';

/**
 * The passage with `[start, end)` of its text replaced. Spans behind it move; a span grows and shrinks
 * with what is replaced inside it; one that only partly lies in the range keeps the rest; one inside a
 * larger range goes. Text put in at a border of a span stays outside.
 * @throws InputError when the range is none of the text.
 */
export function changeText<T extends PassageData>(
  passage: T,
  { start, end }: Range,
  inserted: string,
): T {
  checkRange(passage.text, start, end);
  const delta = inserted.length - (end - start);
  const entities = passage.entities.flatMap((entity): Entity[] => {
    if (entity.end <= start) return [entity];
    if (entity.start >= end) {
      return [{ ...entity, start: entity.start + delta, end: entity.end + delta }];
    }
    if (entity.start <= start && end <= entity.end) {
      const changed = { ...entity, end: entity.end + delta };
      return changed.start < changed.end ? [changed] : [];
    }
    if (start <= entity.start && entity.end <= end) return [];
    return entity.start < start
      ? [{ ...entity, end: start }]
      : [{ ...entity, start: start + inserted.length, end: entity.end + delta }];
  });
  const text = passage.text.slice(0, start) + inserted + passage.text.slice(end);
  return { ...passage, text, entities };
}

/**
 * The passage with another version of its text: what both have in common at the beginning and at the end
 * keeps its spans, and what differs between counts as replaced.
 */
export function withText<T extends PassageData>(passage: T, text: string): T {
  const before = passage.text;
  const most = Math.min(before.length, text.length);
  let head = 0;
  while (head < most && before[head] === text[head]) head++;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === text.at(-1 - tail)) tail++;
  if (isInsidePair(before, head) || isInsidePair(text, head)) head--;
  const endOf = (whole: string): number => whole.length - tail;
  if (isInsidePair(before, endOf(before)) || isInsidePair(text, endOf(text))) tail--;
  if (head === before.length && before === text) return passage;
  return changeText(passage, { start: head, end: endOf(before) }, text.slice(head, endOf(text)));
}

/**
 * The two parts of a passage cut at `at`, without the blanks at the cut. The first keeps the id and
 * what else the file says; an entity over the cut goes to the part that has more of it.
 * @throws InputError when a part would be empty.
 */
export function splitPassage(passage: PassageData, at: number): [PassageData, PassageData] {
  const { text } = passage;
  checkRange(text, at, at);
  const firstEnd = text.slice(0, at).trimEnd().length;
  const secondStart = text.length - text.slice(at).trimStart().length;
  if (firstEnd === 0 || secondStart === text.length) {
    throw new InputError(
      phrase`The passage cannot be split there: one part would be empty`,
      phrase`Put the cursor between two words.`,
    );
  }
  const first: Entity[] = [];
  const second: Entity[] = [];
  for (const entity of passage.entities) {
    const before = Math.min(entity.end, firstEnd) - entity.start;
    const after = entity.end - Math.max(entity.start, secondStart);
    if (before >= after) first.push({ ...entity, end: Math.min(entity.end, firstEnd) });
    else {
      const start = Math.max(entity.start, secondStart) - secondStart;
      second.push({ ...entity, start, end: entity.end - secondStart });
    }
  }
  const rest = withoutKeys(passage, 'id', 'unplaced', 'unread', 'extra');
  const extra: Readonly<Record<string, unknown>> = passage.extra ?? {};
  const keys = withoutKeys(extra, reviewKey, 'answer', 'id');
  return [
    { ...passage, text: text.slice(0, firstEnd), entities: first },
    {
      ...rest,
      text: text.slice(secondStart),
      entities: second,
      ...(Object.keys(keys).length === 0 ? {} : { extra: keys }),
    },
  ];
}

/** Passages as one: the first with the texts and entities of the others behind its own. */
export function mergePassages(passages: readonly PassageData[], separator: string): PassageData {
  let text = '';
  const entities: Entity[] = [];
  for (const [index, passage] of passages.entries()) {
    if (index > 0) text += separator;
    const offset = text.length;
    for (const entity of passage.entities) {
      entities.push({ ...entity, start: entity.start + offset, end: entity.end + offset });
    }
    text += passage.text;
  }
  const unplaced = passages.flatMap((passage) => passage.unplaced ?? []);
  const unread = passages.flatMap((passage) => passage.unread ?? []);
  return {
    ...passages[0],
    text,
    entities: assignIds(text, entities.sort(inTextOrder)),
    ...(unplaced.length === 0 ? {} : { unplaced }),
    ...(unread.length === 0 ? {} : { unread }),
  };
}

/** @throws InputError when the range is none of the text, or cuts a surrogate pair. */
export function checkRange(text: string, start: number, end: number): void {
  const isInside = [start, end].every(
    (offset) => Number.isInteger(offset) && offset >= 0 && offset <= text.length,
  );
  if (isInside && start <= end && !isInsidePair(text, start) && !isInsidePair(text, end)) return;
  throw new InputError(
    phrase`${start} to ${end} is no range of the passage, which has ${text.length} UTF-16 units`,
    phrase`Select text of the passage.`,
  );
}
