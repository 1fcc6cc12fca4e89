import type { TypePath } from '../entity/entity';

/**
 * The form under which names are compared: lower case, composed characters, one blank for every run
 * of white space and underscores (BIO files write `_` for blanks), known misspellings mended.
 */
export function foldName(name: string): string {
  let folded = foldedNames.get(name);
  if (folded === undefined) {
    const plain = name
      .normalize('NFC')
      .toLowerCase()
      .replace(/[\s_]+/gu, ' ')
      .trim();
    folded = mendSpelling(plain) ?? plain;
    if (foldedNames.size >= mostFolded) foldedNames.clear();
    foldedNames.set(name, folded);
  }
  return folded;
}

/** Names are compared again and again, in large lists for longer than everything else takes. */
const foldedNames = new Map<string, string>();
const mostFolded = 20_000;

/** The form under which paths are compared; different paths give different strings. */
export function foldPath(path: TypePath): string {
  return path.map(foldName).join('\n');
}

/** Misspelt words of published taxonomies, with what is meant. */
const misspeltWords: readonly (readonly [wrong: RegExp, right: string])[] = [
  [/(?<!\p{L})transortation(?!\p{L})/giu, 'transportation'],
];

/** The name with its known misspellings mended, in the case of the original; undefined if it has none. */
export function mendSpelling(name: string): string | undefined {
  let mended = name;
  for (const [wrong, right] of misspeltWords) {
    mended = mended.replace(wrong, (found) => matchCase(right, found));
  }
  return mended === name ? undefined : mended;
}

function matchCase(word: string, model: string): string {
  if (model === model.toUpperCase()) return word.toUpperCase();
  const [first = ''] = model;
  return first === first.toLowerCase() ? word : word.charAt(0).toUpperCase() + word.slice(1);
}

/**
 * Of `names` the one that a misspelt `name` most likely means: least edits of single characters,
 * at most a third of its length; undefined where none is near.
 */
export function nearestName(name: string, names: Iterable<string>): string | undefined {
  const wanted = foldName(name);
  let best: string | undefined;
  let least = Math.floor(wanted.length / 3) + 1;
  for (const candidate of names) {
    const edits = countEdits(wanted, foldName(candidate), least);
    if (edits < least) {
      least = edits;
      best = candidate;
    }
  }
  return best;
}

/** Edits of single characters, swapped neighbours counting one, or `limit` where they are that many. */
function countEdits(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swaps = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = swaps ? (before[j - 2] ?? limit) + 1 : limit;
      const shifted = Math.min(row[j] ?? 0, next[j - 1] ?? 0) + 1;
      next.push(Math.min(substituted, swapped, shifted));
    }
    before = row;
    row = next;
  }
  return Math.min(row[b.length] ?? limit, limit);
}

const pathSeparator = /\s*(?:->|[>›→])\s*/u;

/** The parts of a path in one string, as `person > real person`, `person›real person`, `person->scholar`. */
export function splitPath(text: string): string[] {
  return text
    .split(pathSeparator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** A path as people read it: `person › real person › scholar`. */
export function formatPath(path: TypePath): string {
  return path.join(' › ');
}
