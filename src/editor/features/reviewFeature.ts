import * as vscode from 'vscode';
import type { Entity } from '../../core/entity/entity';
import { formatPath } from '../../core/labels/names';
import {
  disagreementOf,
  reviewOrder,
  type RankedItem,
  type ReviewItem,
} from '../../core/learning/reviewOrder';
import { withoutKeys } from '../../core/withoutKeys';
import type { DocumentSession, EditorParts } from '../contract';
import { Disposable } from '../disposable';
import { rangeOf } from '../documents/textRanges';
import type { EngineAccess } from '../engine/engineAccess';
import type { Failures } from '../failures';
import type { LabelsInForce } from '../labels/labelsInForce';
import { mentionText } from './entityText';
import { formatCount, percent } from './percent';
import { pickType } from './pickType';

interface Choice extends vscode.QuickPickItem {
  readonly key: 'accept' | 'reject' | 'change' | 'skip';
}

/** Suggestions that are looked at with and without what was learned: each takes a ranking. */
const COMPARED = 60;
const RANKED = 8;

/**
 * "Review Uncertain Entities": walks the suggestions of the active document, the one whose review teaches
 * most first, and asks of each whether it is right.
 */
export class ReviewFeature extends Disposable {
  constructor(
    private readonly parts: EditorParts,
    private readonly access: EngineAccess,
    private readonly labels: LabelsInForce,
    private readonly failures: Failures,
  ) {
    super();
    this._register(
      vscode.commands.registerCommand('dynamicner.reviewUncertain', () =>
        this.review().catch((error: unknown) => this.failures.show(error)),
      ),
    );
  }

  private async review(): Promise<void> {
    const { t } = vscode.l10n;
    const editor = vscode.window.activeTextEditor;
    const session = this.parts.sessions.active;
    if (editor === undefined || session === undefined || session.document !== editor.document) {
      void vscode.window.showInformationMessage(
        t('There are no entities here. Run “Extract Entities” first.'),
      );
      return;
    }
    const skipped = new Set<string>();
    const disagreements = await this.compare(session);
    for (;;) {
      const open = suggestionsOf(session).filter(({ id }) => !skipped.has(id));
      const [next] = this.order(session, open, disagreements);
      const entity = next === undefined ? undefined : session.entity(next.id);
      if (next === undefined || entity === undefined) {
        void vscode.window.showInformationMessage(t('There is nothing left to review.'));
        return;
      }
      const range = rangeOf(session.document, entity);
      editor.selection = new vscode.Selection(range.start, range.end);
      editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
      const choice = await this.ask(session, entity, next, open.length);
      if (choice === undefined || session.document.isClosed) return;
      if (choice === 'accept') await session.accept([entity.id]);
      else if (choice === 'reject') await session.reject([entity.id]);
      else if (choice === 'skip') skipped.add(entity.id);
      else {
        const path = await pickType(this.parts, session, entity);
        if (path !== undefined) await session.changeType([entity.id], path);
      }
    }
  }

  private order(
    session: DocumentSession,
    entities: readonly Entity[],
    disagreements: ReadonlyMap<string, number>,
  ): RankedItem[] {
    const items = entities.map((entity): ReviewItem => {
      const { id, start, end, path, score = 1, levelScores, alternatives } = entity;
      const own = levelScores?.at(-1);
      const other = alternatives?.[0]?.score;
      return {
        id,
        mention: session.document.getText(rangeOf(session.document, { start, end })),
        path,
        score,
        margin: own === undefined || other === undefined ? undefined : Math.max(0, own - other),
        disagreement: disagreements.get(id) ?? 0,
      };
    });
    return reviewOrder(items, this.parts.view.threshold, 1);
  }

  /** How far the pack alone and the pack with what was learned differ on suggestions; empty without learning. */
  private async compare(session: DocumentSession): Promise<Map<string, number>> {
    const differences = new Map<string, number>();
    const learned = (await this.labels.ready(session.document.uri)).toSpec();
    if (learned.adapters === undefined) return differences;
    const { id, ...plain } = withoutKeys(learned, 'adapters');
    const engine = await this.access.engine();
    const open = suggestionsOf(session).slice(0, COMPARED);
    for (const entity of open) {
      const line = session.document.lineAt(session.document.positionAt(entity.start));
      const from = session.document.offsetAt(line.range.start);
      const span = { start: entity.start - from, end: entity.end - from };
      const passage = { id: 'span', text: line.text };
      const alone = { labels: { ...plain, id: `${id} alone` }, limit: RANKED };
      const [[before = []], [after = []]] = await Promise.all([
        engine.rankTypes(passage, [span], alone),
        engine.rankTypes(passage, [span], { labels: learned, limit: RANKED }),
      ]);
      differences.set(entity.id, disagreementOf(before, after));
    }
    return differences;
  }

  private async ask(
    session: DocumentSession,
    entity: Entity,
    { information }: RankedItem,
    left: number,
  ): Promise<Choice['key'] | undefined> {
    const { t } = vscode.l10n;
    const mention = mentionText(session.document.getText(), entity, 40);
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

function suggestionsOf({ entities }: DocumentSession): Entity[] {
  return entities.filter(({ state }) => state === 'suggested');
}
