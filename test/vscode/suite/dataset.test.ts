import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { DatasetDocument } from '../../../src/editor/datasets/datasetDocument';
import type { DatasetEditorProvider } from '../../../src/editor/datasets/datasetProvider';
import { closeDatasets, openDataset, showDataset } from './openDataset';
import { answering, editorParts, openFile, until, writeFile } from './support';

const editorType = 'dynamicner.datasetEditor';
const lines = [
  '{"text": "Ada Lovelace lived in London.", "entities": [{"start": 0, "end": 12, "label": "scholar"}]}',
  '{"text":  "Berlin is large."}',
  '{"text": "Paris is larger.", "entities": []}',
];
const content = `${lines.join('\n')}\n`;

const activeTab = (): vscode.Tab | undefined => vscode.window.tabGroups.activeTabGroup.activeTab;
const isDirty = (): boolean => activeTab()?.isDirty === true;
const save = (): Thenable<unknown> => vscode.commands.executeCommand('workbench.action.files.save');
const read = (document: DatasetDocument): string => readFileSync(document.uri.fsPath, 'utf8');
const markBerlin = (document: DatasetDocument) =>
  document.apply({ kind: 'addEntity', id: 1, start: 0, end: 6, path: ['city'], entityId: 'b' });

async function entityCount(document: DatasetDocument): Promise<number> {
  return (await document.counts()).entities;
}

