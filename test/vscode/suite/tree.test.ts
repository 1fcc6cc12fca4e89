import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Entity } from '../../../src/core/entity/entity';
import { pageSize, type TreeNode } from '../../../src/editor/features/treeModel';
import { TreeProvider } from '../../../src/editor/features/treeProvider';
import { suggest } from '../../unit/editor/entities';
import { city, openText, scholar, type OpenText, until } from './openText';

interface Choices {
  order: 'type' | 'text';
  sort: 'count' | 'name';
  filter: string;
}

describe('the tree of entities in the view', () => {
  const text = 'Ada came to London.\nAda left London for Paris.';
  let open: OpenText;
  let choices: Choices;
  let provider: TreeProvider;

  beforeEach(async () => {
    open = await openText(text);
    await open.parts.view.setLevel(2);
    open.suggest(
      suggest(text, 'Ada', scholar),
      suggest(text, 'London', city),
      suggest(text, 'Ada', scholar, {}, 1),
      suggest(text, 'London', city, {}, 1),
      suggest(text, 'Paris', city),
    );
    choices = { order: 'type', sort: 'count', filter: '' };
    provider = new TreeProvider(open.parts, choices);
    provider.show(open.session);
  });
  afterEach(() => provider.dispose());

  async function rows(node?: TreeNode, indent = ''): Promise<string[]> {
    const lines: string[] = [];
    for (const child of await provider.getChildren(node)) {
      lines.push(`${indent}${rowText(child)}`);
      lines.push(...(await rows(child, `${indent}  `)));
    }
    return lines;
  }

  function rowText(node: TreeNode): string {
    const { label, description } = provider.getTreeItem(node);
    assert.ok(typeof label === 'string' && typeof description === 'string');
    return `${label} (${description})`;
  }

  async function nodeOf(...names: readonly string[]): Promise<TreeNode> {
    let nodes = await provider.getChildren();
    let found: TreeNode | undefined;
    for (const name of names) {
      found = nodes.find((node) => provider.getTreeItem(node).label === name);
      assert.ok(found, name);
      nodes = await provider.getChildren(found);
    }
    assert.ok(found);
    return found;
  }

  it('stands by type with counts', async () => {
    assert.deepEqual(await rows(), [
      'location (3)',
      '  geo-political entity (3)',
      '    city (3)',
      '      London (line 1)',
      '      London (line 2)',
      '      Paris (line 2)',
      'person (2)',
      '  real person (2)',
      '    scholar (2)',
      '      Ada (line 1)',
      '      Ada (line 2)',
    ]);
  });

  it('stands in text order', async () => {
    choices.order = 'text';
    provider.show(open.session);
    assert.deepEqual((await rows()).slice(0, 2), [
      'Ada (scholar · line 1)',
      'London (city · line 1)',
    ]);
  });

  it('shows what matches the filter', async () => {
    choices.filter = 'par';
    provider.show(open.session);
    assert.deepEqual(await rows(), [
      'location (1)',
      '  geo-political entity (1)',
      '    city (1)',
      '      Paris (line 2)',
    ]);
    const type = provider.getTreeItem(await nodeOf('location'));
    assert.equal(type.accessibilityInformation?.label, 'location, 1 entity');
  });

  it('speaks: rows have labels for screen readers, and say what was reviewed', async () => {
    await open.session.accept([open.entity('Paris').id]);
    provider.show(open.session);
    const type = provider.getTreeItem(await nodeOf('location'));
    assert.equal(type.accessibilityInformation?.label, 'location, 3 entities');
    const paris = provider.getTreeItem(
      await nodeOf('location', 'geo-political entity', 'city', 'Paris'),
    );
    assert.equal(paris.accessibilityInformation?.label, 'Paris, city, line 2, reviewed');
    assert.equal(paris.contextValue, 'entity.human');
    assert.equal(type.contextValue, 'type.suggested');
  });

  it('accepts and rejects the entities of the chosen rows, each once', async () => {
    const cities = await nodeOf('location', 'geo-political entity', 'city');
    const first = (await provider.getChildren(cities))[0];
    assert.ok(first);
    await vscode.commands.executeCommand('dynamicner.entities.accept', cities, [cities, first]);
    assert.deepEqual(
      open.session.entities.map(({ state }) => state),
      ['suggested', 'accepted', 'suggested', 'accepted', 'accepted'],
    );
    await vscode.commands.executeCommand('dynamicner.entities.reject', await nodeOf('person'));
    assert.equal(open.session.entities.length, 3);
    assert.equal(open.session.rejected.length, 2);
  });

  it('goes to an entity that is clicked', async () => {
    const paris = provider.getTreeItem(
      await nodeOf('location', 'geo-political entity', 'city', 'Paris'),
    );
    assert.ok(paris.command);
    const { command, arguments: args = [] } = paris.command;
    await vscode.commands.executeCommand(command, ...(args as unknown[]));
    await until('Paris is selected', () => {
      const editor = vscode.window.activeTextEditor;
      assert.equal(editor?.document.getText(editor.selection), 'Paris');
      return true;
    });
  });

  it('finds the row of an entity with its parents, for the cursor to be followed', async () => {
    const node = await provider.find(open.entity('Paris'));
    assert.ok(node);
    const above: TreeNode[] = [];
    for (let at = provider.getParent(node); at !== undefined; at = provider.getParent(at)) {
      above.push(at);
    }
    assert.deepEqual(
      above.map((each) => provider.getTreeItem(each).label),
      ['city', 'geo-political entity', 'location'],
    );
  });

  it('says the lines and words of entities as they are after an edit', async () => {
    const node = await nodeOf('location', 'geo-political entity', 'city', 'Paris');
    await open.editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Well,\nnow: '));
    assert.equal(rowText(node), 'Paris (line 3)');
  });

  it('keeps the ids of rows when entities come and go', async () => {
    const before = provider.getTreeItem(await nodeOf('person', 'real person')).id;
    await open.session.reject([open.entity('Ada').id]);
    provider.show(open.session);
    assert.equal(provider.getTreeItem(await nodeOf('person', 'real person')).id, before);
  });

  it('gives 50,000 entities page by page', async () => {
    const many = await openText(`${'Ada '.repeat(99)}Ada\n`.repeat(500));
    many.suggest(
      ...Array.from({ length: 50_000 }, (_, i): Entity => ({
        id: `e${i}`,
        start: i * 4,
        end: i * 4 + 3,
        path: scholar,
        state: 'suggested',
      })),
    );
    choices.order = 'text';
    provider.show(many.session);
    const pages = await provider.getChildren();
    assert.equal(pages.length, 50_000 / pageSize);
    assert.equal(provider.getTreeItem(pages[1] as TreeNode).label, '501–1,000');
    assert.equal((await provider.getChildren(pages[1])).length, pageSize);
  });
});

describe('the view "Entities"', () => {
  it('runs its commands', async function () {
    // The first look at a view builds the side bar, which takes long on a busy machine.
    this.timeout(120_000);
    await openText('Ada');
    await vscode.commands.executeCommand('dynamicner.entities.focus');
    for (const command of [
      'listInTextOrder',
      'groupByType',
      'sortByName',
      'sortByCount',
      'followCursor',
      'stopFollowing',
    ]) {
      await vscode.commands.executeCommand(`dynamicner.entities.${command}`);
    }
    await vscode.commands.executeCommand('dynamicner.entities.filter', 'ada');
    await vscode.commands.executeCommand('dynamicner.entities.clearFilter');
    await vscode.commands.executeCommand('workbench.view.explorer');
  });
});

describe('the sample document', () => {
  it('opens as a Markdown document of its own', async () => {
    await vscode.commands.executeCommand('dynamicner.openSample');
    await until('the sample is open', () => {
      const document = vscode.window.activeTextEditor?.document;
      assert.equal(document?.languageId, 'markdown');
      assert.equal(document.isUntitled, true);
      assert.match(document.getText(), /^# Ice, Spice and Starlight/u);
      return true;
    });
  });
});
