import * as vscode from 'vscode';
import { isHuman, type Entity } from '../../core/entity/entity';
import type { DocumentSession, EditorParts } from '../contract';
import { Disposable } from '../disposable';
import { shownNameAt, shownPath } from '../labels/shownNames';
import { changeTypeByAsking, sameMentionIds } from './entityActions';
import { entitiesAt, mentionText } from './entityText';
import { TokenCommand } from './tokenCommand';

const review = vscode.CodeActionKind.QuickFix.append('dynamicner');
const change = vscode.CodeActionKind.Refactor.append('dynamicner');

/** Next best types that are offered as actions of their own. */
const alternativesShown = 2;

/**
 * Accept, reject and change an entity, or all mentions like it, from the menu of quick fixes and
 * refactorings. Offered only when asked for: an automatic request on every move of the cursor would
 * hang a light bulb on half of the words.
 */
export class CodeActionsFeature extends Disposable implements vscode.CodeActionProvider {
  private readonly command = this._register(new TokenCommand('dynamicner.codeActions.run'));

  constructor(private readonly parts: EditorParts) {
    super();
    this._register(
      vscode.languages.registerCodeActionsProvider('*', this, {
        providedCodeActionKinds: [review, change],
      }),
    );
  }

  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    if (context.triggerKind === vscode.CodeActionTriggerKind.Automatic) return [];
    const session = this.parts.sessions.existing(document);
    if (session === undefined) return [];
    const end = document.offsetAt(range.end);
    const actions = entitiesAt(session, document.offsetAt(range.start))
      .filter((entity) => end <= entity.end)
      .reverse()
      .flatMap((entity) => this.actionsFor(session, entity));
    const { only } = context;
    return only === undefined
      ? actions
      : actions.filter(({ kind }) => kind !== undefined && only.contains(kind));
  }

  private actionsFor(session: DocumentSession, entity: Entity): vscode.CodeAction[] {
    const { parts } = this;
    const { t } = vscode.l10n;
    const mention = mentionText(session.document.getText(), entity, 30);
    const type = shownNameAt(entity.path, parts.view.level);
    const make = (
      title: string,
      kind: vscode.CodeActionKind,
      run: () => unknown,
    ): vscode.CodeAction => {
      const action = new vscode.CodeAction(title, kind);
      action.command = this.command.command(title, run);
      return action;
    };
    const actions: vscode.CodeAction[] = [];
    if (!isHuman(entity)) {
      actions.push(
        make(t('Accept “{0}” as {1}', mention, type), review.append('accept'), () =>
          session.accept([entity.id]),
        ),
      );
    }
    actions.push(
      make(t('Reject “{0}” as {1}', mention, type), review.append('reject'), () =>
        session.reject([entity.id]),
      ),
    );
    for (const { path } of (entity.alternatives ?? []).slice(0, alternativesShown)) {
      actions.push(
        make(t('Change “{0}” to {1}', mention, shownPath(path)), change.append('changeType'), () =>
          session.changeType([entity.id], path),
        ),
      );
    }
    actions.push(
      make(t('Change Type of “{0}”…', mention), change.append('changeType'), () =>
        changeTypeByAsking(parts, session, entity, [entity.id]),
      ),
    );
    const count = sameMentionIds(session, entity).length;
    if (count > 1) {
      const same = (): readonly string[] => sameMentionIds(session, entity);
      actions.push(
        make(
          t('Accept All {0} Mentions of “{1}” as {2}', count, mention, type),
          change.append('acceptAll'),
          () => session.accept(same()),
        ),
        make(
          t('Reject All {0} Mentions of “{1}” as {2}', count, mention, type),
          change.append('rejectAll'),
          () => session.reject(same()),
        ),
        make(
          t('Change Type of All {0} Mentions of “{1}”…', count, mention),
          change.append('changeTypeOfAll'),
          () => changeTypeByAsking(parts, session, entity, same()),
        ),
      );
    }
    return actions;
  }
}