describe('A data set in its editor', () => {
  afterEach(closeDatasets);

  it('is edited, undone, redone and saved, the rest byte for byte', async () => {
    const document = await openDataset('edit.jsonl', content);
    assert.equal(document.count, 3);
    assert.equal(document.format.name, 'jsonl');
    await markBerlin(document);
    await until('the tab is dirty', isDirty);
    assert.equal(await entityCount(document), 2);
    await document.undo();
    await until('undone', async () => (await entityCount(document)) === 1);
    await until('the tab is clean', () => !isDirty());
    await document.redo();
    await until('redone', async () => (await entityCount(document)) === 2);
    await save();
    await until('saved', () => !isDirty());
    const saved = read(document).split('\n');
    assert.deepEqual([saved[0], saved[2], saved[3]], [lines[0], lines[2], '']);
    assert.match(saved[1] ?? '', /^\{"text": {2}"Berlin is large.", "entities": +\[\{/u);
    await document.undo();
    await until('undone after the save', isDirty);
    await save();
    await until('saved again', () => !isDirty());
    assert.equal(read(document), content);
  });

  it('is opened from the tab in front, also where VS Code will not show the file as text', async () => {
    const { datasets } = await editorParts();
    const uri = await writeFile('binary.jsonl', content.replace('Ada', 'A\0a'));
    await vscode.commands.executeCommand('vscode.open', uri);
    await until('its tab is in front', () => activeTab()?.label === 'binary.jsonl');
    await until('no text is', () => vscode.window.activeTextEditor === undefined);
    await vscode.commands.executeCommand('dynamicner.openDataset');
    await until('the data set is open', () => datasets.documentOf(uri) !== undefined);
  });

  it('takes the place of the text editor, which would have its own steps in the history of undo', async () => {
    const { datasets } = await editorParts();
    const { document: text } = await openFile('instead.jsonl', content);
    await vscode.commands.executeCommand('dynamicner.openDataset');
    const document = datasets.documentOf(text.uri) as DatasetDocument;
    await until('it was read', () => document.readShare === 1);
    await until('the text is closed', () => text.isClosed);
    assert.equal(vscode.window.tabGroups.activeTabGroup.tabs.length, 1);
    await markBerlin(document);
    await until('dirty', isDirty);
    await save();
    await until('saved', () => !isDirty());
    await document.undo();
    await until('the edit was taken back', async () => (await entityCount(document)) === 1);
  });

  it('goes back to what was saved', async () => {
    const document = await openDataset('revert.jsonl', content);
    await document.apply({ kind: 'remove', ids: [0, 2] });
    await until('dirty', isDirty);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until('reverted', () => document.count === 3 && !isDirty());
    assert.equal(read(document), content);
  });

  it('asks before it replaces what another program wrote, and can read that instead', async () => {
    const document = await openDataset('conflict.jsonl', content);
    await markBerlin(document);
    await until('dirty', isDirty);
    const other = content.replace('Paris', 'Rome');
    await writeFile('conflict.jsonl', other);
    await answering({}, save);
    assert.ok(isDirty(), 'a dismissed question saves nothing');
    assert.equal(read(document), other);
    const questions = await answering({ showWarningMessage: (...args) => args[3] }, save);
    assert.equal(questions.length, 1);
    await until('read anew', () => !isDirty());
    const [, , third] = await document.passages(0, 3);
    assert.equal(third?.passage.text, 'Rome is larger.');
    await markBerlin(document);
    await until('dirty again', isDirty);
    await writeFile('conflict.jsonl', content);
    await answering({ showWarningMessage: (...args) => args[2] }, save);
    await until('overwritten', () => !isDirty());
    assert.match(read(document), /Rome is larger/u);
  });

  it('follows another program’s changes while it has none of its own', async () => {
    const document = await openDataset('follow.jsonl', content);
    await writeFile('follow.jsonl', `${content}${lines[0]}\n`);
    await until('read anew', () => document.count === 4);
    assert.ok(!isDirty());
  });

  it('is opened after the text editor’s changes were saved, if the user wants that', async () => {
    const uri = await writeFile('text.jsonl', content);
    const text = await vscode.window.showTextDocument(uri);
    await text.edit((edit) => edit.insert(new vscode.Position(3, 0), `${lines[1]}\n`));
    const { datasets } = await editorParts();
    const asked = await answering({ showWarningMessage: (...args) => args[2] }, async () => {
      await vscode.commands.executeCommand('vscode.openWith', uri, editorType);
      await until('open', () => datasets.documentOf(uri) !== undefined);
    });
    assert.equal(asked.length, 1);
    const document = datasets.documentOf(uri);
    await until('all is read', () => document?.readShare === 1);
    assert.equal(document?.count, 4);
  });

  it('goes on from a backup', async () => {
    const document = await openDataset('backup.jsonl', content);
    await document.apply({ kind: 'changeText', id: 1, start: 0, end: 6, text: 'Bonn' });
    const { datasets } = await editorParts();
    const provider = datasets as unknown as DatasetEditorProvider;
    const folder = vscode.workspace.workspaceFolders![0]!.uri.fsPath;
    const destination = vscode.Uri.file(path.join(folder, 'backups', 'one'));
    const backup = await provider.backupCustomDocument(document, { destination });
    assert.ok(readFileSync(backup.id).length < 2000, 'a backup has the edits only');
    const again = await provider.openCustomDocument(document.uri, {
      backupId: backup.id,
      untitledDocumentData: undefined,
    });
    await until('read', () => again.readShare === 1);
    assert.equal((await again.passages(1, 2))[0]?.passage.text, 'Bonn is large.');
    assert.ok(again.isDirty);
    again.dispose();
    backup.delete();
    await until('the backup is gone', () => !existsSync(backup.id));
  });

  it('is refused where it is none, with what to do', async () => {
    const uri = await writeFile('none.json', '{"name": "x", "list": [1, 2]}');
    const { datasets } = await editorParts();
    const provider = datasets as unknown as DatasetEditorProvider;
    const open = provider.openCustomDocument(uri, {
      backupId: undefined,
      untitledDocumentData: undefined,
    });
    await assert.rejects(Promise.resolve(open), /none\.json: .*no data set.*New Data Set/u);
  });

  it('keeps what its format cannot say in a file beside it', async () => {
    const entry = { sentence: 'Ada lived in London.', entity: ['London'], category: ['city'] };
    const text = JSON.stringify({ sentence1: entry }, undefined, 4);
    const document = await openDataset('side.json', text);
    const [first] = await document.passages(0, 1);
    const entityIds = first?.passage.entities.map(({ id }) => id) ?? [];
    const change = { state: 'accepted', comment: 'sure' } as const;
    await document.apply({ kind: 'changeEntities', id: 0, entityIds, change });
    await until('dirty', isDirty);
    await save();
    await until('saved', () => !isDirty());
    assert.equal(read(document), text);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    const { datasets } = await editorParts();
    await until('it is closed', () => datasets.documentOf(document.uri) === undefined);
    const again = await showDataset(document.uri);
    const [entity] = (await again.passages(0, 1))[0]?.passage.entities ?? [];
    assert.deepEqual([entity?.state, entity?.comment], ['accepted', 'sure']);
  });

  it('takes suggestions from patterns as one step of undo', async () => {
    const document = await openDataset('patterns.jsonl', content);
    const list = await writeFile('list.txt', '[city]\nBerlin\nParis\nLondon\n');
    const shown = await answering({ showOpenDialog: () => [list] }, () =>
      vscode.commands.executeCommand('dynamicner.suggestFromPatterns'),
    );
    assert.match(shown.at(-1) ?? '', /^3 entities/u);
    assert.equal(await entityCount(document), 4);
    await until('dirty', isDirty);
    await document.undo();
    await until('undone', async () => (await entityCount(document)) === 1);
    await until('clean', () => !isDirty());
  });

  it('is made new, in the format that was chosen', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder, 'fresh.bio');
    await answering(
      {
        showQuickPick: (items) => (items as { name: string }[]).find(({ name }) => name === 'bio'),
        showSaveDialog: () => uri,
      },
      () => vscode.commands.executeCommand('dynamicner.newDataset'),
    );
    const { datasets } = await editorParts();
    await until('it is open', () => datasets.documentOf(uri)?.readShare === 1);
    const document = datasets.documentOf(uri) as DatasetDocument;
    assert.deepEqual([document.format.name, document.count], ['bio', 0]);
    const [id] = await document.apply({
      kind: 'insert',
      after: null,
      passages: [{ text: 'Ada lived in London .', entities: [] }],
    });
    assert.ok(id !== undefined);
    await document.apply({
      kind: 'addEntity',
      id,
      start: 13,
      end: 19,
      path: ['city'],
      entityId: 'l',
    });
    await until('dirty', isDirty);
    await save();
    await until('saved', () => !isDirty());
    assert.equal(read(document), 'Ada O\nlived O\nin O\nLondon B-city\n. O\n');
  });
});
