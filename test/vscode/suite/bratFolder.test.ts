import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { DatasetDocument } from '../../../src/editor/datasets/datasetDocument';
import type { DatasetEditorProvider } from '../../../src/editor/datasets/datasetProvider';
import { answering, closeAll, editorParts, until, writeFile } from './support';

const files: Readonly<Record<string, string>> = {
  'ada.txt': 'Ada lived in London.\nShe left it.',
  'ada.ann': 'T1\tscholar 0 3\tAda\nR1\tlives Arg1:T1 Arg2:T2\nT2\tcity 13 19\tLondon\n',
  'grace.txt': 'Grace was born in New York.',
};

const isDirty = (): boolean => vscode.window.tabGroups.activeTabGroup.activeTab?.isDirty === true;
const save = (): Thenable<unknown> => vscode.commands.executeCommand('workbench.action.files.save');

describe('A folder of brat in the data-set editor', () => {
  let folder: vscode.Uri;
  let document: DatasetDocument;

  beforeEach(async () => {
    for (const [name, text] of Object.entries(files)) {
      const uri = await writeFile(`corpus/${name}`, text);
      folder = vscode.Uri.joinPath(uri, '..');
    }
    const { datasets } = await editorParts();
    await vscode.commands.executeCommand('dynamicner.openFolderAsDataset', folder);
    await until('the folder is open', () => datasets.documentOf(folder)?.readShare === 1);
    document = datasets.documentOf(folder) as DatasetDocument;
  });

  afterEach(async () => {
    while (isDirty())
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await closeAll();
    rmSync(folder.fsPath, { recursive: true });
  });

  const read = (name: string): string => readFileSync(path.join(folder.fsPath, name), 'utf8');
  const markGrace = () =>
    document.apply({
      kind: 'addEntity',
      id: 1,
      start: 0,
      end: 5,
      path: ['scholar'],
      entityId: 'g',
    });

  it('has a passage for each document, and is saved into the files that changed', async () => {
    assert.deepEqual([document.format.name, document.count], ['brat', 2]);
    await markGrace();
    await until('the tab is dirty', isDirty);
    await save();
    await until('saved', () => !isDirty());
    assert.equal(read('grace.ann'), 'T1\tscholar 0 5\tGrace\n');
    assert.equal(read('ada.ann'), files['ada.ann']);
    await document.undo();
    await until('undone after the save', isDirty);
  });

  it('asks before it replaces what another program wrote', async () => {
    await markGrace();
    await until('dirty', isDirty);
    const other = `${files['ada.ann']}#1\tAnnotatorNotes T1\tsure\n`;
    await writeFile('corpus/ada.ann', other);
    await answering({}, save);
    assert.ok(isDirty(), 'a dismissed question saves nothing');
    await answering({ showWarningMessage: (...args) => args[3] }, save);
    await until('read anew', () => !isDirty());
    assert.equal(read('ada.ann'), other);
  });

  it('follows another program’s changes while it has none of its own', async () => {
    await writeFile('corpus/third.txt', 'Berlin is large.');
    await until('read anew', () => document.count === 3);
    assert.ok(!isDirty());
  });

  it('goes on from a backup', async () => {
    await markGrace();
    const { datasets } = await editorParts();
    const provider = datasets as unknown as DatasetEditorProvider;
    const place = mkdtempSync(path.join(tmpdir(), 'b-'));
    const destination = vscode.Uri.file(path.join(place, 'one'));
    const backup = await provider.backupCustomDocument(document, { destination });
    const again = await provider.openCustomDocument(folder, {
      backupId: backup.id,
      untitledDocumentData: undefined,
    });
    await until('read', () => again.readShare === 1);
    assert.equal((await again.passages(1, 2))[0]?.passage.entities.length, 1);
    assert.ok(again.isDirty);
    again.dispose();
    backup.delete();
    rmSync(place, { recursive: true, force: true });
  });

  it('asks for unsaved texts of its documents to be saved first', async () => {
    await closeAll();
    const uri = vscode.Uri.joinPath(folder, 'grace.txt');
    const text = await vscode.window.showTextDocument(uri);
    await text.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Dr. '));
    const { datasets } = await editorParts();
    const asked = await answering({ showWarningMessage: (...args) => args[2] }, async () => {
      await vscode.commands.executeCommand('dynamicner.openFolderAsDataset', folder);
      await until('open', () => datasets.documentOf(folder)?.readShare === 1);
    });
    assert.equal(asked.length, 1);
    assert.match(read('grace.txt'), /^Dr\. Grace/u);
  });

  it('is refused with what mends it where there is no text in it', async () => {
    const uri = await writeFile('corpus/notes/readme.md', 'no document');
    const other = vscode.Uri.joinPath(uri, '..');
    const tabs = vscode.window.tabGroups.activeTabGroup.tabs.length;
    const said = await answering({}, () =>
      vscode.commands.executeCommand('dynamicner.openFolderAsDataset', other),
    );
    assert.equal(said.length, 1);
    assert.match(said[0] ?? '', /corpus\/notes: .*no \.txt file\. Choose a folder of brat.*\.ann/u);
    assert.equal(vscode.window.tabGroups.activeTabGroup.tabs.length, tabs);
  });
});
