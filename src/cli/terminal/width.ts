const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Scripts and blocks whose characters take two columns in a terminal (Unicode Standard Annex 11). */
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\p{Emoji_Presentation}\u3000-\u303E\u3041-\u30FF\uFF01-\uFF60\uFFE0-\uFFE6]/u;

/** Half-width Katakana and Hangul belong to those scripts but take one column. */
const halfWidth = /[\uFF61-\uFFDC\uFFE8-\uFFEE]/u;

const invisible = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** The user-perceived characters of a text; joined, they are the text again. */
export function splitGraphemes(text: string): string[] {
  // Latin letters and punctuation are one character each: no need to ask the segmenter.
  if (/^[\x20-\x7e]*$/.test(text)) return [...text];
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** Columns that one user-perceived character takes in a terminal: 0, 1 or 2. */
export function graphemeWidth(grapheme: string): number {
  if (invisible.test(grapheme)) return 0;
  const first = String.fromCodePoint(grapheme.codePointAt(0) ?? 0x20);
  if (halfWidth.test(first)) return 1;
  return wide.test(first) || grapheme.includes('\uFE0F') ? 2 : 1;
}

/** Columns that a text without line breaks and escape sequences takes in a terminal. */
export function textWidth(text: string): number {
  let width = 0;
  for (const grapheme of splitGraphemes(text)) width += graphemeWidth(grapheme);
  return width;
}

/** The text with blanks after it (or before it) until it takes `columns`; longer texts as they are. */
export function padText(text: string, columns: number, side: 'end' | 'start' = 'end'): string {
  const blanks = ' '.repeat(Math.max(0, columns - textWidth(text)));
  return side === 'end' ? text + blanks : blanks + text;
}

/** The text cut to at most `columns`, with `…` where something was left out. */
export function truncateText(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  let kept = '';
  let width = 0;
  for (const grapheme of splitGraphemes(text)) {
    width += graphemeWidth(grapheme);
    if (width > columns - 1) break;
    kept += grapheme;
  }
  return `${kept}…`;
}

/**
 * The text with control characters shown as their Unicode pictures, so that a document cannot send
 * escape sequences to the terminal or turn its writing direction. Tabs become four blanks; line
 * breaks stay.
 */
export function showControls(text: string): string {
  return (
    text
      .replace(/\t/g, '    ')
      // eslint-disable-next-line no-control-regex -- control characters are what is looked for.
      .replace(/[\u0000-\u0009\u000b-\u001f]/g, (character) =>
        String.fromCodePoint(0x2400 + character.charCodeAt(0)),
      )
      .replace(/\u007f/g, '\u2421')
      .replace(/[\u0080-\u009f]/g, '\ufffd')
      .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
  );
}
