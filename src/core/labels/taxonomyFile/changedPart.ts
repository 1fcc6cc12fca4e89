import type { TextChange } from './taxonomyEdit';

/** The one change that makes `after` of `before`: what is the same at both ends stays; none where all is. */
export function changedPart(before: string, after: string): TextChange[] {
  if (before === after) return [];
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return [
    {
      offset: start,
      length: before.length - start - end,
      text: after.slice(start, after.length - end),
    },
  ];
}
