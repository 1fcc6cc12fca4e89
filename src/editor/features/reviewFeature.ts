import * as vscode from 'vscode';
import { formatPath } from '../../core/labels/names';
import {
  disagreementOf,
  reviewOrder,
  type RankedItem,
  type ReviewItem,
} from '../../core/learning/reviewOrder';
import { withoutKeys } from '../../core/withoutKeys';
import type { EditorParts } from '../contract';
import { activeDataset } from '../datasets/activeDataset';
import { Disposable } from '../disposable';
import type { EngineAccess } from '../engine/engineAccess';
import type { Failures } from '../failures';
import type { LabelsInForce } from '../labels/labelsInForce';
import { DatasetReview } from '../review/datasetReview';
import { DocumentReview } from '../review/documentReview';
import { mentionOf, type ReviewPlace, type Suggestion } from '../review/reviewPlace';
import { mentionText } from './entityText';
import { formatCount, percent } from './numbers';
import { pickType } from './pickType';

interface Choice extends vscode.QuickPickItem {
  readonly key: 'accept' | 'reject' | 'change' | 'skip';
}

/** Suggestions that are looked at with and without what was learned: each takes a ranking. */
const COMPARED = 60;
const RANKED = 8;

/**
 * "Review Uncertain Entities": walks the suggestions of the document or data set in front, the one whose
 * review teaches most first, and asks of each whether it is right.
 */
export class ReviewFeature extends Disposable {
  constructor(
    private readonly parts: EditorParts,
    /** To review what is there sends nothing to anybody. */
    private readonly encoder: Pick<EngineAccess, 'engine'>,
    private readonly labels: LabelsInForce,
    failures: Failures,
  ) {
    super();
    this._register(
      vscode.commands.registerCommand('dynamicner.reviewUncertain', () =>
        this.review().catch((error: unknown) => failures.show(error)),
      ),
    );
  }

  private async review(): Promise<void> {
    const { t } = vscode.l10n;
    const place = this.placeInFront();
    if (place === undefined) {
      void vscode.window.showInformationMessage(
        t('There are no entities here. Run “Extract Entities” first.'),
      );
      return;
    }
    const skipped = new Set<string>();
    const disagreements = await this.compare(place);
    for (;;) {
      const open = (await place.suggestions()).filter(({ key }) => !skipped.has(key));
      const [next] = this.order(open, disagreements);
      const suggestion = open.find(({ key }) => key === next?.id);
      if (next === undefined || suggestion === undefined) {
        void vscode.window.showInformationMessage(t('There is nothing left to review.'));
        return;
      }
      place.show(suggestion);
      const choice = await this.ask(suggestion, next, open.length);
      if (choice === undefined || place.isClosed) return;
      if (choice === 'accept') await place.decide(suggestion, 'accepted');
      else if (choice === 'reject') await place.decide(suggestion, 'rejected');
      else if (choice === 'skip') skipped.add(suggestion.key);
      else {
        const path = await this.askType(place, suggestion);
        if (path !== undefined) await place.changeType(suggestion, path);
      }
    }
  }

  private placeInFront(): ReviewPlace | undefined {
    const { datasets, sessions, view } = this.parts;
    const dataset = activeDataset(datasets);
    if (dataset !== undefined) {
      const isOpen = (): boolean => datasets.documentOf(dataset.uri) === dataset;
      return new DatasetReview(dataset, view.threshold, isOpen);
    }
    const editor = vscode.window.activeTextEditor;
    const session = sessions.active;
    return editor === undefined || session?.document !== editor.document
      ? undefined
      : new DocumentReview(session, editor);
  }

  private order(
    suggestions: readonly Suggestion[],
    disagreements: ReadonlyMap<string, number>,
  ): RankedItem[] {
    const items = suggestions.map((suggestion): ReviewItem => {
      const { key, entity } = suggestion;
      const { path, score = 1, levelScores, alternatives } = entity;
      const own = levelScores?.at(-1);
      const other = alternatives?.[0]?.score;
      return {
        id: key,
        mention: mentionOf(suggestion),
        path,
        score,
        margin: own === undefined || other === undefined ? undefined : Math.max(0, own - other),
        disagreement: disagreements.get(key) ?? 0,
      };
    });
    return reviewOrder(items, this.parts.view.threshold, 1);
  }

  /** How far the pack alone and the pack with what was learned differ on suggestions; empty without learning. */
  private async compare(place: ReviewPlace): Promise<Map<string, number>> {
    const differences = new Map<string, number>();
    const learned = (await this.labels.ready(place.uri)).toSpec();
    if (learned.adapters === undefined) return differences;
    const { id, ...plain } = withoutKeys(learned, 'adapters');
    const engine = await this.encoder.engine();
    const open = (await place.suggestions()).slice(0, COMPARED);
    for (const { key, text, span } of open) {
      const passage = { id: 'span', text };
      const alone = { labels: { ...plain, id: `${id} alone` }, limit: RANKED };
      const [[before = []], [after = []]] = await Promise.all([
        engine.rankTypes(passage, [span], alone),
        engine.rankTypes(passage, [span], { labels: learned, limit: RANKED }),
      ]);
      differences.set(key, disagreementOf(before, after));
    }
    return differences;
  }

  private async askType(place: ReviewPlace, suggestion: Suggestion) {
    const list = await this.labels.ready(place.uri);
    const { text, span, entity } = suggestion;
    return pickType(list, mentionOf(suggestion), entity, async (limit) => {
      const engine = await this.encoder.engine();
      const options = { labels: list.toSpec(), limit };
      const [best = []] = await engine.rankTypes({ id: 'span', text }, [span], options);
      return best;
    });
  }

  private async ask(
    suggestion: Suggestion,
    { information }: RankedItem,
    left: number,
  ): Promise<Choice['key'] | undefined> {
    const { t } = vscode.l10n;
    const { entity, text, span } = suggestion;
    const mention = mentionText(text, span, 40);
    const type = formatPath(entity.path);
    const choices: Choice[] = [
      { key: 'accept', label: `$(check) ${t('Accept')}`, description: type },
      { key: 'reject', label: `$(close) ${t('Reject')}`, description: t('It is no entity') },
      { key: 'change', label: `$(tag) ${t('Change Type…')}` },
      { key: 'skip', label: `$(debug-step-over) ${t('Skip')}` },
    ];
    const chosen = await vscode.window.showQuickPick(choices, {
      title: t('Review: “{0}”', mention),
      placeHolder: t(
        '{0}, {1} sure; information {2}; {3} to review',
        type,
        percent(entity.score ?? 1),
        percent(information),
        formatCount(left),
      ),
    });
    return chosen?.key;
  }
}
