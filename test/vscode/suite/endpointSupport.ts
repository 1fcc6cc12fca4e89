import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { DocumentSession } from '../../../src/editor/contract';
import type { EngineSetting } from '../../../src/engines/settings';
import type { ChatServer } from '../../servers/chatServer';
import { answering } from './support';

export * from '../../servers/editorServer';

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
