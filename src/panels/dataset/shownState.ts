import * as vscode from 'vscode';
import type { DatasetCounts } from '../../core/dataset/counts';
import type { PassageView } from '../../core/dataset/passage';
import type { TypePath } from '../../core/entity/entity';
import type { LabelList } from '../../core/labels/labelList';
import type { DatasetState, ShownPassage } from '../../core/messages/datasetPanel';
import type { OpenDataset } from '../../editor/datasets/contract';
import { Palette } from '../../editor/decorations/palette';
import { say } from '../../editor/wording';
import { describeCommands } from './datasetKeys';
import type { DatasetPanelParts } from './datasetPages';
import type { Preannotation } from './preannotation';
import { shownPassage, type Showing } from './shownPassages';
import type { ShownView } from './shownView';
import { typeRows } from './types';

/** How a data set is shown now: its label list, level, threshold and types, and what goes on. */
export class ShownState {
  /** What there was when it was counted last. */
  counts: DatasetCounts | undefined;
  /** Types that were made for this data set. */
  private readonly made: TypePath[] = [];
  private list: LabelList | undefined;
  private showing: Showing | undefined;

  constructor(
    private readonly parts: DatasetPanelParts,
    private readonly dataset: OpenDataset,
    private readonly view: ShownView,
    private readonly preannotation: Preannotation,
  ) {}

  get palette(): Palette {
    return this.showingNow().palette;
  }

  /** The label list for this file, once it is read. */
  async labels(): Promise<LabelList> {
    if (this.list === undefined) {
      this.list = await this.parts.labels.ready(this.dataset.uri);
      this.showing = undefined;
    }
    return this.list;
  }

  addType(path: TypePath): void {
    this.made.push(path);
  }

  /** The label list, level or threshold is another one. */
  renew(): void {
    this.list = undefined;
    this.showing = undefined;
  }

  shown(passage: PassageView): ShownPassage {
    return shownPassage(passage, this.showingNow());
  }

  async now(): Promise<DatasetState> {
    const { view, settings, context } = this.parts;
    const { dataset } = this;
    const list = await this.labels();
    const share = Math.floor(dataset.readShare * 100);
    const reading = share < 100 ? vscode.l10n.t('{0} % of the file is read.', share) : null;
    return {
      name: vscode.workspace.asRelativePath(dataset.uri),
      total: dataset.count,
      count: this.view.count,
      levels: [...list.taxonomy.levelNames],
      level: Math.min(view.level, Math.max(list.taxonomy.depth - 1, 0)),
      threshold: view.threshold > 0 ? view.threshold : null,
      types: typeRows(list, this.palette, this.counts, this.made),
      annotator: settings.get('annotator').trim() || null,
      preannotation: this.preannotation.progress,
      commands: describeCommands(context.extension),
      note: dataset.readOnly ?? reading,
    };
  }

  private showingNow(): Showing {
    const { view, labels } = this.parts;
    this.showing ??= {
      palette: new Palette(this.list ?? labels.of(this.dataset.uri), view.level),
      threshold: view.leastShown,
      say,
    };
    return this.showing;
  }
}
