import * as vscode from 'vscode';
import type { PatternSource } from '../../host/datasets/patternSuggestions';
import type { Datasets } from '../contract';
import { activeDataset } from '../datasets/activeDataset';
import { DatasetDocument } from '../datasets/datasetDocument';
import { Disposable } from '../disposable';
import type { Failures } from '../failures';
import type { LabelsInForce } from '../labels/labelsInForce';
import type { Settings } from '../settings';

/** Passages that are looked through at once. */
const BLOCK = 256;

/** "Suggest Entities from Patterns…" and "Suggest What Was Accepted Elsewhere", for open data sets. */
export class PatternsFeature extends Disposable {
  constructor(
    private readonly parts: { readonly datasets: Datasets },
    private readonly labels: LabelsInForce,
    private readonly settings: Settings,
    private readonly failures: Failures,
  ) {
    super();
    const { registerCommand } = vscode.commands;
    this._register(
      registerCommand('dynamicner.suggestFromPatterns', async () => {
        const file = await askForPatterns();
        if (file !== undefined) await this.suggest({ kind: 'file', file: file.fsPath });
      }),
    );
    this._register(
      registerCommand('dynamicner.suggestFromAccepted', () => this.suggest({ kind: 'accepted' })),
    );
  }

  private async suggest(source: PatternSource): Promise<void> {
    const dataset = activeDataset(this.parts.datasets);
    if (!(dataset instanceof DatasetDocument)) return;
    try {
      const found = await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: vscode.l10n.t('Looking for patterns'),
          cancellable: true,
        },
        (progress, token) =>
          this.run(dataset, source, token, (share) => progress.report({ increment: 100 * share })),
      );
      await vscode.window.showInformationMessage(
        found === 1
          ? vscode.l10n.t('1 entity was suggested.')
          : vscode.l10n.t('{0} entities were suggested.', found),
      );
    } catch (error) {
      this.failures.show(error);
    }
  }

  /** Number of entities suggested, all in one step of undo. */
  private async run(
    dataset: DatasetDocument,
    source: PatternSource,
    token: vscode.CancellationToken,
    tell: (share: number) => void,
  ): Promise<number> {
    await dataset.client.request('usePatterns', source);
    const labels = (await this.labels.ready(dataset.uri)).toSpec();
    const overlap = this.settings.get('overlap', dataset.uri);
    const work = {};
    let found = 0;
    for (let from = 0; from < dataset.count && !token.isCancellationRequested; from += BLOCK) {
      const ids = (await dataset.passages(from, from + BLOCK)).map(({ id }) => id);
      const results = await dataset.client.request('suggest', { ids, labels, overlap });
      if (results.length > 0) await dataset.apply({ kind: 'suggest', overlap, results }, work);
      for (const { fresh } of results) found += fresh;
      tell(BLOCK / dataset.count);
    }
    return found;
  }
}

async function askForPatterns(): Promise<vscode.Uri | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Patterns of Prodigy or spaCy, regular expressions, or a word list'),
      openLabel: vscode.l10n.t('Suggest'),
      canSelectMany: false,
    })) ?? [];
  return file;
}
