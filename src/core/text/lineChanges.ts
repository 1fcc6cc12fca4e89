/** A replacement within one text: lines counted from 0, characters are UTF-16 units, end exclusive. */
export interface LineChange {
  readonly startLine: number;
  readonly startCharacter: number;
  readonly endLine: number;
  readonly endCharacter: number;
  readonly text: string;
}

/**
 * The changes that make one text the other: in each line what differs, where both have as many lines;
 * else one for all that lies between the first and the last difference. Line breaks are `\n`, and `\r`
 * before them belongs to the line.
 */
export function lineChanges(before: string, after: string): LineChange[] {
  const old = before.split('\n');
  const now = after.split('\n');
  if (old.length === now.length) {
    return old.flatMap((line, index) => {
      const other = now[index] ?? '';
      if (line === other) return [];
      const [start, end] = sameEnds(line, other);
      const text = other.slice(start, other.length - end);
      const endCharacter = line.length - end;
      return [{ startLine: index, startCharacter: start, endLine: index, endCharacter, text }];
    });
  }
  const [start, end] = sameEnds(old, now);
  const lines = now.slice(start, now.length - end);
  if (end > 0) {
    const text = lines.map((line) => `${line}\n`).join('');
    return [
      { startLine: start, startCharacter: 0, endLine: old.length - end, endCharacter: 0, text },
    ];
  }
  // To the end of the text: the break before the first line goes or comes with it.
  const endPlace = { endLine: old.length - 1, endCharacter: (old.at(-1) ?? '').length };
  if (start === 0) return [{ startLine: 0, startCharacter: 0, ...endPlace, text: after }];
  const startCharacter = (old[start - 1] ?? '').length;
  const text = lines.map((line) => `\n${line}`).join('');
  return [{ startLine: start - 1, startCharacter, ...endPlace, text }];
}

/** How many items two lists have in common at their beginnings, and then at their ends. */
function sameEnds(one: ArrayLike<string>, other: ArrayLike<string>): [start: number, end: number] {
  const most = Math.min(one.length, other.length);
  let start = 0;
  while (start < most && one[start] === other[start]) start++;
  let end = 0;
  while (end < most - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end++;
  return [start, end];
}
