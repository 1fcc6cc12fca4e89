import * as vscode from 'vscode';
import type { Entity, ScoredPath, TypePath } from '../../core/entity/entity';
import { definitionOf } from '../../core/labels/definitions';
import { formatPath } from '../../core/labels/names';
import type { LabelList } from '../../core/labels/labelList';
import type { DocumentSession, EditorParts } from '../contract';
import { shownPath, shownTypeName } from '../labels/shownNames';
import { mentionText } from './entityText';
import { percent } from './percent';

interface TypeItem extends vscode.QuickPickItem {
  readonly path?: TypePath;
}

/** Types of the model that come first. */
const ranked = 5;

/**
 * Asks for the type of an entity: the model's best first, once it has answered, then all types.
 * Resolves to undefined when the question is dismissed.
 */
export async function pickType(
  parts: EditorParts,
  session: DocumentSession,
  entity: Entity,
): Promise<TypePath | undefined> {
  const mention = mentionText(session.document.getText(), entity, 40);
  const all = allTypes(parts.labels.list, entity);
  const pick = vscode.window.createQuickPick<TypeItem>();
  try {
    pick.title = vscode.l10n.t('Type of “{0}”', mention);
    pick.placeholder = vscode.l10n.t('Part of a type’s name');
    pick.matchOnDescription = true;
    pick.items = [...bestTypes(entity.alternatives ?? []), ...all];
    if (entity.alternatives === undefined) void addRanked(pick, session, entity, all);
    return await new Promise<TypePath | undefined>((resolve) => {
      pick.onDidAccept(() => {
        resolve(pick.selectedItems[0]?.path);
        pick.hide();
      });
      pick.onDidHide(() => resolve(undefined));
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

/** Puts the model's ranking on top, if it comes; types can be chosen without it. */
async function addRanked(
  pick: vscode.QuickPick<TypeItem>,
  session: DocumentSession,
  entity: Entity,
  all: readonly TypeItem[],
): Promise<void> {
  pick.busy = true;
  const best = await session.rankTypes(entity.start, entity.end, ranked).catch(() => []);
  const [active] = pick.activeItems;
  pick.busy = false;
  pick.items = [...bestTypes(best), ...all];
  if (pick.value !== '' && active !== undefined) pick.activeItems = [active];
}

function bestTypes(best: readonly ScoredPath[]): TypeItem[] {
  if (best.length === 0) return [];
  return [
    { label: vscode.l10n.t('Best by the model'), kind: vscode.QuickPickItemKind.Separator },
    ...best.slice(0, ranked).map(({ path, score }) => ({
      label: shownTypeName(path),
      description: [percent(score), shownPath(path.slice(0, -1))].join(' · '),
      path,
    })),
  ];
}

function allTypes(list: LabelList, entity: Entity): TypeItem[] {
  const now = formatPath(entity.path);
  return [
    { label: vscode.l10n.t('All types'), kind: vscode.QuickPickItemKind.Separator },
    ...list.labels
      .filter(({ path }) => list.isEnabled(path))
      .map(({ name, path, description = definitionOf(path)?.description }) => {
        const shown = shownTypeName(path);
        const above = shownPath(path.slice(0, -1));
        return {
          label: formatPath(path) === now ? `$(check) ${shown}` : shown,
          // Both names are searched.
          description: shown === name ? above : [name, above].filter(Boolean).join(' · '),
          ...(description === undefined ? {} : { detail: description }),
          path,
        };
      }),
  ];
}
