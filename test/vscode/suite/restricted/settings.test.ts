import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  closeAll,
  editorParts,
  extract,
  loadEncoder,
  mentions,
  openText,
  until,
  writeFile,
} from '../support';

describe('settings of a folder that is not trusted', () => {
  before(loadEncoder);
  afterEach(closeAll);

  it('name no model: the bundled one extracts', async () => {
    await writeFile(
      '.vscode/settings.json',
      '{ "editor.tabSize": 7, "dynamicner.model": "/somewhere/else" }',
    );
    await until(
      'the folder’s settings are read',
      () => vscode.workspace.getConfiguration('editor').get('tabSize') === 7,
    );
    assert.equal(vscode.workspace.getConfiguration('dynamicner').get('model'), '');
    await openText('Ada Lovelace lived in London.');
    assert.ok(mentions(await extract()).includes('Ada Lovelace'));
    const { status } = await editorParts();
    assert.equal(status.current.state, 'ready');
    assert.equal(status.current.problem, undefined);
  });
});
