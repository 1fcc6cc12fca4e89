/** Puts numbers from 0 into groups; groups that share a member become one. */
export class UnionFind {
  private readonly parents: number[];

  constructor(count: number) {
    this.parents = Array.from({ length: count }, (_, number) => number);
  }

  join(a: number, b: number): void {
    this.parents[this.find(a)] = this.find(b);
  }

  /** The number that stands for the group. */
  find(number: number): number {
    let root = number;
    while (this.parents[root] !== root) root = this.parents[root] ?? root;
    for (let at = number; at !== root;) {
      const next = this.parents[at] ?? root;
      this.parents[at] = root;
      at = next;
    }
    return root;
  }
}
