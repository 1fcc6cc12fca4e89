import * as vscode from 'vscode';
import type { DatasetState } from '../../core/messages/datasetPanel';
import { datasetCommands } from '../../editor/contributions';
import { Disposable } from '../../editor/disposable';

const prefix = 'dynamicner.dataset.';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly keybindings: readonly {
      readonly command: string;
      readonly key: string;
      readonly mac?: string;
    }[];
  };
}

/** Where the keys of data-set editors go: the page that is active. */
export interface KeyTarget {
  run(command: string, argument: number | null): void;
}

/** The commands of the data-set editor's page: each is sent to the page that is in front. */
export class DatasetKeys extends Disposable {
  /** @param target The page in front; undefined where there is none. */
  constructor(target: () => KeyTarget | undefined) {
    super();
    for (const command of datasetCommands) {
      this._register(
        vscode.commands.registerCommand(command, (argument: unknown) => {
          const number = typeof argument === 'number' ? argument : null;
          target()?.run(command.slice(prefix.length), number);
        }),
      );
    }
  }
}

/** The page's commands with their titles and the keys that they come with, for the list of keys. */
export function describeCommands(extension: vscode.Extension<unknown>): DatasetState['commands'] {
  const { commands, keybindings } = (extension.packageJSON as Manifest).contributes;
  const titles = new Map(commands.map(({ command, title }) => [command, title]));
  const isMac = process.platform === 'darwin';
  return datasetCommands.map((command) => {
    const bound = keybindings.filter((one) => one.command === command);
    const keys = bound.map(({ key, mac }) => keyText(isMac ? (mac ?? key) : key));
    // One key for each number is said as from which to which.
    const shown = keys.length > 3 ? [`${keys[0] ?? ''} … ${keys.at(-1) ?? ''}`] : keys;
    const title = titles.get(command) ?? command;
    return { name: command.slice(prefix.length), title, keys: shown };
  });
}

const signs: Readonly<Record<string, string>> = {
  left: '←',
  right: '→',
  up: '↑',
  down: '↓',
  escape: 'Esc',
  'shift+/': '?',
};

/** A key as people read it: `Ctrl+Shift+→`. */
function keyText(key: string): string {
  const whole = signs[key];
  if (whole !== undefined) return whole;
  return key
    .split('+')
    .map((part) => signs[part] ?? part.charAt(0).toUpperCase() + part.slice(1))
    .join('+');
}
