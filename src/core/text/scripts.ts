/** The scripts that the splitters and engines tell apart. */
export type Script =
  | 'Han'
  | 'Hiragana'
  | 'Katakana'
  | 'Hangul'
  | 'Thai'
  | 'Lao'
  | 'Khmer'
  | 'Myanmar'
  | 'Cyrillic'
  | 'Latin'
  | 'Other';

const scriptPatterns: readonly (readonly [Script, RegExp])[] = [
  ['Latin', /^\p{Script=Latin}$/u],
  ['Han', /^\p{Script=Han}$/u],
  ['Hiragana', /^\p{Script=Hiragana}$/u],
  // The prolonged sound marks are "Common" in Unicode, but belong to kana.
  ['Katakana', /^[\p{Script=Katakana}\u30fc\uff70]$/u],
  ['Hangul', /^\p{Script=Hangul}$/u],
  ['Cyrillic', /^\p{Script=Cyrillic}$/u],
  ['Thai', /^\p{Script=Thai}$/u],
  ['Lao', /^\p{Script=Lao}$/u],
  ['Khmer', /^\p{Script=Khmer}$/u],
  ['Myanmar', /^\p{Script=Myanmar}$/u],
];

const unspacedScripts: ReadonlySet<Script> = new Set([
  'Han',
  'Hiragana',
  'Katakana',
  'Thai',
  'Lao',
  'Khmer',
  'Myanmar',
]);

/** The script of a code point (Unicode property Script); `Other` for all that is not listed. */
export function scriptOf(codePoint: number): Script {
  const character = String.fromCodePoint(codePoint);
  for (const [script, pattern] of scriptPatterns) {
    if (pattern.test(character)) return script;
  }
  return 'Other';
}

/** Whether words of this script are written without spaces between them. */
export function isUnspacedScript(script: Script): boolean {
  return unspacedScripts.has(script);
}

/**
 * How often each script occurs among the letters of `text`, most frequent first. Looks at no more
 * than `limit` UTF-16 units from the start.
 */
export function countScripts(text: string, limit = 4000): { script: Script; letters: number }[] {
  const counts = new Map<Script, number>();
  for (const match of text.slice(0, limit).matchAll(/\p{L}/gu)) {
    const script = scriptOf(match[0].codePointAt(0) ?? 0);
    counts.set(script, (counts.get(script) ?? 0) + 1);
  }
  return [...counts]
    .map(([script, letters]) => ({ script, letters }))
    .sort((a, b) => b.letters - a.letters);
}
