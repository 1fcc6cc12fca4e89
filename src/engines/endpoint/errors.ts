import { WordedError } from '../../core/errors';
import { phrase, type Phrase } from '../../core/messages/phrase';

/**
 * What kind of failure it is:
 * - `busy`: another try later may succeed (408, 429, 5xx, a cut answer, a lost connection);
 * - `question`: this question cannot be answered, others can (too long, filtered, no sense in the answer);
 * - `endpoint`: nothing can be answered (wrong key, model or address, a certificate that is not trusted).
 */
export type EndpointFailure = 'busy' | 'question' | 'endpoint';

/** An endpoint did not answer as it should. The message names the host, what is wrong and the mend. */
export class EndpointError extends WordedError {
  override readonly name = 'EndpointError';
  /** HTTP status, where there was one. */
  readonly status: number | undefined;
  /** How long the server asks to be left alone. */
  readonly retryAfterMilliseconds: number | undefined;

  constructor(
    readonly kind: EndpointFailure,
    readonly host: string,
    readonly problem: Phrase,
    readonly mend: Phrase,
    options: ErrorOptions & {
      readonly status?: number | undefined;
      readonly retryAfterMilliseconds?: number | undefined;
    } = {},
  ) {
    super(phrase`${host}: ${problem}. ${mend}`, options);
    this.status = options.status;
    this.retryAfterMilliseconds = options.retryAfterMilliseconds;
  }
}

/** A run used up its requests or tokens. What was answered is kept: the next run goes on from there. */
export class BudgetError extends WordedError {
  override readonly name = 'BudgetError';

  /** @param spent What was used up, with how much of it there was. */
  constructor(readonly spent: { readonly requests: number } | { readonly tokens: number }) {
    super(
      'requests' in spent
        ? phrase`The budget of ${spent.requests} requests is used up. Answers are kept: run it again to go on, or raise the budget.`
        : phrase`The budget of ${spent.tokens} tokens is used up. Answers are kept: run it again to go on, or raise the budget.`,
    );
  }
}
