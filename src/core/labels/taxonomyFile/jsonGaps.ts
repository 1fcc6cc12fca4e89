import { createScanner } from 'jsonc-parser';

// The numbers of jsonc-parser's SyntaxKind, an ambient enum that modules built alone cannot use.
const COMMA = 5 as number;
const LINE_COMMENT = 12 as number;
const BLOCK_COMMENT = 13 as number;
const LINE_BREAK = 14 as number;
const EOF = 17 as number;

/** What stands between two items of an array or object, or before the first, or after the last. */
export interface Gap {
  /** Where the comma stands, if there is one. */
  readonly comma: number | undefined;
  /**
   * Offset up to which the gap belongs to the item before: past its comma and the comments that end
   * its line. Comments on lines of their own belong to the item after.
   */
  readonly tailEnd: number;
  /** Comments of the item before, as they stand. */
  readonly tailComments: readonly string[];
  /** Comments of the item after, as they stand. */
  readonly leadComments: readonly string[];
  readonly hasLineBreak: boolean;
}

/**
 * Reads the gap `[start, end)` of valid JSON with comments.
 * @param isFirst Whether it is the one after the opening bracket.
 */
export function readGap(text: string, start: number, end: number): Gap {
  const scanner = createScanner(text.slice(start, end), false);
  let comma: number | undefined;
  let tailEnd = start;
  let pending: string[] = [];
  let pendingEnd = start;
  const tailComments: string[] = [];
  let leadComments: string[] = [];
  let isTail = true;
  let hasLineBreak = false;
  const closeTail = (): void => {
    tailComments.push(...pending);
    pending = [];
    tailEnd = Math.max(tailEnd, pendingEnd);
  };
  const next = (): number => scanner.scan();
  for (let token = next(); token !== EOF; token = next()) {
    const from = start + scanner.getTokenOffset();
    const to = from + scanner.getTokenLength();
    if (token === COMMA) {
      // What stands before the comma can only be the item's before.
      tailComments.push(...leadComments);
      leadComments = [];
      pendingEnd = to;
      closeTail();
      comma = from;
      isTail = true;
    } else if (token === LINE_COMMENT || token === BLOCK_COMMENT) {
      (isTail ? pending : leadComments).push(text.slice(from, to));
      if (isTail) pendingEnd = to;
      if (text.slice(from, to).includes('\n')) hasLineBreak = true;
    } else if (token === LINE_BREAK) {
      hasLineBreak = true;
      if (isTail) closeTail();
      isTail = false;
    }
  }
  // On one line with what follows, comments after a comma are those of the next item.
  if (comma === undefined) closeTail();
  else leadComments.unshift(...pending);
  return { comma, tailEnd, tailComments, leadComments, hasLineBreak };
}
