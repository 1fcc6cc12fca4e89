/**
 * The lowest part of everything that asks a language model. From below:
 *
 * - `ChatModel` (here): one conversation in, one answer out, one try. `OpenAiModel` is it over HTTP;
 *   a model of VS Code's own is another. It does not retry, cache, count or wait its turn.
 * - `Questions` (`questions.ts`): what all runs against one model share: turns, tries, answers on disk,
 *   questions in flight, tracing. Each question names the `RunAccount` (`runAccount.ts`) that pays for it.
 * - `PromptProtocol` (`../prompts/promptProtocol.ts`) and the cascade make questions of sentences.
 */

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** What changes an answer; all of it is part of the key under which an answer is kept. */
export interface ChatOptions {
  /** 0 when absent. */
  readonly temperature?: number;
  /** Most tokens of the answer; the server's own limit when absent. */
  readonly maxTokens?: number;
  /** Sent where the server has seeds; models without them ignore it. */
  readonly seed?: number;
  /**
   * The answer must be one of these. A model that cannot hold itself to them answers freely, so that
   * whoever asks matches the answer to the list in either case.
   */
  readonly choice?: readonly string[];
  /** JSON schema that the answer must fit; like `choice` a wish, not a promise. */
  readonly schema?: Readonly<Record<string, unknown>>;
  /** Ask for log-probabilities of the answer's tokens, with this many rivals of each. */
  readonly logprobs?: number;
}

export interface TokenUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** A token of an answer with its natural log-probability. */
export interface TokenLogprob {
  readonly token: string;
  readonly logprob: number;
  /** The likeliest tokens of this place, the token itself among them or not. */
  readonly rivals: readonly { readonly token: string; readonly logprob: number }[];
}

/** Why an answer ended; a `cut` one is not whole, a `filtered` one was withheld. */
export type FinishReason = 'whole' | 'cut' | 'filtered';

export interface ChatAnswer {
  readonly text: string;
  readonly finish: FinishReason;
  /** As the server counted; estimated from the lengths where it does not say. */
  readonly usage: TokenUsage;
  /** In the order of the answer; absent where they were not asked for or the server gives none. */
  readonly logprobs?: readonly TokenLogprob[];
}

/**
 * Pays for, counts and traces a request that an answer takes besides the one that it was asked for by:
 * those that find out what a server can do.
 * @throws BudgetError when there is nothing left to pay with; what `send` throws.
 */
export type MeterRequest = (
  messages: readonly ChatMessage[],
  options: ChatOptions,
  send: () => Promise<ChatAnswer>,
) => Promise<ChatAnswer>;

/** One model behind one endpoint. */
export interface ChatModel {
  /** Names the endpoint with its model for keys of kept answers; no secrets in it. */
  readonly id: string;
  /** The model's name as it is shown. */
  readonly name: string;
  /** Who gets the text, as it is shown: a host name, or the maker of the model. */
  readonly host: string;
  /** Whether text leaves the machine. */
  readonly remote: boolean;

  /**
   * The model's answer. Tries once.
   * @param meter For requests besides that one; they go unnoticed when absent.
   * @throws the signal's reason when aborted; an `EndpointError`, whose `kind` says whether another try
   * may help and whether other questions fare better.
   */
  complete(
    messages: readonly ChatMessage[],
    options: ChatOptions,
    signal?: AbortSignal,
    meter?: MeterRequest,
  ): Promise<ChatAnswer>;

  /** Closes connections; later questions throw. */
  dispose?(): Promise<void>;
}
