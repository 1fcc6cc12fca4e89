import * as vscode from 'vscode';
import { alignPassages } from '../../core/dataset/alignPassages';
import { diffEntities, takeSide, type EntityDifference } from '../../core/dataset/diff';
import type { PassageId, PassageView } from '../../core/dataset/passage';
import { withText } from '../../core/dataset/textChange';
import type { Entity } from '../../core/entity/entity';
import { InputError } from '../../core/errors';
import type { PassageData } from '../../core/formats/format';
import type {
  DatasetDiff,
  DiffQuestion,
  DiffRow,
  DiffTake,
} from '../../core/messages/datasetPanel';
import { phrase } from '../../core/messages/phrase';
import type { OpenDataset } from '../../editor/datasets/contract';
import { allPassages } from '../../editor/datasets/allPassages';
import { readPassages } from './readPassages';
import { shownSpan } from './shownPassages';
import type { ShownState } from './shownState';

interface Difference extends EntityDifference {
  readonly passage: PassageId;
  readonly number: number;
  readonly text: string;
  taken: DiffTake['take'] | null;
}

/** A comparison of a data set with another version of it, or of two people's work in it. */
export class DiffSession {
  private differences: Difference[] = [];

  constructor(
    private readonly dataset: OpenDataset,
    private readonly state: Pick<ShownState, 'labels' | 'palette'>,
  ) {}

  /** Compares; null when the user named no other file. */
  async start(question: DiffQuestion): Promise<DatasetDiff | null> {
    this.differences = [];
    if (question.kind === 'annotators') return this.compareAnnotators(question);
    const { t } = vscode.l10n;
    const here = t('As it is now');
    const labels = (await this.state.labels()).toSpec();
    if (question.kind === 'saved') {
      const saved = readPassages(this.dataset.uri, labels, this.dataset);
      return this.compareWith(saved, here, t('As it was saved'));
    }
    const [other] =
      (await vscode.window.showOpenDialog({
        title: t('Compare with Another Data Set'),
        openLabel: t('Compare'),
      })) ?? [];
    if (other === undefined) return null;
    const name = vscode.workspace.asRelativePath(other);
    return this.compareWith(readPassages(other, labels), here, name);
  }

  rows(from: number, to: number): DiffRow[] {
    const { palette } = this.state;
    return this.differences.slice(from, to).map((difference, index) => {
      const { passage, number, text, left, right, taken } = difference;
      return {
        id: from + index,
        passage,
        number,
        text,
        left: left === undefined ? null : shownSpan(left, palette),
        right: right === undefined ? null : shownSpan(right, palette),
        taken,
      };
    });
  }

  /** Takes a side of differences, as one step of undo. */
  async take(ids: readonly number[], take: DiffTake['take']): Promise<void> {
    const wanted = ids.flatMap((id) => this.differences[id] ?? []);
    const passageIds = [...new Set(wanted.map(({ passage }) => passage))];
    const views = await this.dataset.passagesOf(passageIds);
    const passages = views.map(({ id, passage }) => {
      let { entities } = passage;
      for (const difference of wanted.filter((one) => one.passage === id)) {
        if (difference.text !== passage.text) throw changedSince(difference.number);
        entities = takeSide(entities, difference, take);
      }
      return { id, passage: { ...passage, entities } };
    });
    if (passages.length === 0) return;
    await this.dataset.apply({ kind: 'replace', passages });
    for (const difference of wanted) difference.taken = take;
  }

  private async compareAnnotators({
    left,
    right,
  }: Extract<DiffQuestion, { kind: 'annotators' }>): Promise<DatasetDiff> {
    for await (const view of allPassages(this.dataset)) {
      const of = (name: string): readonly Entity[] =>
        view.passage.entities.filter(({ annotator }) => annotator === name);
      this.note(view, diffEntities(of(left), of(right)));
    }
    return { left, right, count: this.differences.length, onlyLeft: 0, onlyRight: 0 };
  }

  private async compareWith(
    others: AsyncIterable<PassageData>,
    left: string,
    right: string,
  ): Promise<DatasetDiff> {
    const theirs: PassageData[] = [];
    for await (const other of others) theirs.push(other);
    const ours: PassageView[] = [];
    for await (const view of allPassages(this.dataset)) ours.push(view);
    const pairs = alignPassages(
      ours.map(({ passage }) => passage),
      theirs,
    );
    let onlyLeft = 0;
    let onlyRight = 0;
    for (const pair of pairs) {
      const view = pair.left === undefined ? undefined : ours[pair.left];
      const other = pair.right === undefined ? undefined : theirs[pair.right];
      if (view === undefined) onlyRight += 1;
      else if (other === undefined) onlyLeft += 1;
      else {
        const { text, entities } = view.passage;
        this.note(view, diffEntities(entities, withText(other, text).entities));
      }
    }
    return { left, right, count: this.differences.length, onlyLeft, onlyRight };
  }

  private note({ id, number, passage }: PassageView, found: readonly EntityDifference[]): void {
    for (const difference of found) {
      this.differences.push({
        ...difference,
        passage: id,
        number,
        text: passage.text,
        taken: null,
      });
    }
  }
}

function changedSince(number: number): InputError {
  return new InputError(
    phrase`The text of passage ${number + 1} has changed since it was compared`,
    phrase`Compare again.`,
  );
}
