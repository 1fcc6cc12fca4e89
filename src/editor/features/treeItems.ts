import * as vscode from 'vscode';
import { isHuman, type Entity } from '../../core/entity/entity';
import type { EditorParts } from '../contract';
import { rangeOf } from '../documents/textRanges';
import { shownNameAt, shownPath, shownTypeName } from '../labels/shownNames';
import { mentionText } from './entityText';
import { learnedMark, learnedText } from './learnedText';
import { countEntities, formatCount } from './numbers';
import type {
  EntityNode,
  NotPlacedGroup,
  NotPlacedNode,
  PageNode,
  TreeNode,
  TypeNode,
} from './treeModel';

/** What the rows of the tree are drawn from. */
export interface TreeLook {
  readonly parts: EditorParts;
  readonly document: vscode.TextDocument;
  /** Whether entities stand under their types, which then need not be named again. */
  readonly isByType: boolean;
  /** The entity as it is now: edits move it while its row stays. */
  readonly current: (entity: Entity) => Entity;
  /** Theme colour of a path's top-level type. */
  readonly colour: (path: readonly string[]) => vscode.ThemeColor;
}

/** The row of a node. */
export function renderNode(node: TreeNode, look: TreeLook): vscode.TreeItem {
  const item = renderKind(node, look);
  item.id = node.id;
  if (node.kind === 'notPlaced' || node.kind === 'notPlacedGroup') item.contextValue = node.kind;
  else {
    const isOpen = node.entities.some((entity) => !isHuman(entity));
    item.contextValue = `${node.kind}.${isOpen ? 'suggested' : 'human'}`;
  }
  return item;
}

function renderKind(node: TreeNode, look: TreeLook): vscode.TreeItem {
  switch (node.kind) {
    case 'type':
      return renderType(node, look);
    case 'page':
      return renderPage(node, look);
    case 'entity':
      return renderEntity(node, look);
    case 'notPlacedGroup':
      return renderNotPlacedGroup(node);
    case 'notPlaced':
      return renderNotPlaced(node, look);
  }
}

function renderNotPlacedGroup({ members }: NotPlacedGroup): vscode.TreeItem {
  const { t } = vscode.l10n;
  const count = members.length;
  const item = new vscode.TreeItem(t('Not placed'), vscode.TreeItemCollapsibleState.Collapsed);
  item.description = formatCount(count);
  item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  item.tooltip = t(
    'Annotations whose words are not in the text any more. Select the words that one of them is for and choose “Place at Selection”, or remove it.',
  );
  item.accessibilityInformation = {
    label:
      count === 1 ? t('1 annotation without a place') : t('{0} annotations without a place', count),
  };
  return item;
}

function renderNotPlaced(
  { entity, quote }: NotPlacedNode,
  { parts, colour }: TreeLook,
): vscode.TreeItem {
  const mention = mentionText(quote, { start: 0, end: quote.length });
  const item = new vscode.TreeItem(mention, vscode.TreeItemCollapsibleState.None);
  item.description = shownNameAt(entity.path, parts.view.level);
  item.iconPath = new vscode.ThemeIcon('circle-slash', colour(entity.path));
  item.tooltip = `${mention}\n${shownPath(entity.path)}`;
  return item;
}

function renderType(node: TypeNode, { parts, document, colour }: TreeLook): vscode.TreeItem {
  const name = shownTypeName(node.path);
  const count = node.entities.length;
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
  const label = `${name}, ${countEntities(count)}`;
  item.description = formatCount(count);
  item.iconPath = new vscode.ThemeIcon('circle-filled', colour(node.path));
  item.tooltip = shownPath(node.path);
  item.accessibilityInformation = { label };
  const learned = parts.labels.of(document.uri).learned(node.path);
  if (learned === undefined) return item;
  item.description += ` · ${learnedMark(learned)}`;
  item.tooltip += `\n\n${learnedText(learned)}`;
  item.accessibilityInformation = { label: `${label}, ${learnedMark(learned)}` };
  return item;
}

function renderPage(node: PageNode, { document, current }: TreeLook): vscode.TreeItem {
  const [first, last] = [node.entities.at(0), node.entities.at(-1)];
  const item = new vscode.TreeItem(
    `${formatCount(node.first)}–${formatCount(node.last)}`,
    vscode.TreeItemCollapsibleState.Collapsed,
  );
  if (first !== undefined && last !== undefined) {
    item.description = `${mentionOf(document, current(first), 20)} … ${mentionOf(document, current(last), 20)}`;
  }
  item.accessibilityInformation = {
    label: vscode.l10n.t('Entities {0} to {1}', node.first, node.last),
  };
  return item;
}

/** Only the entity's own text is asked for: all of it would be joined anew after each edit. */
function mentionOf(document: vscode.TextDocument, entity: Entity, limit?: number): string {
  const text = document.getText(rangeOf(document, entity));
  return mentionText(text, { start: 0, end: text.length }, limit);
}

function renderEntity(node: EntityNode, look: TreeLook): vscode.TreeItem {
  const { document, parts } = look;
  const entity = look.current(node.entity);
  const mention = mentionOf(document, entity);
  const line = document.positionAt(entity.start).line + 1;
  const type = shownNameAt(entity.path, parts.view.level);
  const lineText = vscode.l10n.t('line {0}', line);
  const item = new vscode.TreeItem(mention, vscode.TreeItemCollapsibleState.None);
  item.description = look.isByType ? lineText : `${type} · ${lineText}`;
  item.iconPath = new vscode.ThemeIcon(
    isHuman(entity) ? 'pass-filled' : 'circle-outline',
    look.colour(entity.path),
  );
  item.tooltip = `${mention}\n${shownPath(entity.path)}`;
  const state = isHuman(entity) ? vscode.l10n.t('reviewed') : vscode.l10n.t('suggested');
  item.accessibilityInformation = { label: [mention, type, lineText, state].join(', ') };
  item.command = {
    command: 'dynamicner.entities.reveal',
    title: vscode.l10n.t('Show in Document'),
    arguments: [entity.id],
  };
  return item;
}
