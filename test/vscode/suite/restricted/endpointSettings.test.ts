import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { listingModels } from '../endpointSupport';
import { ChatServer } from '../../../servers/chatServer';
import {
  closeAll,
  editorParts,
  extract,
  loadEncoder,
  openText,
  until,
  writeFile,
} from '../support';

describe('endpoints of a folder that is not trusted', () => {
  let server: ChatServer;

  before(loadEncoder);
  before(async () => {
    server = await ChatServer.start(listingModels(() => undefined));
  });
  after(async () => {
    await vscode.workspace.fs.delete(
      vscode.Uri.joinPath(
        vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/'),
        '.vscode/settings.json',
      ),
    );
    await server.stop();
  });
  afterEach(closeAll);

  it('are not asked, whatever engine the folder names', async () => {
    await writeFile(
      '.vscode/settings.json',
      JSON.stringify({
        'editor.tabSize': 7,
        'dynamicner.endpoints': { theirs: { url: server.url, model: 'any', choice: 'none' } },
        'dynamicner.engine': {
          protocol: 'cascade',
          extractor: { by: 'endpoint:theirs' },
          classifier: { by: 'endpoint:theirs' },
        },
      }),
    );
    await until(
      'the folder’s settings are read',
      () => vscode.workspace.getConfiguration('editor').get('tabSize') === 7,
    );
    const settings = vscode.workspace.getConfiguration('dynamicner');
    assert.deepEqual(settings.get('engine'), {});
    assert.deepEqual(settings.get('endpoints'), {});
    await openText('Ada Lovelace lived in London.');
    const session = await extract();
    assert.ok(session.entities.length > 0);
    assert.ok(session.entities.every(({ source }) => source?.engine === 'encoder'));
    assert.equal((await editorParts()).status.current.remote, false);
    assert.equal(server.requests.length, 0);
  });
});
