/** An insertion or replacement at lines of a text, counted from 0. */
export interface FrontMatterEdit {
  readonly startLine: number;
  /** Exclusive; equal to `startLine` for an insertion before that line. */
  readonly endLine: number;
  /** Whole lines with their breaks. */
  readonly text: string;
}

/** The edit that makes a document's front matter name a label list. */
export function nameLabelsInFrontMatter(text: string, value: string): FrontMatterEdit {
  const eol = /\r?\n/u.exec(text)?.[0] ?? '\n';
  const lines = text.split(/\r?\n/u);
  const isPlain = /^[\w./-][\w ./-]*$/u.test(value) && value === value.trim();
  const entry = `entities: ${isPlain ? value : JSON.stringify(value)}${eol}`;
  const end = lines.findIndex((line, index) => index > 0 && /^(?:---|\.\.\.)\s*$/u.test(line));
  if (lines[0]?.trimEnd() !== '---' || end < 0) {
    return { startLine: 0, endLine: 0, text: `---${eol}${entry}---${eol}${eol}` };
  }
  const known = lines.findIndex((line, index) => index < end && /^entities\s*:/u.test(line));
  return known < 0
    ? { startLine: end, endLine: end, text: entry }
    : { startLine: known, endLine: known + 1, text: entry };
}
