import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';

const id = 'dynamicner.dynamicner';

describe('the extension in its host', () => {
  it('is there, activates, and runs beside an open file', async () => {
    const extension = vscode.extensions.getExtension(id);
    assert.ok(extension, `${id} is not among the installed extensions`);
    await extension.activate();
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder.uri, 'notes.txt');
    const editor = await vscode.window.showTextDocument(file);
    assert.ok(editor.document.getText().includes('Ada Lovelace'));
    assert.ok(extension.isActive);
  });

  it('is the one this run is about: the source folder or the package', () => {
    const extension = vscode.extensions.getExtension(id);
    assert.ok(extension);
    const source = process.env['HOST_TEST_SOURCE'];
    assert.ok(source);
    const fromSource = path.relative(source, extension.extensionPath) === '';
    assert.equal(fromSource, process.env['HOST_TEST_MODE'] === 'source');
  });

  it('trusts the workspace', () => {
    assert.equal(vscode.workspace.isTrusted, true);
  });
});
