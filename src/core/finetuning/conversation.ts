import { InputError } from '../errors';
import { phrase } from '../messages/phrase';

/** One question with its answer, as SWIFT trains on it. */
export interface Conversation {
  readonly conversations: readonly [
    { readonly from: 'user'; readonly value: string },
    { readonly from: 'assistant'; readonly value: string },
  ];
}

export function conversationOf(question: string, answer: string): Conversation {
  return {
    conversations: [
      { from: 'user', value: question },
      { from: 'assistant', value: answer },
    ],
  };
}

/** A file of conversations: a JSON array, one conversation a line. */
export function writeConversations(conversations: readonly Conversation[]): string {
  if (conversations.length === 0) return '[]\n';
  return `[\n${conversations.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`;
}

/**
 * The conversations of such a file, of any layout.
 * @param source The file's name, for messages.
 * @throws InputError naming the file, and the first conversation that is none.
 */
export function readConversations(text: string, source: string): Conversation[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InputError(
      phrase`The file is not JSON (${(error as Error).message})`,
      phrase`Write a JSON array of conversations.`,
      { source },
    );
  }
  if (!Array.isArray(value)) {
    throw new InputError(
      phrase`The file is no JSON array`,
      phrase`Write an array of conversations.`,
      {
        source,
      },
    );
  }
  return value.map((item: unknown, index) => {
    const read = readConversation(item);
    if (read !== undefined) return read;
    throw new InputError(
      phrase`The item is no conversation of one question and one answer`,
      phrase`Write {"conversations": [{"from": "user", "value": …}, {"from": "assistant", "value": …}]}.`,
      { source, field: `[${index}]` },
    );
  });
}

function readConversation(item: unknown): Conversation | undefined {
  const turns = (item as { conversations?: unknown } | null)?.conversations;
  if (!Array.isArray(turns) || turns.length !== 2) return undefined;
  const [question, answer] = turns as readonly { from?: unknown; value?: unknown }[];
  const isRight = question?.from === 'user' && answer?.from === 'assistant';
  if (!isRight || typeof question.value !== 'string' || typeof answer.value !== 'string') {
    return undefined;
  }
  return conversationOf(question.value, answer.value);
}
