import * as vscode from 'vscode';
import type { Datasets } from '../contract';
import { datasetEditor } from '../contributions';
import type { OpenDataset } from './contract';

/** The data set of the editor in front; undefined where that shows none. */
export function activeDataset(datasets: Datasets): OpenDataset | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const isOne = input instanceof vscode.TabInputCustom && input.viewType === datasetEditor.viewType;
  return isOne ? datasets.documentOf(input.uri) : undefined;
}
