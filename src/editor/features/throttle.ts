import type { Disposes } from '../disposable';

/** Runs a task at once when asked, then at most once in `pause` milliseconds, and never forgets the last. */
export class Throttle implements Disposes {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = false;
  private gone = false;

  constructor(
    private readonly task: () => void,
    private readonly pause: number,
  ) {}

  ask(): void {
    if (this.gone) return;
    if (this.timer !== undefined) {
      this.asked = true;
      return;
    }
    this.asked = false;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.asked) this.ask();
    }, this.pause);
    this.task();
  }

  dispose(): void {
    this.gone = true;
    clearTimeout(this.timer);
  }
}
