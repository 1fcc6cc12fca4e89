import type { Phrase } from '../messages/phrase';
import type { Passages, WriteOptions } from './format';

/** A way of showing passages that is written and never read. */
export interface Report {
  /** As the command line names it. */
  readonly name: string;
  readonly title: Phrase;
  readonly extensions: readonly string[];
  write(passages: Passages, options?: WriteOptions): AsyncIterable<Uint8Array>;
}
