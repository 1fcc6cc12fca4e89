import type { OutputStream } from './environment';

/** Shortest time between two reports, in milliseconds: on a terminal, and in a log. */
const pause = { terminal: 200, log: 5000 } as const;

/** Tells on standard error how far a run is: one line that is rewritten, or lines in a log. */
export class Progress {
  private readonly began = performance.now();
  private last = performance.now();
  private shown = false;
  private lines = 0;
  private words = 0;

  constructor(
    private readonly stream: OutputStream,
    private readonly enabled: boolean,
  ) {}

  add(words: number): void {
    this.lines++;
    this.words += words;
    const now = performance.now();
    const terminal = this.stream.isTTY === true;
    if (!this.enabled || now - this.last < (terminal ? pause.terminal : pause.log)) return;
    this.last = now;
    const text = `${this.lines} passages, ${this.words} words, ${this.speed(now)} words/s`;
    this.stream.write(terminal ? `\r\u001b[K${text}` : `${text}\n`);
    this.shown = terminal;
  }

  /** Takes the line away, so that messages begin on a line of their own. */
  clear(): void {
    if (this.shown) this.stream.write('\r\u001b[K');
    this.shown = false;
  }

  private speed(now: number): number {
    return Math.round(this.words / Math.max(0.001, (now - this.began) / 1000));
  }
}
