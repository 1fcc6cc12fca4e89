import { comparedWords, hashText } from './shingles';

/** How a passage stands in the other file: the whole of it, or a run of its words. */
export type Leak =
  | { readonly kind: 'exact'; readonly line: number }
  /** `share` of its runs of eight words, in 0..1, occur in the other file, the first at `line`. */
  | { readonly kind: 'ngram'; readonly line: number; readonly share: number };

const RUN = 8;

/** The texts of one file, kept as hashes, to find what of another file stands in it. */
export class LeakIndex {
  private readonly whole = new Map<number, number>();
  private readonly runs = new Map<number, number>();

  /** @param line Line of the file where the passage begins. */
  add(text: string, line: number): void {
    const words = comparedWords(text);
    if (words.length === 0) return;
    const whole = wideHash(words);
    if (!this.whole.has(whole)) this.whole.set(whole, line);
    for (const run of runsOf(words)) if (!this.runs.has(run)) this.runs.set(run, line);
  }

  /** What of the text stands in the file; undefined when no run of eight words does. */
  find(text: string): Leak | undefined {
    const words = comparedWords(text);
    if (words.length === 0) return undefined;
    const line = this.whole.get(wideHash(words));
    if (line !== undefined) return { kind: 'exact', line };
    const runs = runsOf(words);
    const shared = runs.flatMap((run) => this.runs.get(run) ?? []);
    const [first] = shared;
    return first === undefined
      ? undefined
      : { kind: 'ngram', line: first, share: shared.length / runs.length };
  }
}

/** Hashes of all runs of eight words; none for a shorter text. */
function runsOf(words: readonly string[]): number[] {
  const runs: number[] = [];
  for (let at = 0; at + RUN <= words.length; at++) runs.push(wideHash(words.slice(at, at + RUN)));
  return runs;
}

/** 53 bits: among the millions of runs of a file, 32 would take strangers for each other. */
function wideHash(words: readonly string[]): number {
  let [high, low] = [0x811c9dc5, 0x01234567];
  for (const word of words) {
    high = hashText(word, high);
    low = hashText(word, low);
  }
  return high * 2 ** 21 + (low & 0x1fffff);
}
