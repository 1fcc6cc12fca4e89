import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('in a folder that is not trusted', () => {
  it('runs, and knows it', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const extension = vscode.extensions.getExtension('dynamicner.dynamicner');
    assert.ok(extension, 'the extension is switched off in Restricted Mode');
    await extension.activate();
    assert.ok(extension.isActive);
  });
});
