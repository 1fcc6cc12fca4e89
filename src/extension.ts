import * as vscode from 'vscode';
import { standInForCommands } from './activation/commands';
import { registerDatasetEditor } from './activation/datasetEditor';
import { registerLabelEditor } from './activation/labelEditor';
import { LazyEditor } from './activation/lazyEditor';
import { isNeededAtStart, loadWhenNeeded } from './activation/occasions';
import { registerTools } from './activation/tools';
import { standInForViews } from './activation/views';
import type { EditorParts } from './editor/contract';

/** What `activate` gives to other extensions and to tests. */
export interface ExtensionApi {
  /** The parts of the extension, loaded if they are not yet. */
  parts(): Promise<EditorParts>;
  /** Whether anything beyond this entry has been loaded. */
  readonly loaded: boolean;
  /** Whether it was when `activate` returned. */
  readonly loadedAtStart: boolean;
  /** What `activate` took, in milliseconds. */
  readonly activationMilliseconds: number;
  /** The window as this extension sees it: every extension has one of its own, and a test answers its questions. */
  readonly window: typeof vscode.window;
}

let editor: LazyEditor | undefined;

/**
 * Registers a stand-in for everything that the manifest promises, and nothing else: the first use of
 * one of them loads the rest, which then takes the place of those for commands and views.
 */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const started = performance.now();
  let activationMilliseconds = 0;
  const lazy = new LazyEditor(
    async () => {
      const { createEditor } = await import('./editor');
      return () => createEditor(context, { activationMilliseconds });
    },
    (load) => [standInForViews(context, load), standInForCommands(context, load)],
  );
  editor = lazy;
  const { load } = lazy;
  context.subscriptions.push(
    lazy,
    registerDatasetEditor(load),
    registerLabelEditor(load),
    registerTools(context, load),
    loadWhenNeeded(lazy),
  );
  if (isNeededAtStart(context)) void load();
  activationMilliseconds = performance.now() - started;
  return {
    parts: async () => (await load()).parts,
    get loaded() {
      return lazy.isLoaded;
    },
    loadedAtStart: lazy.isLoaded,
    activationMilliseconds,
    window: vscode.window,
  };
}

/** Waits until what humans did is on disk. */
export async function deactivate(): Promise<void> {
  await editor?.close();
}
