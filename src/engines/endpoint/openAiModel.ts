import OpenAI from 'openai';
import { APIError } from 'openai/core/error';
import { withSignal } from '../abort';
import type { ChatAnswer, ChatMessage, ChatModel, ChatOptions, MeterRequest } from './chatModel';
import {
  choiceParameters,
  choiceProbe,
  constrainingMethods,
  schemaParameters,
  unwrapChoice,
  type SettledMethod,
} from './choices';
import { BudgetError, EndpointError } from './errors';
import { TookTooLong, toEndpointError, type FailurePlace } from './failures';
import { hostOf, isLoopback, type EndpointProfile } from './profile';
import { readCompletion } from './readCompletion';
import { nodeFetch, type Fetch } from './transport';

export interface OpenAiModelOptions {
  readonly key?: string | undefined;
  /** Sends requests; `nodeFetch` without an agent of its own when absent. */
  readonly fetch?: Fetch;
}

/** No answer of a model is larger. */
export const MOST_BYTES = 4 * 1024 * 1024;
const PROBE_TOKENS = 16;

/** Parameters that a question can do without, or under another name. */
const needless = [
  'stream_options',
  'top_logprobs',
  'logprobs',
  'seed',
  'max_tokens',
  'temperature',
  'response_format',
];
const refusal =
  /un(?:supported|known|recogni[sz]ed|expected)|not (?:support|permit|allow)|extra|invalid|instead/iu;

const unmetered: MeterRequest = (_messages, _options, send) => send();

/** A model behind a server that speaks OpenAI's chat completions. */
export class OpenAiModel implements ChatModel {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly remote: boolean;
  private readonly client: OpenAI;
  private readonly place: FailurePlace;
  /** Parameters that the server refused and that questions do without. */
  private readonly refused = new Set<string>();
  private method: Promise<SettledMethod> | undefined;

  constructor(
    private readonly profile: EndpointProfile,
    { key, fetch }: OpenAiModelOptions = {},
  ) {
    const { url, model } = profile;
    this.id = `${url} ${model}`;
    this.name = model;
    this.host = hostOf(url);
    this.remote = !isLoopback(url);
    this.place = { host: this.host, model, key };
    this.client = new OpenAI({
      baseURL: url,
      // Servers without keys take any.
      apiKey: key === undefined || key === '' ? 'none' : key,
      organization: null,
      project: null,
      maxRetries: 0,
      logLevel: 'off',
      timeout: 1000 * profile.totalSeconds + 1000,
      defaultHeaders: profile.headers ?? {},
      fetch:
        fetch ??
        nodeFetch({ connectMilliseconds: 1000 * profile.connectSeconds, mostBytes: MOST_BYTES }),
    });
  }

  async complete(
    messages: readonly ChatMessage[],
    options: ChatOptions,
    signal?: AbortSignal,
    meter: MeterRequest = unmetered,
  ): Promise<ChatAnswer> {
    const method = options.choice === undefined ? 'none' : await this.choiceMethod(meter, signal);
    const answer = await this.send(messages, options, method, meter, signal);
    const text = unwrapChoice(method, answer.text);
    return text === answer.text ? answer : { ...answer, text };
  }

  /**
   * Names of the models that the server has, to test a connection and to choose from.
   * @throws EndpointError.
   */
  async listModels(signal?: AbortSignal): Promise<string[]> {
    return this.limited(signal, async (stop) => {
      const { data } = await this.client.models.list({ signal: stop.signal });
      // A server without such a list answers with something else.
      return Array.isArray(data) ? data.map(({ id }) => id).sort() : [];
    });
  }

  /** How the server holds a model to choices; found out with the first question that has some. */
  private async choiceMethod(meter: MeterRequest, signal?: AbortSignal): Promise<SettledMethod> {
    if (this.profile.choice !== 'auto') return this.profile.choice;
    for (;;) {
      const begun = this.method;
      if (begun === undefined) {
        const finding = this.findChoiceMethod(meter, signal);
        this.method = finding;
        finding.catch(() => (this.method = undefined));
        return finding;
      }
      try {
        return await withSignal(begun, signal);
      } catch (error) {
        // Whoever began it left, or could not pay: that is no reason for others to stop.
        const isTheirs = error instanceof BudgetError || isAbortError(error);
        if (!isTheirs || signal?.aborted === true) throw error;
      }
    }
  }

