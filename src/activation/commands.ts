import * as vscode from 'vscode';
import type { Load, StandIn } from './lazyEditor';
import { contributionsOf } from './manifest';

/** Commands that load the editor and then run the editor's command of their name. */
export function standInForCommands(context: vscode.ExtensionContext, load: Load): StandIn {
  const standIns = contributionsOf(context).commands.map(({ command }) =>
    vscode.commands.registerCommand(command, async (...args: unknown[]) => {
      await load();
      return vscode.commands.executeCommand(command, ...args);
    }),
  );
  return { remove: () => void vscode.Disposable.from(...standIns).dispose() };
}
