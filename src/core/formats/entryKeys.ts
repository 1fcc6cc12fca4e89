/** Numbers up to this are kept as bits; 8 MB at most. */
const MOST = 1 << 26;

/** Keys of the entries of a DynamicNER file; `sentence1`, `sentence2` and so on cost a bit each. */
export class EntryKeys {
  private numbers = new Uint32Array(1024);
  private readonly others = new Set<string>();
  private count = 0;

  /** How many were added. */
  get size(): number {
    return this.count;
  }

  has(key: string): boolean {
    const number = numberOf(key);
    if (number === undefined) return this.others.has(key);
    return ((this.numbers[number >>> 5] ?? 0) & (1 << (number & 31))) !== 0;
  }

  add(key: string): void {
    this.count++;
    const number = numberOf(key);
    if (number === undefined) {
      this.others.add(key);
      return;
    }
    const at = number >>> 5;
    if (at >= this.numbers.length) {
      const larger = new Uint32Array(Math.max(at + 1, 2 * this.numbers.length));
      larger.set(this.numbers);
      this.numbers = larger;
    }
    this.numbers[at] = (this.numbers[at] ?? 0) | (1 << (number & 31));
  }

  /** The key wanted, or the first that is free of those that number entries; it is taken then. */
  take(wanted: string | undefined, number: number): string {
    let key = wanted ?? `sentence${number}`;
    for (let next = number; this.has(key); next++) key = `sentence${next}`;
    this.add(key);
    return key;
  }
}

function numberOf(key: string): number | undefined {
  const [, digits] = /^sentence([1-9]\d{0,7})$/u.exec(key) ?? [];
  return digits === undefined || Number(digits) >= MOST ? undefined : Number(digits);
}
