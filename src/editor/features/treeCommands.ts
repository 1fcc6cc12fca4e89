import * as vscode from 'vscode';
import { isHuman, type Entity } from '../../core/entity/entity';
import type { DocumentSession, EditorParts } from '../contract';
import type { CommandId } from '../contributions';
import type { TreeChoices } from './treeChoices';
import { changeTypeByAsking } from './entityActions';
import type { TreeNode } from './treeModel';
import { wordsAt } from './wordsAt';

/** The commands of the view "Entities"; `session` gives the session that it shows. */
export function registerTreeCommands(
  parts: EditorParts,
  choices: TreeChoices,
  session: () => DocumentSession | undefined,
): vscode.Disposable {
  const register = (
    id: CommandId | 'dynamicner.entities.reveal',
    run: (...args: never[]) => unknown,
  ): vscode.Disposable => vscode.commands.registerCommand(id, run);
  return vscode.Disposable.from(
    register('dynamicner.entities.groupByType', () => choices.keep({ order: 'type' })),
    register('dynamicner.entities.listInTextOrder', () => choices.keep({ order: 'text' })),
    register('dynamicner.entities.sortByCount', () => choices.keep({ sort: 'count' })),
    register('dynamicner.entities.sortByName', () => choices.keep({ sort: 'name' })),
    register('dynamicner.entities.followCursor', () => choices.keep({ follow: true })),
    register('dynamicner.entities.stopFollowing', () => choices.keep({ follow: false })),
    register('dynamicner.entities.filter', (words?: unknown) => askFilter(choices, words)),
    register('dynamicner.entities.clearFilter', () => choices.setFilter('')),
    register('dynamicner.entities.accept', (node?: TreeNode, nodes?: TreeNode[]) =>
      session()?.accept(
        entitiesOf(node, nodes)
          .filter((entity) => !isHuman(entity))
          .map(({ id }) => id),
      ),
    ),
    register('dynamicner.entities.reject', (node?: TreeNode, nodes?: TreeNode[]) =>
      session()?.reject(entitiesOf(node, nodes).map(({ id }) => id)),
    ),
    register('dynamicner.entities.changeType', async (node?: TreeNode, nodes?: TreeNode[]) => {
      const [shown, entities] = [session(), entitiesOf(node, nodes)];
      const [first] = entities;
      if (shown === undefined || first === undefined) return;
      const ids = entities.map(({ id }) => id);
      await changeTypeByAsking(parts, shown, shown.entity(first.id) ?? first, ids);
    }),
    register('dynamicner.entities.place', (node?: TreeNode) => placeAtSelection(session(), node)),
    register('dynamicner.entities.remove', (node?: TreeNode, nodes?: TreeNode[]) =>
      session()?.removeNotPlaced(notPlacedIds(node, nodes)),
    ),
    register('dynamicner.entities.reveal', (id: unknown) => reveal(session(), id)),
  );
}

/** Entities of the chosen rows, each once: a chosen type and an entity under it overlap. */
function entitiesOf(node: TreeNode | undefined, nodes: readonly TreeNode[] = []): Entity[] {
  const chosen = nodes.length > 0 ? nodes : node === undefined ? [] : [node];
  return [
    ...new Map(chosen.flatMap(({ entities }) => entities.map((each) => [each.id, each]))).values(),
  ];
}

function notPlacedIds(node: TreeNode | undefined, nodes: readonly TreeNode[] = []): string[] {
  const chosen = nodes.length > 0 ? nodes : node === undefined ? [] : [node];
  return chosen.flatMap((one) => {
    if (one.kind === 'notPlaced') return [one.entity.id];
    return one.kind === 'notPlacedGroup' ? one.members.map(({ entity }) => entity.id) : [];
  });
}

async function placeAtSelection(
  session: DocumentSession | undefined,
  node: TreeNode | undefined,
): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (session === undefined || node?.kind !== 'notPlaced') return;
  const range =
    editor?.document === session.document ? wordsAt(session.document, editor.selection) : undefined;
  if (range !== undefined) await session.placeAt(node.entity.id, range.start, range.end);
  else {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Select the words of “{0}” in the text first.', node.quote),
    );
  }
}

/** Asks for the words to filter by, showing the result while they are typed; `words` answers at once. */
async function askFilter(choices: TreeChoices, words: unknown): Promise<void> {
  if (typeof words === 'string') {
    choices.setFilter(words);
    return;
  }
  const before = choices.filter;
  const input = vscode.window.createInputBox();
  input.title = vscode.l10n.t('Filter Entities');
  input.placeholder = vscode.l10n.t('Part of a mention or of a type');
  input.value = before;
  input.onDidChangeValue((value) => choices.setFilter(value));
  const isAccepted = await new Promise<boolean>((resolve) => {
    input.onDidAccept(() => resolve(true));
    input.onDidHide(() => resolve(false));
    input.show();
  });
  input.dispose();
  if (!isAccepted) choices.setFilter(before);
}

async function reveal(session: DocumentSession | undefined, id: unknown): Promise<void> {
  const entity = typeof id === 'string' ? session?.entity(id) : undefined;
  if (session === undefined || entity === undefined) return;
  const { document } = session;
  const range = new vscode.Range(
    document.positionAt(entity.start),
    document.positionAt(entity.end),
  );
  const visible = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const editor = await vscode.window.showTextDocument(document, {
    ...(visible?.viewColumn === undefined ? {} : { viewColumn: visible.viewColumn }),
    preserveFocus: true,
    selection: range,
  });
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