  private async findChoiceMethod(
    meter: MeterRequest,
    signal?: AbortSignal,
  ): Promise<SettledMethod> {
    const { question, choice } = choiceProbe;
    const messages = [{ role: 'user', content: question }] as const;
    const options = { choice, maxTokens: PROBE_TOKENS };
    for (const method of constrainingMethods) {
      try {
        const { text } = await meter(messages, options, () =>
          this.send(messages, options, method, meter, signal),
        );
        const answer = unwrapChoice(method, text);
        if (choice.some((one) => one === answer)) return method;
      } catch (error) {
        if (!(error instanceof EndpointError) || error.kind !== 'question') throw error;
      }
    }
    return 'none';
  }

  private async send(
    messages: readonly ChatMessage[],
    options: ChatOptions,
    method: SettledMethod,
    meter: MeterRequest,
    signal?: AbortSignal,
  ): Promise<ChatAnswer> {
    for (let attempt = 1; ; attempt++) {
      const parameters = this.parameters(options, method);
      const request = (): Promise<ChatAnswer> => this.sendOnce(messages, parameters, signal);
      try {
        // The first one was paid for by whoever asks.
        return attempt === 1 ? await request() : await meter(messages, options, request);
      } catch (error) {
        if (!this.learnsFrom(error, parameters)) throw error;
      }
    }
  }

  private sendOnce(
    messages: readonly ChatMessage[],
    parameters: Readonly<Record<string, unknown>>,
    signal?: AbortSignal,
  ): Promise<ChatAnswer> {
    const length = messages.reduce((sum, { content }) => sum + content.length, 0);
    return this.limited(signal, async (stop) => {
      const body = { model: this.profile.model, messages: [...messages], ...parameters };
      const response = await this.client.chat.completions
        .create(body, { signal: stop.signal })
        .asResponse();
      return readCompletion(response, this.client, stop, length);
    });
  }

  private parameters(options: ChatOptions, method: SettledMethod): Record<string, unknown> {
    const { temperature = 0, maxTokens, seed, choice, schema, logprobs } = options;
    const limit = this.refused.has('max_tokens') ? 'max_completion_tokens' : 'max_tokens';
    const all: Record<string, unknown> = {
      temperature,
      ...(maxTokens === undefined ? {} : { [limit]: maxTokens }),
      ...(seed === undefined ? {} : { seed }),
      ...(logprobs === undefined ? {} : { logprobs: true, top_logprobs: logprobs }),
      ...(schema === undefined ? {} : schemaParameters(schema)),
      ...(choice === undefined ? {} : choiceParameters(method, choice)),
      ...(this.profile.stream ? { stream: true, stream_options: { include_usage: true } } : {}),
    };
    for (const name of this.refused) delete all[name];
    return all;
  }

  /**
   * Whether the server refused a parameter that questions can do without; it is left out from then on.
   * Servers differ in what they know: seeds, log-probabilities, counts in streams, temperatures.
   */
  private learnsFrom(error: unknown, sent: Readonly<Record<string, unknown>>): boolean {
    if (!(error instanceof EndpointError) || error.kind !== 'question') return false;
    const said = error.cause instanceof APIError ? error.cause.message : '';
    const name = needless.find(
      (one) => one in sent && new RegExp(`\\b${one}\\b`, 'u').test(said) && refusal.test(said),
    );
    if (name === undefined) return false;
    this.refused.add(name);
    if (name === 'logprobs') this.refused.add('top_logprobs');
    return true;
  }

  /** Runs a request that is ended by the signal, or when it takes too long; its socket is closed then. */
  private async limited<T>(
    signal: AbortSignal | undefined,
    work: (stop: AbortController) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    const stop = new AbortController();
    const { totalSeconds } = this.profile;
    const limit = { isReached: false };
    const timer = setTimeout(() => {
      limit.isReached = true;
      stop.abort();
    }, 1000 * totalSeconds);
    const onAbort = (): void => stop.abort();
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      return await work(stop);
    } catch (error) {
      signal?.throwIfAborted();
      const cause = limit.isReached ? new TookTooLong(totalSeconds) : error;
      throw toEndpointError(cause, this.place);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    }
  }
}

function isAbortError(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
