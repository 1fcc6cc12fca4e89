import { withSignal } from '../abort';
import { messageOf } from '../errors';
import { questionKey, type AnswerStore } from './answerStore';
import type { ChatAnswer, ChatMessage, ChatModel, ChatOptions, MeterRequest } from './chatModel';
import { BudgetError } from './errors';
import type { EndpointListener } from './events';
import { pauseAfter, pauseFor, type RetryRules } from './retries';
import type { RunAccount } from './runAccount';
import { Turns } from './turns';

export interface QuestionRules {
  /** Requests under way at once. */
  readonly concurrency: number;
  /** Shared with the other models of the endpoint, whose requests count too. */
  readonly turns?: Turns | undefined;
  readonly retries: RetryRules;
  /** Keeps answers; none are kept when absent. */
  readonly store?: AnswerStore | undefined;
  readonly listener?: EndpointListener | undefined;
}

/** Who asks a question, and how. */
export interface QuestionContext {
  readonly account: RunAccount;
  readonly signal: AbortSignal;
  /** Of questions that wait, the least order goes first. */
  readonly order?: number;
  /** Number of the sample, from 0: samples of one question are answered apart. */
  readonly sample?: number;
}

/** A question under way, for all who ask it. */
interface Flight {
  readonly answer: Promise<ChatAnswer>;
  readonly account: RunAccount;
  readonly stop: AbortController;
  waiting: number;
}

/** Asks one model on behalf of all runs: in turn, again where it helps, and nothing twice. */
export class Questions {
  private readonly turns: Turns;
  private readonly flights = new Map<string, Flight>();
  /** Settles once the kept answers of all questions so far were looked up. */
  private lookups: Promise<void> = Promise.resolve();
  private lastId = 0;

  constructor(
    readonly model: ChatModel,
    private readonly rules: QuestionRules,
  ) {
    this.turns = rules.turns ?? new Turns(rules.concurrency);
  }

  get concurrency(): number {
    return this.rules.concurrency;
  }

  /**
   * The answer: a kept one, that of an identical question in flight, or a new one.
   * @throws the signal's reason; BudgetError; EndpointError when the last try failed.
   */
  async ask(
    messages: readonly ChatMessage[],
    options: ChatOptions,
    context: QuestionContext,
  ): Promise<ChatAnswer> {
    const { account, signal, sample = 0 } = context;
    signal.throwIfAborted();
    account.note('questions');
    const key = questionKey(this.model.id, messages, options, sample);
    for (;;) {
      const joined = this.flights.get(key);
      const flight = joined ?? this.begin(key, messages, options, context);
      if (joined !== undefined) account.note('shared');
      try {
        return await this.join(key, flight, signal);
      } catch (error) {
        // Another run's budget is no reason why this one should stop.
        if (!(error instanceof BudgetError) || flight.account === account) throw error;
      }
    }
  }

  async dispose(): Promise<void> {
    await this.model.dispose?.();
  }

  private begin(
    key: string,
    messages: readonly ChatMessage[],
    options: ChatOptions,
    context: QuestionContext,
  ): Flight {
    const stop = new AbortController();
    const answer = this.answer(key, messages, options, { ...context, signal: stop.signal });
    const flight: Flight = { answer, account: context.account, stop, waiting: 0 };
    this.flights.set(key, flight);
    const land = (): void => {
      if (this.flights.get(key) === flight) this.flights.delete(key);
    };
    answer.then(land, land);
    return flight;
  }

  /** Waits for a flight; the last one who stops waiting ends it. */
  private async join(key: string, flight: Flight, signal: AbortSignal): Promise<ChatAnswer> {
    flight.waiting++;
    try {
      return await withSignal(flight.answer, signal);
    } finally {
      flight.waiting--;
      if (flight.waiting === 0 && signal.aborted) {
        if (this.flights.get(key) === flight) this.flights.delete(key);
        flight.stop.abort(signal.reason);
      }
    }
  }

  private async answer(
    key: string,
    messages: readonly ChatMessage[],
    options: ChatOptions,
    { account, signal, order = 0 }: QuestionContext,
  ): Promise<ChatAnswer> {
    const kept = await this.lookUp(key);
    if (kept !== undefined) {
      account.note('cached');
      return kept;
    }
    const answer = await this.turns.run(
      order,
      () => this.tryUntilAnswered(messages, options, account, signal),
      signal,
    );
    await this.rules.store?.set(key, answer);
    return answer;
  }

  /** The kept answer, told only after those to earlier questions: they queue in the order of asking. */
  private lookUp(key: string): Promise<ChatAnswer | undefined> {
    const { store } = this.rules;
    const kept = store === undefined ? Promise.resolve(undefined) : store.get(key);
    const inOrder = Promise.all([kept, this.lookups]).then(([answer]) => answer);
    this.lookups = Promise.allSettled([inOrder, this.lookups]).then(() => undefined);
    return inOrder;
  }

  private async tryUntilAnswered(
    messages: readonly ChatMessage[],
    options: ChatOptions,
    account: RunAccount,
    signal: AbortSignal,
  ): Promise<ChatAnswer> {
    const id = ++this.lastId;
    // What a model finds out about its server is paid for and traced as any question, but tried once.
    const meter: MeterRequest = (more, moreOptions, send) =>
      this.tryOnce(++this.lastId, 1, more, moreOptions, account, send);
    for (let attempt = 1; ; attempt++) {
      let again: number | undefined;
      const pause = (error: unknown): number | undefined =>
        (again = signal.aborted ? undefined : pauseAfter(error, attempt, this.rules.retries));
      try {
        return await this.tryOnce(
          id,
          attempt,
          messages,
          options,
          account,
          () => this.model.complete(messages, options, signal, meter),
          pause,
        );
      } catch (error) {
        if (again === undefined) throw error;
        if (isAskedToWait(error)) this.turns.hold(again);
        await pauseFor(again, signal);
      }
    }
  }

  /**
   * Sends one request, counts and tells of it.
   * @param pause How long to wait before another try, as it is told of; undefined for none.
   */
  private async tryOnce(
    id: number,
    attempt: number,
    messages: readonly ChatMessage[],
    options: ChatOptions,
    account: RunAccount,
    send: () => Promise<ChatAnswer>,
    pause: (error: unknown) => number | undefined = () => undefined,
  ): Promise<ChatAnswer> {
    const { listener } = this.rules;
    const { host, name: model } = this.model;
    account.spendRequest();
    listener?.({ kind: 'asked', id, host, model, attempt, messages, options });
    const began = performance.now();
    try {
      const answer = await send();
      account.spendTokens(answer);
      const milliseconds = performance.now() - began;
      listener?.({ kind: 'answered', id, text: answer.text, usage: answer.usage, milliseconds });
      return answer;
    } catch (error) {
      account.note('failed');
      const again = pause(error);
      listener?.({
        kind: 'failed',
        id,
        message: messageOf(error),
        milliseconds: performance.now() - began,
        ...(again === undefined ? {} : { againInMilliseconds: again }),
      });
      throw error;
    }
  }
}

/** A server that says how long to wait means every request. */
function isAskedToWait(error: unknown): boolean {
  return (
    error instanceof Error &&
    'retryAfterMilliseconds' in error &&
    error.retryAfterMilliseconds !== undefined
  );
}
