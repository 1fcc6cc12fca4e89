import { WordedError } from '../core/errors';
import { phrase, type Phrase } from '../core/messages/phrase';

/**
 * A model that cannot be used: a missing or damaged file, a graph with other tensors than its pack
 * declares, a runtime that does not load. The message names the file, what is wrong and the mend.
 */
export class ModelError extends WordedError {
  override readonly name = 'ModelError';

  /**
   * @param file The file or folder at fault, as the user can find it.
   * @param problem What is wrong with it, as a sentence without its final full stop.
   * @param mend What the user can do about it, as a sentence.
   */
  constructor(
    readonly file: string,
    readonly problem: Phrase,
    readonly mend: Phrase,
    options?: ErrorOptions,
  ) {
    super(phrase`${file}: ${problem}. ${mend}`, options);
  }
}

/** An engine was used after `dispose`. */
export class DisposedError extends WordedError {
  override readonly name = 'DisposedError';

  constructor(what: Phrase) {
    super(phrase`The ${what} was shut down and cannot be used any more.`);
  }
}

/** The English message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
