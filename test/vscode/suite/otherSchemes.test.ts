import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { DatasetDocument } from '../../../src/editor/datasets/datasetDocument';
import type { DatasetEditorProvider } from '../../../src/editor/datasets/datasetProvider';
import { MemoryFiles } from '../memoryFiles';
import { answering, closeAll, editorParts, until } from './support';

const content = '{"text": "Ada lived in London."}\n{"text":  "Berlin is large."}\n';
const entry = { sentence: 'Ada lived in London.', entity: ['London'], category: ['city'] };
const save = (): Thenable<unknown> => vscode.commands.executeCommand('workbench.action.files.save');
const isDirty = (): boolean => vscode.window.tabGroups.activeTabGroup.activeTab?.isDirty === true;

describe('A data set of another file system', () => {
  const files = new MemoryFiles();
  let registered: vscode.Disposable;
  before(() => {
    registered = vscode.workspace.registerFileSystemProvider('memory', files);
  });
  after(() => {
    registered.dispose();
  });
  afterEach(async () => {
    while (isDirty())
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await closeAll();
  });

  const uriOf = (name: string): vscode.Uri =>
    vscode.Uri.from({ scheme: 'memory', path: `/${name}` });

  async function open(name: string, text: string): Promise<DatasetDocument> {
    const uri = uriOf(name);
    files.put(uri, text);
    const { datasets } = await editorParts();
    await vscode.commands.executeCommand('vscode.openWith', uri, 'dynamicner.datasetEditor');
    await until('it is open', () => datasets.documentOf(uri)?.readShare === 1);
    return datasets.documentOf(uri) as DatasetDocument;
  }

  it('is edited and saved there, the rest byte for byte', async () => {
    const document = await open('set.jsonl', content);
    const mark = { kind: 'addEntity', id: 1, start: 0, end: 6, path: ['city'] } as const;
    await document.apply({ ...mark, entityId: 'b' });
    await until('dirty', isDirty);
    await save();
    await until('saved', () => !isDirty());
    const lines = files.text(document.uri)?.split('\n') ?? [];
    assert.equal(lines[0], content.split('\n')[0]);
    assert.match(lines[1] ?? '', /^\{"text": {2}"Berlin is large.", "entities": +\[\{/u);
    await document.undo();
    await until('undone after the save', isDirty);
    await save();
    await until('saved again', () => !isDirty());
    assert.equal(files.text(document.uri), content);
  });

  it('has beside it there what its format cannot say', async () => {
    const document = await open('side.json', JSON.stringify({ sentence1: entry }));
    const [first] = await document.passages(0, 1);
    const entityIds = first?.passage.entities.map(({ id }) => id) ?? [];
    await document.apply({ kind: 'changeEntities', id: 0, entityIds, change: { comment: 'sure' } });
    await until('dirty', isDirty);
    await save();
    await until('saved', () => !isDirty());
    assert.match(files.text(uriOf('side.provenance.jsonl')) ?? '', /"comment":"sure"/u);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    const again = await open('side.json', files.text(document.uri) ?? '');
    const [same] = await again.passages(0, 1);
    assert.equal(same?.passage.entities[0]?.comment, 'sure');
  });

  it('asks before it replaces what another program wrote there', async () => {
    const document = await open('conflict.jsonl', content);
    await document.apply({ kind: 'remove', ids: [1] });
    await until('dirty', isDirty);
    files.put(document.uri, `${content}{"text": "new"}\n`);
    const asked = await answering({}, save);
    assert.equal(asked.length, 1);
    assert.ok(isDirty(), 'a dismissed question saves nothing');
    assert.match(files.text(document.uri) ?? '', /"new"/u);
  });

  it('is refused above 50 MB without being read, and so is a folder', async () => {
    const { datasets } = await editorParts();
    const provider = datasets as unknown as DatasetEditorProvider;
    const context = { backupId: undefined, untitledDocumentData: undefined };
    const large = uriOf('large.jsonl');
    files.put(large, content, 60_000_000);
    files.reads = 0;
    await assert.rejects(
      Promise.resolve(provider.openCustomDocument(large, context)),
      /large\.jsonl: .*60 MB.*“memory:”.*50 MB.*Copy it to this machine/u,
    );
    assert.equal(files.reads, 0);
    await assert.rejects(
      Promise.resolve(provider.openCustomDocument(uriOf(''), context)),
      /Folders of “memory:” cannot be opened/u,
    );
  });
});
