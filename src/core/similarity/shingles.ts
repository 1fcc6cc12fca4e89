import { isUnspacedScript, countScripts } from '../text/scripts';

/** Words or characters that make a shingle. */
const SHINGLE = { words: 3, characters: 5 } as const;

/**
 * The words of a text as they are compared: lower case, composed, without punctuation. Scripts without
 * spaces are taken character by character.
 */
export function comparedWords(text: string): string[] {
  const folded = text.normalize('NFKC').toLowerCase();
  const [main] = countScripts(folded);
  const pattern =
    main !== undefined && isUnspacedScript(main.script)
      ? /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[\p{L}\p{N}\p{M}]+/gu
      : /[\p{L}\p{N}\p{M}]+/gu;
  return folded.match(pattern) ?? [];
}

/** Hashes of all runs of `size` words; of a shorter text the hash of the whole. */
export function hashRuns(words: readonly string[], size: number): Uint32Array {
  if (words.length === 0) return new Uint32Array();
  const count = Math.max(1, words.length - size + 1);
  const hashes = new Uint32Array(count);
  for (let at = 0; at < count; at++) {
    let hash = 0x811c9dc5;
    for (const word of words.slice(at, at + size)) hash = hashText(word, hash);
    hashes[at] = hash;
  }
  return hashes;
}

/** The shingles of a text as hashes, each once. */
export function shinglesOf(text: string): Uint32Array {
  const words = comparedWords(text);
  const single = words.length > 0 && words.every((word) => [...word].length === 1);
  return Uint32Array.from(new Set(hashRuns(words, single ? SHINGLE.characters : SHINGLE.words)));
}

/** A text's hash of 32 bits by FNV-1a, its end marked so that `ab, c` differs from `a, bc`. */
export function hashText(text: string, before = 0x811c9dc5): number {
  let hash = before;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ 0xffff, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** What two sets of shingles share of all of theirs (Jaccard), in 0..1. */
export function overlapOf(a: Uint32Array, b: Uint32Array): number {
  if (a.length === 0 && b.length === 0) return 1;
  const [small, large] = a.length < b.length ? [a, new Set(b)] : [b, new Set(a)];
  let shared = 0;
  for (const hash of small) if (large.has(hash)) shared++;
  return shared / (a.length + b.length - shared);
}
