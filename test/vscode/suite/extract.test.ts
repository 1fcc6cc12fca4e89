import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  closeAll,
  editorParts,
  extensionApi,
  extract,
  loadEncoder,
  mentions,
  openFile,
  openText,
  select,
} from './support';

const sentence = 'Marie Curie moved from Warsaw to Paris in 1891 and worked with Pierre Curie.';

describe('Extract Entities', () => {
  before(loadEncoder);
  afterEach(closeAll);

  it('activates without the rest, which is loaded on first use', async () => {
    const api = await extensionApi();
    console.log(`activation: ${api.activationMilliseconds.toFixed(1)} ms`);
    assert.equal(api.loadedAtStart, false);
    assert.equal(api.loaded, true);
  });

  it('finds typed entities in an untitled document', async () => {
    await openText(sentence);
    const session = await extract();
    assert.ok(mentions(session).includes('Marie Curie'), mentions(session).join(', '));
    for (const entity of session.entities) {
      assert.equal(entity.state, 'suggested');
      assert.equal(entity.source?.engine, 'encoder');
      const { taxonomy } = (await editorParts()).labels;
      assert.ok(taxonomy.node(entity.path), entity.path.join(' › '));
    }
  });

  it('reads only comments and strings of source code', async () => {
    await openFile(
      'Berlin.ts',
      `// Angela Merkel lived in Hamburg.\nconst MarieCurie = 'Pierre Curie was born in Paris.';\n`,
    );
    const session = await extract();
    const found = mentions(session);
    assert.ok(found.includes('Angela Merkel'), found.join(', '));
    assert.ok(found.includes('Pierre Curie'), found.join(', '));
    assert.ok(!found.includes('MarieCurie'), found.join(', '));
  });

  it('takes only what is inside the selection', async () => {
    const editor = await openText(`${sentence}\n\nAda Lovelace lived in London.`);
    await select(editor, new vscode.Position(2, 0), new vscode.Position(2, 29));
    await vscode.commands.executeCommand('dynamicner.extractSelection');
    const session = (await editorParts()).sessions.active;
    assert.ok(session);
    const found = mentions(session);
    assert.ok(found.includes('Ada Lovelace'), found.join(', '));
    assert.ok(!found.includes('Marie Curie'), found.join(', '));
  });

  it('works on two documents at once', async () => {
    const one = await openText(sentence);
    const { sessions } = await editorParts();
    const first = vscode.commands.executeCommand('dynamicner.extract');
    const two = await openText('Ada Lovelace lived in London.');
    const second = vscode.commands.executeCommand('dynamicner.extract');
    await Promise.all([first, second]);
    assert.ok(mentions(sessions.of(one.document)).includes('Marie Curie'));
    assert.ok(mentions(sessions.of(two.document)).includes('Ada Lovelace'));
  });
});
