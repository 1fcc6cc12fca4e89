import {
  askedByExtension,
  askedByPage,
  type DatasetAskedByExtension,
} from '../../src/core/messages/datasetPanel';
import { MessageHandler, type Answers } from '../../src/core/messages/messageHandler';
import { port, vscode } from '../extension';

/** The extension, as the page talks to it. */
export type Host = MessageHandler<DatasetAskedByExtension, typeof askedByPage>;

export function connect(answers: Answers<DatasetAskedByExtension>): Host {
  return new MessageHandler(port, askedByExtension, answers, askedByPage);
}

/** What the page keeps over a reload of the window. */
export interface KeptState {
  readonly row: number;
  readonly offset: number;
  readonly position: number;
  readonly span: string | null;
}

export function keptState(): KeptState | undefined {
  const kept = vscode.getState();
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { row, offset, position, span } = kept as Record<string, unknown>;
  const isNumber = (one: unknown): one is number => typeof one === 'number' && one >= 0;
  if (!isNumber(row) || !isNumber(offset) || !isNumber(position)) return undefined;
  return { row, offset, position, span: typeof span === 'string' ? span : null };
}

export function keepState(state: KeptState): void {
  vscode.setState(state);
}
