import type { OutputStream } from './environment';
import { countOf } from './terminal/countOf';

/** Shortest time between two reports, in milliseconds: on a terminal, and in a log. */
const pause = { terminal: 200, log: 5000 } as const;

/** Tells on standard error how far a run is: one line that is rewritten, or lines in a log. */
export class Progress {
  private readonly began: number;
  private last: number;
  private shown = false;
  private lines = 0;
  private words = 0;
  /** Words of passages that are not done yet. */
  private ahead = 0;

  constructor(
    private readonly stream: OutputStream,
    private readonly enabled: boolean,
    private readonly clock = () => performance.now(),
  ) {
    this.began = clock();
    this.last = this.began;
  }

  /** Counts a passage that is done; `ahead` are the words that are done of others under way. */
  add(words: number, ahead = 0): void {
    this.lines++;
    this.words += words;
    this.ahead = ahead;
    this.tell();
  }

  /** Says how many words of passages under way are done. */
  reading(words: number): void {
    this.ahead = words;
    this.tell();
  }

  /** Takes the line away, so that messages begin on a line of their own. */
  clear(): void {
    if (this.shown) this.stream.write('\r\u001b[K');
    this.shown = false;
  }

  private tell(): void {
    const now = this.clock();
    const terminal = this.stream.isTTY === true;
    if (!this.enabled || now - this.last < (terminal ? pause.terminal : pause.log)) return;
    this.last = now;
    const words = this.words + this.ahead;
    const speed = Math.round(words / Math.max(0.001, (now - this.began) / 1000));
    const text = `${countOf(this.lines, 'passage')}, ${countOf(words, 'word')}, ${countOf(speed, 'word')}/s`;
    this.stream.write(terminal ? `\r\u001b[K${text}` : `${text}\n`);
    this.shown = terminal;
  }
}
