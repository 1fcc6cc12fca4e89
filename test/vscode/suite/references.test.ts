import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { suggest } from '../../unit/editor/entities';
import { city, openText, scholar } from './openText';
import { select } from './support';

describe('all mentions of an entity', () => {
  const text = 'Ada came to London.\nLondon liked Ada, and ada liked it.';

  it('are its references, whatever their types', async () => {
    const open = await openText(text);
    open.suggest(
      suggest(text, 'Ada', scholar),
      suggest(text, 'London', city),
      suggest(text, 'London', ['person'], {}, 1),
      suggest(text, 'Ada', scholar, {}, 1),
      suggest(text, 'ada', scholar),
    );
    const referencesAt = async (position: vscode.Position): Promise<vscode.Location[]> =>
      vscode.commands.executeCommand(
        'vscode.executeReferenceProvider',
        open.document.uri,
        position,
      );
    const london = await referencesAt(open.at('London', 1));
    assert.deepEqual(
      london.map(({ range }) => range.start.line),
      [0, 1],
    );
    assert.ok(london.every(({ range }) => open.document.getText(range) === 'London'));
    assert.equal((await referencesAt(open.at('Ada'))).length, 2);
    assert.deepEqual(await referencesAt(open.at('came')), []);
  });

  it('are shown by a command, which needs an entity at the cursor', async () => {
    const open = await openText(text);
    open.suggest(suggest(text, 'London', city), suggest(text, 'London', city, {}, 1));
    await select(open.editor, open.at('London', 1).translate(0, 3));
    await vscode.commands.executeCommand('dynamicner.showAllMentions');
    const here = new vscode.Range(open.at('London', 1), open.at('London', 1).translate(0, 6));
    assert.ok(here.contains(open.editor.selection), 'the cursor stays in its entity');
  });
});
