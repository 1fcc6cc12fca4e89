import type OpenAI from 'openai';
import { Stream } from 'openai/core/streaming';
import { z } from 'zod';
import type { ChatAnswer, FinishReason, TokenLogprob } from './chatModel';
import { BrokenOff } from './transport';

/** What a server sent is no answer; the message quotes its beginning. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

const rivalSchema = z.object({ token: z.string(), logprob: z.number() });
const logprobsSchema = z
  .object({
    content: z
      .array(rivalSchema.extend({ top_logprobs: z.array(rivalSchema).nullish() }))
      .nullish(),
  })
  .nullish();
const usageSchema = z
  .object({ prompt_tokens: z.number().nullish(), completion_tokens: z.number().nullish() })
  .nullish();
const finishSchema = z.string().nullish();
const textSchema = z.object({ content: z.string().nullish() });

const completionSchema = z.object({
  choices: z
    .array(z.object({ message: textSchema, finish_reason: finishSchema, logprobs: logprobsSchema }))
    .min(1),
  usage: usageSchema,
});

const chunkSchema = z.object({
  choices: z
    .array(
      z.object({
        delta: textSchema.nullish(),
        finish_reason: finishSchema,
        logprobs: logprobsSchema,
      }),
    )
    .nullish(),
  usage: usageSchema,
});

/**
 * Reads a response of a chat completion, streamed or not; what it is decides, not what was asked for.
 * @param client Its log is used, and it is silent; without one the stream’s errors go to the console.
 * @param promptLength UTF-16 units of the question, to estimate tokens where the server does not count.
 * @throws NoAnswer, BrokenOff, or what the body's stream throws.
 */
export async function readCompletion(
  response: Response,
  client: OpenAI,
  stop: AbortController,
  promptLength: number,
): Promise<ChatAnswer> {
  const type = response.headers.get('content-type') ?? '';
  if (type.includes('event-stream')) return readStream(response, client, stop, promptLength);
  const text = (await response.text()).replace(/^\uFEFF/u, '').trimStart();
  // Some servers name their streams and their JSON something else.
  if (/^(?:data|event|id|retry)?:/u.test(text)) {
    return readStream(new Response(text), client, stop, promptLength);
  }
  return readWhole(text, promptLength);
}

function readWhole(text: string, promptLength: number): ChatAnswer {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new NoAnswer(quote(text));
  }
  const { data } = completionSchema.safeParse(value);
  const choice = data?.choices[0];
  if (data === undefined || choice === undefined) throw new NoAnswer(quote(text));
  const logprobs = choice.logprobs?.content?.map(tokenOf);
  return answerOf(
    choice.message.content ?? '',
    choice.finish_reason ?? 'stop',
    data.usage,
    logprobs,
    promptLength,
  );
}

async function readStream(
  response: Response,
  client: OpenAI,
  stop: AbortController,
  promptLength: number,
): Promise<ChatAnswer> {
  let text = '';
  let finish: string | undefined;
  let usage: z.output<typeof usageSchema>;
  let logprobs: TokenLogprob[] | undefined;
  for await (const chunk of Stream.fromSSEResponse<unknown>(response, stop, client)) {
    const { data } = chunkSchema.safeParse(chunk);
    if (data === undefined) throw new NoAnswer(quote(JSON.stringify(chunk)));
    usage = data.usage ?? usage;
    const [choice] = data.choices ?? [];
    if (choice === undefined) continue;
    text += choice.delta?.content ?? '';
    finish = choice.finish_reason ?? finish;
    const tokens = choice.logprobs?.content?.map(tokenOf) ?? [];
    if (tokens.length > 0) logprobs = [...(logprobs ?? []), ...tokens];
  }
  if (finish === undefined) throw new BrokenOff('The answer broke off.');
  return answerOf(text, finish, usage, logprobs, promptLength);
}

function answerOf(
  text: string,
  finish: string,
  usage: z.output<typeof usageSchema>,
  logprobs: readonly TokenLogprob[] | undefined,
  promptLength: number,
): ChatAnswer {
  return {
    text,
    finish: finishOf(finish),
    usage: {
      promptTokens: usage?.prompt_tokens ?? estimateTokens(promptLength),
      completionTokens: usage?.completion_tokens ?? estimateTokens(text.length),
    },
    ...(logprobs === undefined ? {} : { logprobs }),
  };
}

function finishOf(reason: string): FinishReason {
  if (reason === 'length') return 'cut';
  return reason === 'content_filter' ? 'filtered' : 'whole';
}

function tokenOf({
  token,
  logprob,
  top_logprobs: rivals,
}: z.output<typeof rivalSchema> & {
  readonly top_logprobs?: readonly z.output<typeof rivalSchema>[] | null | undefined;
}): TokenLogprob {
  return { token, logprob, rivals: rivals ?? [] };
}

/** About four characters make a token. */
function estimateTokens(length: number): number {
  return Math.ceil(length / 4);
}

function quote(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
}
