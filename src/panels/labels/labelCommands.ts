import * as vscode from 'vscode';
import { pageCommands } from '../../core/messages/labelEditor';
import { Disposable } from '../../editor/disposable';
import type { LabelView } from './labelView';

/** The commands of the label editor, each done by the page that is active. */
export class LabelCommands extends Disposable {
  constructor(active: () => LabelView | undefined) {
    super();
    for (const name of pageCommands) {
      this._register(
        vscode.commands.registerCommand(`dynamicner.labels.${name}`, (argument: unknown) => {
          active()?.run(name, typeof argument === 'number' ? argument : undefined);
        }),
      );
    }
  }
}
