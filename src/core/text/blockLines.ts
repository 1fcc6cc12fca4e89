import type { Range } from './range';
import { trimRange } from './trim';

/** What a line is at the level of blocks; `quoted` when it begins with `>`. */
export type LineKind = { readonly quoted: boolean } & (
  | { readonly type: 'blank' | 'rule' | 'heading' | 'row' | 'entry' | 'prose' }
  | { readonly type: 'fence'; readonly marker: string }
  | { readonly type: 'item'; readonly number: number | undefined }
);

const HEAD_UNITS = 80;

const quotePrefix = /^(?:>[ \t]?){1,8}[ \t]*/;
const fenceStart = /^(?:```|~~~)/;
// Underlines of headings and of tables in plain text are rules as well.
const ruleLine = /^(?:[-=_*~]{3,}|={2,}|(?:[-*_] ){2,}[-*_])$/;
const tableRule = /^[|+:=-][|+:= -]*$/;
const heading = /^#{1,6}(?:[ \t]|$)/;
const bulletItem = /^(?:[-*+–][ \t]+\S|[•‣◦▪●○■□✓✔➢➤][ \t]*\S|\[[ xX]\][ \t])/u;
const numberedItem = /^\(?(\d{1,3})[.)][ \t]+\S/;
const letteredItem = /^\(?[a-zA-Z]\)[ \t]+\S/;
const dialogueLine = /^[—―–][ \t\u00a0]*["«“„¿¡]?\p{Lu}/u;
const logEntry =
  /^[[(<]?(?:\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\d\d:\d\d:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d )/;

/** Classifies one line by its beginning, after its indentation and quotation marks `>`. */
export function classifyLine(text: string, line: Range): LineKind {
  const trimmed = trimRange(text, line.start, line.end);
  if (trimmed === undefined) return { type: 'blank', quoted: false };
  let { start } = trimmed;
  const { end } = trimmed;
  const prefix = quotePrefix.exec(text.slice(start, Math.min(end, start + HEAD_UNITS)));
  const quoted = prefix !== null;
  if (prefix !== null) start += prefix[0].length;
  // A bare `>` parts two paragraphs of a quotation.
  if (start >= end) return { type: 'rule', quoted };
  const head = text.slice(start, Math.min(end, start + HEAD_UNITS));
  const whole = end - start <= HEAD_UNITS;

  const fence = fenceStart.exec(head);
  if (fence !== null) return { type: 'fence', marker: fence[0], quoted };
  if (heading.test(head)) return { type: 'heading', quoted };
  if (whole && ruleLine.test(head)) return { type: 'rule', quoted };
  if (head.startsWith('|') || (whole && tableRule.test(head))) return { type: 'row', quoted };
  if (bulletItem.test(head) || letteredItem.test(head) || dialogueLine.test(head)) {
    return { type: 'item', number: undefined, quoted };
  }
  const numbered = numberedItem.exec(head);
  if (numbered !== null) return { type: 'item', number: Number(numbered[1]), quoted };
  if (hasColumns(text, start, end)) return { type: 'row', quoted };
  if (logEntry.test(head)) return { type: 'entry', quoted };
  return { type: 'prose', quoted };
}

function hasColumns(text: string, start: number, end: number): boolean {
  // A line of megabytes is no row of a table, and is not searched.
  if (end - start > 4000) return false;
  const line = text.slice(start, end);
  return line.includes('\t') || line.includes(' | ');
}
