import type { InputError } from '../../core/errors';
import type { OutputStream } from '../environment';
import type { Progress } from '../progress';

/** Tells the user what went wrong, on standard error, and remembers whether anything failed. */
export class Messages {
  private failed = 0;

  constructor(
    private readonly stderr: OutputStream,
    private readonly progress?: Progress,
  ) {}

  /** Number of inputs and lines that failed. */
  get failures(): number {
    return this.failed;
  }

  /** A part of the work that failed; the run goes on and ends with 1. */
  fail(error: InputError): void {
    this.failed++;
    this.say(`error: ${error.message}`);
  }

  /** Something doubtful that stops nothing. */
  warn(message: string): void {
    this.say(`warning: ${message}`);
  }

  say(message: string): void {
    this.progress?.clear();
    this.stderr.write(`${message}\n`);
  }
}
