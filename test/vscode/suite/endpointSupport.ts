import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { DocumentSession } from '../../../src/editor/contract';
import type { TypePath } from '../../../src/core/entity/entity';
import type { EngineSetting } from '../../../src/engines/settings';
import { ChatServer, type ChatHandler } from '../../servers/chatServer';
import { oracle, type GoldSentence, type OracleOptions } from '../../servers/oracle';
import { answering } from './support';

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

/** Sets a setting of the extension for the user; undefined takes it away. */
export async function configure(name: string, value: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration('dynamicner')
    .update(name, value, vscode.ConfigurationTarget.Global);
}

/** Makes a server the endpoint `test` and its cascade the engine. */
export async function useCascade(
  server: Pick<ChatServer, 'url'>,
  settings: EngineSetting = {},
  profile: object = {},
): Promise<void> {
  await configure('endpoints', {
    test: { url: server.url, model: 'small', choice: 'none', stream: false, tries: 1, ...profile },
  });
  await configure('engine', {
    protocol: 'cascade',
    ...settings,
    extractor: { by: 'endpoint:test', samples: 1, ...settings.extractor },
    classifier: { by: 'endpoint:test', ...settings.classifier },
  });
}

/** Takes the engine and everything that was kept for it away again. */
export async function resetEngine(): Promise<void> {
  await configure('engine', undefined);
  await configure('endpoints', undefined);
  await configure('endpoint.trace', undefined);
  await answering({}, () => vscode.commands.executeCommand('dynamicner.clearAnswers'));
}

/** Mentions with their deepest types. */
export function typed(session: DocumentSession): string[] {
  const text = session.document.getText();
  return session.entities.map(
    ({ start, end, path }) => `${text.slice(start, end)}: ${path.at(-1) ?? ''}`,
  );
}

/** Answers a quick pick by the beginning of a label, without its icon. */
export function picking(...labels: readonly string[]): (...args: unknown[]) => unknown {
  const left = [...labels];
  return (...args) => {
    const wanted = left.shift();
    if (wanted === undefined) return undefined;
    const items = args[0] as readonly (vscode.QuickPickItem | string)[];
    const found = items.find((item) => {
      if (typeof item === 'string') return item.startsWith(wanted);
      const isSeparator = item.kind === vscode.QuickPickItemKind.Separator;
      return !isSeparator && item.label.replace(/^\$\([\w-]+\) /u, '').startsWith(wanted);
    });
    assert.ok(found, `“${wanted}” is not among the choices`);
    return found;
  };
}

/** Answers messages by the button of that title. */
export function pressing(title: string): (...args: unknown[]) => unknown {
  return (...args) => args.find((arg) => arg === title);
}
