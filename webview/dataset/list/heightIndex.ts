/**
 * Heights of many rows, in CSS pixels, of which most are estimates: the place of a row and the row
 * at a place in logarithmic time (a Fenwick tree).
 */
export class HeightIndex {
  private heights = new Float64Array(0);
  private sums = new Float64Array(1);

  constructor(private estimate: number) {}

  get count(): number {
    return this.heights.length;
  }

  /** Height of all rows. */
  get total(): number {
    return this.offsetOf(this.count);
  }

  /** Starts anew with `count` rows of estimated height. */
  reset(count: number, estimate = this.estimate): void {
    this.estimate = estimate;
    this.heights = new Float64Array(count).fill(estimate);
    this.sums = new Float64Array(count + 1);
    // Each node sums as many rows as its lowest bit says.
    for (let node = 1; node <= count; node++) this.sums[node] = (node & -node) * estimate;
  }

  height(row: number): number {
    return this.heights[row] ?? this.estimate;
  }

  set(row: number, height: number): void {
    const change = height - this.height(row);
    if (change === 0 || row >= this.count) return;
    this.heights[row] = height;
    for (let node = row + 1; node <= this.count; node += node & -node) {
      this.sums[node] = (this.sums[node] ?? 0) + change;
    }
  }

  /** Height of all rows before a row. */
  offsetOf(row: number): number {
    let sum = 0;
    for (let node = Math.min(row, this.count); node > 0; node -= node & -node) {
      sum += this.sums[node] ?? 0;
    }
    return sum;
  }

  /** The row that covers the place `y`; the last one for places below it. */
  rowAt(y: number): number {
    let row = 0;
    let left = y;
    for (let step = 2 ** Math.floor(Math.log2(Math.max(this.count, 1))); step >= 1; step /= 2) {
      const node = row + step;
      const sum = this.sums[node];
      if (sum !== undefined && sum <= left) {
        row = node;
        left -= sum;
      }
    }
    return Math.max(Math.min(row, this.count - 1), 0);
  }
}
