import type {
  ChatAnswer,
  ChatMessage,
  ChatModel,
  ChatOptions,
} from '../../../../src/engines/endpoint/chatModel';
import { Questions, type QuestionRules } from '../../../../src/engines/endpoint/questions';

export interface Asked {
  readonly messages: readonly ChatMessage[];
  readonly options: ChatOptions;
}

/** A model whose answers a test writes; it remembers what it was asked. */
export class FakeModel implements ChatModel {
  readonly id = 'fake';
  readonly name = 'fake-model';
  readonly host = 'here';
  readonly remote = false;
  readonly asked: Asked[] = [];

  constructor(
    private readonly reply: (question: string, asked: Asked) => string | Partial<ChatAnswer>,
  ) {}

  async complete(
    messages: readonly ChatMessage[],
    options: ChatOptions,
    signal?: AbortSignal,
  ): Promise<ChatAnswer> {
    const asked = { messages, options };
    this.asked.push(asked);
    // A turn of the loop, as a socket would take.
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    const reply = this.reply(messages.at(-1)?.content ?? '', asked);
    return {
      text: '',
      finish: 'whole',
      usage: { promptTokens: 7, completionTokens: 3 },
      ...(typeof reply === 'string' ? { text: reply } : reply),
    };
  }

  questions(rules: Partial<QuestionRules> = {}): Questions {
    return new Questions(this, {
      concurrency: 4,
      retries: { tries: 1, firstMilliseconds: 1 },
      ...rules,
    });
  }
}
