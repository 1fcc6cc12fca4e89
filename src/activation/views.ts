import * as vscode from 'vscode';
import type { Load, StandIn } from './lazyEditor';
import { contributionsOf } from './manifest';

/** Empty views that load the editor when they are shown. */
export function standInForViews(context: vscode.ExtensionContext, load: Load): StandIn {
  const views = Object.values(contributionsOf(context).views)
    .flat()
    .map(({ id }) => {
      const treeDataProvider: vscode.TreeDataProvider<never> = {
        getChildren: async () => {
          await load();
          return [];
        },
        getTreeItem: (element) => element,
      };
      return vscode.window.createTreeView(id, { treeDataProvider });
    });
  return {
    // A view goes some time after `dispose` returns, and takes another one of its id with it; what
    // `dispose` returns, though not typed so, is a promise that tells when it is gone.
    remove: async () => {
      await Promise.all(views.map((view) => view.dispose() as unknown));
    },
  };
}
