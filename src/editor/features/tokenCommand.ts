import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import { ActionTokens } from './actionTokens';

/**
 * A command that links and menus call with an opaque number: what the number does stays in the
 * extension host, so no text of a document can put anything into a command's arguments.
 */
export class TokenCommand extends Disposable {
  private readonly tokens = new ActionTokens(1000);

  constructor(readonly id: string) {
    super();
    this._register(vscode.commands.registerCommand(id, (token: unknown) => this.tokens.run(token)));
  }

  /** A command that runs `action`, as long as it is among the last thousand that were made. */
  command(title: string, action: () => unknown): vscode.Command {
    return { command: this.id, title, arguments: [this.tokens.add(action)] };
  }

  /** The same as the address of a Markdown link. */
  link(action: () => unknown): string {
    return `command:${this.id}?${encodeURIComponent(JSON.stringify([this.tokens.add(action)]))}`;
  }
}
