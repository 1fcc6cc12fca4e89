const BACKTICK = 0x60;
const LONGEST_SPAN = 300;

/**
 * End of the code span of Markdown that begins at `start`, a backtick; without a closing run of
 * the same length within 300 units, the end of the run of backticks. Double backticks that
 * `''` closes or that stand alone are the quotation marks of TeX and of tokenised text.
 */
export function endOfCodeSpan(text: string, start: number, end: number): number {
  let open = start;
  while (open < end && text.charCodeAt(open) === BACKTICK) open++;
  const length = open - start;
  const next = text.charCodeAt(open);
  if (open >= end || next === 0x20 || length > 2) return open;
  const limit = Math.min(end, open + LONGEST_SPAN);
  let at = open;
  while (at < limit) {
    const unit = text.charCodeAt(at);
    if (length === 2 && unit === 0x27 && text.charCodeAt(at + 1) === 0x27) return open;
    if (unit !== BACKTICK) {
      at++;
      continue;
    }
    const run = at;
    while (at < limit && text.charCodeAt(at) === BACKTICK) at++;
    if (at - run === length) return at;
  }
  return open;
}
