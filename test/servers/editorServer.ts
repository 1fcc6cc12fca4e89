import type { TypePath } from '../../src/core/entity/entity';
import { ChatServer, type ChatHandler } from './chatServer';
import { oracle, type GoldSentence, type OracleOptions } from './oracle';

/** What the tests of the editor ask: a server with two models that knows a scholar and two cities. */

export const scholar: TypePath = ['person', 'real person', 'scholar'];
export const city: TypePath = ['location', 'geo-political entity', 'city'];

/** Sentences with the entities that the oracle finds in them. */
export function gold(...sentences: readonly string[]): GoldSentence[] {
  return sentences.map((text) => ({
    text,
    entities: [...text.matchAll(/Ada Lovelace|London|Paris/gu)].map(({ index, 0: mention }) => ({
      start: index,
      end: index + mention.length,
      path: mention.startsWith('Ada') ? scholar : city,
    })),
  }));
}

/** A server with two models that answers from gold annotations. */
export function oracleServer(
  sentences: readonly GoldSentence[],
  options: OracleOptions = {},
): Promise<ChatServer> {
  return ChatServer.start(listingModels(oracle(sentences, options)));
}

/** A handler that also lists the server's models. */
export function listingModels(handler: ChatHandler): ChatHandler {
  return (request, response, number) => {
    if (!request.path.endsWith('/models')) return handler(request, response, number);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ object: 'list', data: [{ id: 'large' }, { id: 'small' }] }));
  };
}

/** The requests of a server that ask a question. */
export function questionsTo(server: ChatServer): string[] {
  return server.requests
    .filter(({ path }) => path.endsWith('/chat/completions'))
    .map(({ body }) => body.messages?.at(-1)?.content ?? '');
}
