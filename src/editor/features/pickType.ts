import * as vscode from 'vscode';
import type { Entity, ScoredPath, TypePath } from '../../core/entity/entity';
import { definitionOf } from '../../core/labels/definitions';
import { formatPath } from '../../core/labels/names';
import type { LabelList } from '../../core/labels/labelList';
import type { DocumentSession, Labels } from '../contract';
import { shownPath, shownTypeName } from '../labels/shownNames';
import { mentionText } from './entityText';
import { percent } from './numbers';

interface TypeItem extends vscode.QuickPickItem {
  readonly path?: TypePath;
}

/** Types of the model that come first. */
const ranked = 5;

/**
 * Asks for the type of an entity: the model's best first, once it has answered, then all types.
 * Resolves to undefined when the question is dismissed.
 * @param mention The entity's words.
 * @param rank The model's best types for it; not asked where the entity has them.
 */
export async function pickType(
  list: LabelList,
  mention: string,
  entity: Pick<Entity, 'path' | 'alternatives'>,
  rank: (limit: number) => Promise<readonly ScoredPath[]>,
): Promise<TypePath | undefined> {
  const all = allTypes(list, entity.path);
  const pick = vscode.window.createQuickPick<TypeItem>();
  try {
    pick.title = vscode.l10n.t('Type of “{0}”', mention);
    pick.placeholder = vscode.l10n.t('Part of a type’s name');
    pick.matchOnDescription = true;
    pick.items = [...bestTypes(entity.alternatives ?? []), ...all];
    if (entity.alternatives === undefined) void addRanked(pick, rank, all);
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

/** The same for an entity of a document. */
export function pickTypeOf(
  labels: Pick<Labels, 'list'>,
  session: DocumentSession,
  entity: Entity,
): Promise<TypePath | undefined> {
  const mention = mentionText(session.document.getText(), entity, 40);
  return pickType(labels.list, mention, entity, (limit) =>
    session.rankTypes(entity.start, entity.end, limit),
  );
}

/** Puts the model's ranking on top, if it comes; types can be chosen without it. */
async function addRanked(
  pick: vscode.QuickPick<TypeItem>,
  rank: (limit: number) => Promise<readonly ScoredPath[]>,
  all: readonly TypeItem[],
): Promise<void> {
  pick.busy = true;
  const best = await rank(ranked).catch(() => []);
  pick.busy = false;
  // What somebody is choosing from stays as it is: which item is active is not known here at once.
  if (pick.value === '') pick.items = [...bestTypes(best), ...all];
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

function allTypes(list: LabelList, path: TypePath): TypeItem[] {
  const now = formatPath(path);
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
