import { hashText, overlapOf, shinglesOf } from './shingles';

/** 64 hash functions in 16 bands of 4: pairs that share 80 % of their shingles meet with 99.98 %. */
const BANDS = 16;
const ROWS = 4;
/** Passages of one band's bucket that a new one is compared with: keeps the time linear. */
const COMPARED = 8;

/** A passage that is much like an earlier one. */
export interface NearDuplicate {
  /** The number that the earlier one was added with. */
  readonly of: number;
  /** What the two share of their shingles, in 0..1; 1 for the same words. */
  readonly likeness: number;
}

/**
 * Finds passages that share most of their words, by MinHash and banding, in time linear in the text.
 * Passages without words are like none.
 */
export class NearDuplicates {
  private readonly buckets = new Map<number, number[]>();
  private readonly exact = new Map<string, number>();
  private readonly kept = new Map<number, Uint32Array>();

  /** @param least Share of shingles from which two passages count as near duplicates, in 0..1. */
  constructor(private readonly least = 0.8) {}

  /** Adds a passage; the most alike of those added before, where one is alike enough. */
  add(number: number, text: string): NearDuplicate | undefined {
    const shingles = shinglesOf(text);
    if (shingles.length === 0) return undefined;
    const same = this.exact.get(fold(text));
    if (same !== undefined) return { of: same, likeness: 1 };
    this.exact.set(fold(text), number);
    this.kept.set(number, shingles);
    return this.meet(number, shingles);
  }

  private meet(number: number, shingles: Uint32Array): NearDuplicate | undefined {
    const compared = new Set<number>();
    let best: NearDuplicate | undefined;
    for (const bucket of bandsOf(shingles)) {
      const others = this.buckets.get(bucket);
      if (others === undefined) {
        this.buckets.set(bucket, [number]);
        continue;
      }
      for (const other of others) {
        if (compared.has(other)) continue;
        compared.add(other);
        const likeness = overlapOf(shingles, this.kept.get(other) ?? new Uint32Array());
        if (likeness >= this.least && likeness > (best?.likeness ?? 0)) {
          best = { of: other, likeness };
        }
      }
      if (others.length < COMPARED) others.push(number);
    }
    return best;
  }
}

/** Texts of the same words in other cases, blanks and punctuation are the same. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
}

function* bandsOf(shingles: Uint32Array): Generator<number> {
  for (let band = 0; band < BANDS; band++) {
    let bucket = hashText(String(band));
    for (let row = 0; row < ROWS; row++) {
      bucket = mix(bucket ^ leastHash(shingles, band * ROWS + row));
    }
    yield bucket;
  }
}

/** The least of the shingles under one of the hash functions. */
function leastHash(shingles: Uint32Array, function_: number): number {
  const seed = Math.imul(function_ + 1, 0x9e3779b1);
  let least = 0xffffffff;
  for (const shingle of shingles) least = Math.min(least, mix(shingle ^ seed));
  return least;
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
