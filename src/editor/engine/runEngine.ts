import type { ScoredPath } from '../../core/entity/entity';
import type { QuestionStatistics } from '../../engines/endpoint/events';
import type { RunAccount } from '../../engines/endpoint/runAccount';
import type {
  Engine,
  EngineCapabilities,
  ExtractOptions,
  Passage,
  PassageResult,
} from '../../engines/engine';
import { isAbort } from '../failures';

/** Told how a run fares. */
export interface RunListener {
  /** Some passages are done, or the budget is used up: what the whole run has spent until now. */
  readonly onSpent: (spent: QuestionStatistics) => void;
  /** An extraction stopped for another reason than that it was asked to. */
  readonly onFailed: (error: unknown) => void;
}

/** The engine in force during one run: all that is asked is paid from the run's account. */
export class RunEngine implements Engine {
  constructor(
    private readonly engine: Engine,
    private readonly account: RunAccount,
    private readonly listener: RunListener,
  ) {}

  get name(): string {
    return this.engine.name;
  }

  get model(): string {
    return this.engine.model;
  }

  get capabilities(): EngineCapabilities {
    return this.engine.capabilities;
  }

  async *extract(
    passages: Iterable<Passage> | AsyncIterable<Passage>,
    options: ExtractOptions,
  ): AsyncGenerator<PassageResult, void, undefined> {
    const { account } = this;
    try {
      yield* this.engine.extract(passages, { ...options, account });
    } catch (error) {
      if (!isAbort(error)) this.listener.onFailed(error);
      throw error;
    } finally {
      this.listener.onSpent(account.statistics);
    }
  }

  rankTypes(
    passage: Passage,
    spans: readonly { readonly start: number; readonly end: number }[],
    options: ExtractOptions & { readonly limit?: number },
  ): Promise<readonly (readonly ScoredPath[])[]> {
    return this.engine.rankTypes(passage, spans, { ...options, account: this.account });
  }

  /** The engine stays open for other runs. */
  dispose(): Promise<void> {
    return Promise.resolve();
  }
}
