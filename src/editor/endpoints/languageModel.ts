import * as vscode from 'vscode';
import type {
  ChatAnswer,
  ChatMessage,
  ChatModel,
  ChatOptions,
} from '../../engines/endpoint/chatModel';
import type { EndpointError } from '../../engines/endpoint/errors';
import {
  languageModelError,
  type LanguageModelFailure,
} from '../../engines/endpoint/languageModelFailures';
import { messageOf } from '../../engines/errors';

/** Requests to one of VS Code's models at once: their makers count them. */
export const languageModelConcurrency = 4;

/**
 * The model of VS Code's own of that id. There is no key: VS Code asks the user itself whether this
 * extension may use its models.
 * @throws EndpointError when there is none, or none any more.
 */
export async function openLanguageModel(id: string): Promise<ChatModel> {
  const [model] = await vscode.lm.selectChatModels({ id });
  if (model === undefined) throw languageModelError('not found', id, '');
  return new LanguageModel(model);
}

/** A language model of VS Code as a model that questions are asked of. */
export class LanguageModel implements ChatModel {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  /** Whoever brings the model may run it anywhere. */
  readonly remote = true;

  constructor(private readonly model: vscode.LanguageModelChat) {
    this.id = `vscode ${model.vendor} ${model.id} ${model.version}`;
    this.name = model.name;
    this.host = model.vendor;
  }

  async complete(
    messages: readonly ChatMessage[],
    options: ChatOptions,
    signal?: AbortSignal,
  ): Promise<ChatAnswer> {
    signal?.throwIfAborted();
    const source = new vscode.CancellationTokenSource();
    const onAbort = (): void => source.cancel();
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      const response = await this.model.sendRequest(
        messages.map(toVsCode),
        {
          justification: vscode.l10n.t('DynamicNER asks which entities the text has.'),
          modelOptions: modelOptions(options),
        },
        source.token,
      );
      let text = '';
      for await (const piece of response.text) text += piece;
      signal?.throwIfAborted();
      return { text, finish: 'whole', usage: estimateUsage(messages, text) };
    } catch (error) {
      signal?.throwIfAborted();
      throw this.explain(error);
    } finally {
      signal?.removeEventListener('abort', onAbort);
      source.dispose();
    }
  }

  private explain(error: unknown): EndpointError {
    return languageModelError(
      failureOf(error),
      `${this.host} ${this.name}`,
      messageOf(error),
      error,
    );
  }
}

function failureOf(error: unknown): LanguageModelFailure {
  switch (error instanceof vscode.LanguageModelError ? error.code : '') {
    case vscode.LanguageModelError.NoPermissions.name:
      return 'not allowed';
    case vscode.LanguageModelError.Blocked.name:
      return 'blocked';
    case vscode.LanguageModelError.NotFound.name:
      return 'not found';
    default:
      return 'other';
  }
}

/** There are no system messages: what one says opens the conversation. */
function toVsCode({ role, content }: ChatMessage): vscode.LanguageModelChatMessage {
  return role === 'assistant'
    ? vscode.LanguageModelChatMessage.Assistant(content)
    : vscode.LanguageModelChatMessage.User(content);
}

function modelOptions({ temperature = 0, maxTokens, seed }: ChatOptions): Record<string, unknown> {
  return {
    temperature,
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
    ...(seed === undefined ? {} : { seed }),
  };
}

/** VS Code does not say how many tokens an answer took: about four characters make one. */
function estimateUsage(messages: readonly ChatMessage[], text: string): ChatAnswer['usage'] {
  const asked = messages.reduce((sum, { content }) => sum + content.length, 0);
  return {
    promptTokens: Math.ceil(asked / 4),
    completionTokens: Math.ceil(text.length / 4),
  };
}
