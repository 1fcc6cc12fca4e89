import type { ChatAnswer } from './chatModel';
import { BudgetError } from './errors';
import type { QuestionStatistics } from './events';

/** What one run may spend; unlimited where absent. */
export interface Budget {
  readonly requests?: number | undefined;
  readonly tokens?: number | undefined;
}

type Counts = { -readonly [Key in Exclude<keyof QuestionStatistics, 'seconds'>]: number };

/** Pays for the requests of one run and counts them. */
export class RunAccount {
  private readonly began = performance.now();
  private readonly counts: Counts = {
    questions: 0,
    requests: 0,
    cached: 0,
    shared: 0,
    failed: 0,
    saved: 0,
    promptTokens: 0,
    completionTokens: 0,
  };

  constructor(private readonly budget: Budget = {}) {}

  get statistics(): QuestionStatistics {
    return { ...this.counts, seconds: (performance.now() - this.began) / 1000 };
  }

  /** Notes that something happened that costs nothing. */
  note(what: 'questions' | 'cached' | 'shared' | 'failed' | 'saved', times = 1): void {
    this.counts[what] += times;
  }

  /**
   * Pays for a request before it is sent. Tokens are known only afterwards, so that requests under way
   * may go beyond that budget.
   * @throws BudgetError when the budget is used up.
   */
  spendRequest(): void {
    const { requests = Infinity, tokens = Infinity } = this.budget;
    if (this.counts.requests >= requests) throw new BudgetError({ requests });
    if (this.counts.promptTokens + this.counts.completionTokens >= tokens) {
      throw new BudgetError({ tokens });
    }
    this.counts.requests++;
  }

  spendTokens({ usage }: ChatAnswer): void {
    this.counts.promptTokens += usage.promptTokens;
    this.counts.completionTokens += usage.completionTokens;
  }
}
