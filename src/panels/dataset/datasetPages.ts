import * as vscode from 'vscode';
import { ContextKey } from '../../editor/contextKey';
import type { DatasetPages, OpenDataset } from '../../editor/datasets/contract';
import { Disposable } from '../../editor/disposable';
import type { EngineAccess } from '../../editor/engine/engineAccess';
import type { Failures } from '../../editor/failures';
import type { LabelsInForce } from '../../editor/labels/labelsInForce';
import type { Settings } from '../../editor/settings';
import type { ShownView } from '../../editor/view/viewState';
import { DatasetKeys } from './datasetKeys';
import { DatasetPanel } from './datasetPanel';

/** What pages of data sets are made of. */
export interface DatasetPanelParts {
  readonly context: vscode.ExtensionContext;
  readonly engine: EngineAccess;
  /** Ranks types, whatever the engine in force is: to select a span sends nothing to anybody. */
  readonly encoder: Pick<EngineAccess, 'engine'>;
  readonly labels: LabelsInForce;
  readonly view: ShownView;
  readonly settings: Settings;
  readonly failures: Failures;
}

/** The open pages of data sets, and the commands of the one in front. */
export class DatasetEditorPages extends Disposable implements DatasetPages {
  private readonly open = new Map<vscode.WebviewPanel, DatasetPanel>();
  private readonly keys = new ContextKey('dynamicner.dataset.keys');
  /** The one whose keys are commands. */
  private listening: vscode.WebviewPanel | undefined;

  constructor(private readonly parts: DatasetPanelParts) {
    super();
    this._register(
      new DatasetKeys(() => {
        const panel = this.listening ?? [...this.open.keys()].find(({ active }) => active);
        return panel && this.open.get(panel);
      }),
    );
  }

  show(dataset: OpenDataset, panel: vscode.WebviewPanel): vscode.Disposable {
    const page = new DatasetPanel(this.parts, dataset, panel, (areCommands) =>
      this.followKeys(panel, areCommands),
    );
    this.open.set(panel, page);
    this._register(page);
    const watch = panel.onDidChangeViewState(() => {
      if (!panel.active) void this.followKeys(panel, false);
    });
    return new vscode.Disposable(() => {
      watch.dispose();
      this.open.delete(panel);
      this._release(page);
      void this.followKeys(panel, false);
    });
  }

  /** Resolves when keys follow. */
  private async followKeys(panel: vscode.WebviewPanel, areCommands: boolean): Promise<void> {
    // The page that loses the focus may tell so after the one that gets it.
    if (!areCommands && this.listening !== panel) return;
    this.listening = areCommands ? panel : undefined;
    await this.keys.apply(areCommands);
  }
}
