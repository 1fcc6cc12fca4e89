import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import {
  answering,
  closeAll,
  editorParts,
  extract,
  loadEncoder,
  mentions,
  openFile,
  openText,
  until,
  writeFile,
} from './support';

const sentence = 'Ada Lovelace lived in London.';
const run = (command: string, ...args: unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(`dynamicner.${command}`, ...args);

/** Sets a setting for the time of `action`. */
async function withSetting(
  name: string,
  value: unknown,
  action: () => Promise<void>,
): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('dynamicner');
  await configuration.update(name, value, vscode.ConfigurationTarget.Global);
  try {
    await action();
  } finally {
    await configuration.update(name, undefined, vscode.ConfigurationTarget.Global);
  }
}

describe('Bad input', () => {
  before(loadEncoder);
  afterEach(closeAll);

  it('names an empty document', async () => {
    await openFile('empty.txt', '');
    const shown = await answering({}, () => run('extract'));
    assert.equal(shown.length, 1);
    assert.match(shown[0] ?? '', /empty\.txt/u);
  });

  it('says that nothing is open', async () => {
    await closeAll();
    const shown = await answering({}, () => run('extract'));
    assert.equal(shown.length, 1);
  });

  it('names a file that is too large for extensions, from its tab', async function () {
    this.timeout(120_000);
    const line = new TextEncoder().encode(`${sentence}\n`);
    const bytes = new Uint8Array(60 * 1024 * 1024);
    for (let at = 0; at + line.length <= bytes.length; at += line.length) bytes.set(line, at);
    const uri = await writeFile('large.txt', bytes);
    await vscode.commands.executeCommand('vscode.open', uri);
    await until('the tab is open', () =>
      vscode.window.tabGroups.all.some(({ activeTab }) => activeTab?.label === 'large.txt'),
    );
    const shown = await answering({}, () => run('extract'));
    assert.equal(shown.length, 1);
    assert.match(shown[0] ?? '', /large\.txt.*60 MB/u);
    await vscode.workspace.fs.delete(uri);
  });

  it('names a binary file', async () => {
    const uri = await writeFile(
      'picture.bin',
      Uint8Array.from({ length: 5000 }, (_, i) => i % 7),
    );
    await vscode.commands.executeCommand('vscode.open', uri);
    await until('the tab is open', () =>
      vscode.window.tabGroups.all.some(({ activeTab }) => activeTab?.label === 'picture.bin'),
    );
    const shown = await answering({}, () => run('extract'));
    assert.equal(shown.length, 1);
    assert.match(shown[0] ?? '', /picture\.bin/u);
  });

  it('reads around half a surrogate pair and says so', async () => {
    await openText(`Broken \ud83d here. ${sentence}`);
    let found: string[] = [];
    const shown = await answering({}, async () => {
      found = mentions(await extract());
    });
    assert.ok(found.includes('Ada Lovelace'), found.join(', '));
    assert.equal(shown.length, 1, shown.join('\n'));
  });

  it('names a model that is not there and works with the bundled one', async () => {
    const folder = path.resolve('/nowhere/at/all');
    let found: string[] = [];
    const shown = await answering({}, () =>
      withSetting('model', folder, async () => {
        await openText(sentence);
        found = mentions(await extract());
      }),
    );
    assert.equal(shown.length, 1, shown.join('\n'));
    assert.ok(shown[0]?.includes(folder), shown[0]);
    assert.ok(found.includes('Ada Lovelace'), found.join(', '));
  });

  it('does not take a folder that is no model, and names what is wrong', async () => {
    const uri = await writeFile('not-a-model/pack.json', '{}');
    const folder = path.dirname(uri.fsPath);
    const shown = await answering({}, () => run('selectModel', folder));
    assert.equal(shown.length, 1, shown.join('\n'));
    assert.match(shown[0] ?? '', /pack\.json/u);
    assert.equal(vscode.workspace.getConfiguration('dynamicner').get('model'), '');
  });

  it('names file and line of a taxonomy that cannot be read, and keeps the built-in one', async () => {
    await writeFile('broken.json', '{\n  "person": ["author",\n  "city" ]]\n}');
    const { labels } = await editorParts();
    const before = labels.taxonomy;
    let shown: string[] = [];
    await openText(sentence);
    shown = await answering({}, () =>
      withSetting('labels', 'broken.json', async () => {
        const session = await extract();
        assert.ok(mentions(session).includes('Ada Lovelace'));
        assert.equal(labels.taxonomy, before);
      }),
    );
    assert.equal(shown.length, 1, shown.join('\n'));
    assert.match(shown[0] ?? '', /broken\.json:3/u);
  });

  it('names a label list file that is missing', async () => {
    await openText(sentence);
    const shown = await answering({}, () =>
      withSetting('labels', 'missing.json', async () => {
        await extract();
      }),
    );
    assert.equal(shown.length, 1, shown.join('\n'));
    assert.match(shown[0] ?? '', /missing\.json/u);
  });
});
