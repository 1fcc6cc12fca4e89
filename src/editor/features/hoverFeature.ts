import * as vscode from 'vscode';
import { isHuman, type Entity, type ScoredPath, type TypePath } from '../../core/entity/entity';
import { definitionOf } from '../../core/labels/definitions';
import type { LabelList } from '../../core/labels/labelList';
import { formatPath } from '../../core/labels/names';
import type { DocumentSession, EditorParts } from '../contract';
import { Disposable } from '../disposable';
import { changeTypeByAsking, sameMentionIds } from './entityActions';
import { entitiesAt, mentionText } from './entityText';
import { renderHover, type HoverActions, type TypeMeaning } from './hoverMarkdown';
import { showAllMentions } from './referencesFeature';
import { TokenCommand } from './tokenCommand';

/** Types that a hover offers beside the entity's own. */
const alternativesShown = 3;

/** How long a hover waits for the engine, in milliseconds. */
const rankingLimit = 300;

/**
 * What is known of the entities under the mouse, from the outermost to the innermost, with what can
 * be done about them; `Show Entity Details` brings it up from the keyboard.
 */
export class HoverFeature extends Disposable implements vscode.HoverProvider {
  private readonly links = this._register(new TokenCommand('dynamicner.hover.run'));

  constructor(private readonly parts: EditorParts) {
    super();
    this._register(vscode.languages.registerHoverProvider('*', this));
    this._register(
      vscode.commands.registerCommand('dynamicner.showDetails', () => this.showDetails()),
    );
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const session = this.parts.sessions.existing(document);
    if (session === undefined) return undefined;
    const entities = entitiesAt(session, document.offsetAt(position));
    const innermost = entities.at(-1);
    if (innermost === undefined) return undefined;
    const contents: vscode.MarkdownString[] = [];
    for (const entity of entities) {
      contents.push(await this.render(session, entity));
      if (token.isCancellationRequested) return undefined;
    }
    return new vscode.Hover(
      contents,
      new vscode.Range(document.positionAt(innermost.start), document.positionAt(innermost.end)),
    );
  }

  private async render(session: DocumentSession, entity: Entity): Promise<vscode.MarkdownString> {
    return renderHover(
      {
        entity,
        mention: mentionText(session.document.getText(), entity),
        level: this.parts.view.level,
        meaning: meaningOf(this.parts.labels.of(session.document.uri), entity.path),
        alternatives: await nextBestTypes(this.parts, session, entity),
        sameMentions: sameMentionIds(session, entity).length,
      },
      this.actions(session, entity),
      this.links.id,
    );
  }

  private actions(session: DocumentSession, entity: Entity): HoverActions {
    const { links, parts } = this;
    const same = (): readonly string[] => sameMentionIds(session, entity);
    const ask = (ids: readonly string[]): unknown =>
      changeTypeByAsking(parts, session, entity, ids);
    return {
      showLevel: (level) => links.link(() => parts.view.setLevel(level)),
      changeType: (path) => links.link(() => session.changeType([entity.id], path)),
      accept: links.link(() => session.accept([entity.id])),
      reject: links.link(() => session.reject([entity.id])),
      pickType: links.link(() => ask([entity.id])),
      acceptAll: links.link(() => session.accept(same())),
      rejectAll: links.link(() => session.reject(same())),
      pickTypeOfAll: links.link(() => ask(same())),
      showAll: links.link(() => showAllMentions(session, session.entity(entity.id) ?? entity)),
    };
  }

  /** Brings up the hover at the cursor, after moving to the next entity where there is none. */
  private async showDetails(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const { active } = this.parts.sessions;
    if (editor === undefined || active?.document !== editor.document) return;
    const offset = editor.document.offsetAt(editor.selection.active);
    if (entitiesAt(active, offset).length === 0) {
      const next = active.entities.find(({ start }) => start >= offset) ?? active.entities[0];
      if (next === undefined) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t('This document has no entities. Run “Extract Entities” first.'),
        );
        return;
      }
      const position = editor.document.positionAt(next.start);
      editor.selection = new vscode.Selection(position, position);
      editor.revealRange(new vscode.Range(position, position));
    }
    await vscode.commands.executeCommand('editor.action.showHover', {
      focus: 'autoFocusImmediately',
    });
  }
}

/** What a label list says of a type, else what is known of DynamicNER's types. */
function meaningOf(list: LabelList, path: TypePath): TypeMeaning | undefined {
  const label = list.label(path);
  if (label === undefined) return undefined;
  const known = definitionOf(label.path);
  const description = label.description ?? known?.description;
  return {
    ...(description === undefined ? {} : { description }),
    synonyms: label.synonyms ?? known?.synonyms ?? [],
    examples: label.examples ?? known?.examples ?? [],
    ...(formatPath(label.path) === formatPath(path) ? {} : { now: label.path }),
  };
}

/** The types that came with the entity, else those that a running engine gives in short time. */
async function nextBestTypes(
  { status }: EditorParts,
  session: DocumentSession,
  entity: Entity,
): Promise<readonly ScoredPath[]> {
  if (entity.alternatives !== undefined) return entity.alternatives.slice(0, alternativesShown);
  const { state } = status.current;
  if (isHuman(entity) || (state !== 'ready' && state !== 'busy')) return [];
  const ranked = await Promise.race([
    session.rankTypes(entity.start, entity.end, alternativesShown + 1).catch(() => []),
    new Promise<readonly ScoredPath[]>((resolve) => setTimeout(() => resolve([]), rankingLimit)),
  ]);
  const now = formatPath(entity.path);
  return ranked.filter(({ path }) => formatPath(path) !== now).slice(0, alternativesShown);
}
