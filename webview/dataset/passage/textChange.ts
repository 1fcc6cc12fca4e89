/** `text` in the place of `[start, end)`, UTF-16 units of the text before. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The change that a text area made of a text, the parts alike at both ends left out. A text area knows
 * line feeds alone: line breaks of other kinds in what stayed alike stay as they were.
 */
export function changeOf(before: string, edited: string): TextChange | null {
  // Where in `before` each unit of what the area was given stands.
  const places: number[] = [];
  let given = '';
  for (let at = 0; at < before.length; at++) {
    const isBreak = before[at] === '\r';
    places.push(at);
    given += isBreak ? '\n' : (before[at] ?? '');
    if (isBreak && before[at + 1] === '\n') at++;
  }
  places.push(before.length);
  if (given === edited) return null;
  const most = Math.min(given.length, edited.length);
  let head = 0;
  while (head < most && given[head] === edited[head]) head++;
  if (isInsideCharacter(given, head)) head--;
  let tail = 0;
  while (
    tail < most - head &&
    given[given.length - 1 - tail] === edited[edited.length - 1 - tail]
  ) {
    tail++;
  }
  if (isInsideCharacter(given, given.length - tail)) tail--;
  const inserted = edited.slice(head, edited.length - tail);
  return {
    start: places[head] ?? 0,
    end: places[given.length - tail] ?? before.length,
    text: before.includes('\r\n') ? inserted.replaceAll('\n', '\r\n') : inserted,
  };
}

/** Whether a place lies between the halves of a surrogate pair. */
function isInsideCharacter(text: string, at: number): boolean {
  return at > 0 && /[\uD800-\uDBFF]/u.test(text[at - 1] ?? '') && at < text.length;
}
