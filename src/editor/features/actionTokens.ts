/** Actions behind numbers that are given out once each; the oldest are forgotten first. */
export class ActionTokens {
  private readonly actions = new Map<number, () => unknown>();
  private last = 0;

  constructor(private readonly limit: number) {}

  /** Keeps `action` and returns its number. */
  add(action: () => unknown): number {
    this.last += 1;
    this.actions.set(this.last, action);
    if (this.actions.size > this.limit) this.actions.delete(this.last - this.limit);
    return this.last;
  }

  /** Runs the action of `token`; false when there is none (any more). */
  async run(token: unknown): Promise<boolean> {
    const action = typeof token === 'number' ? this.actions.get(token) : undefined;
    if (action === undefined) return false;
    await action();
    return true;
  }
}
