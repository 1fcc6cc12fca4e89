import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  answering,
  closeAll,
  editorParts,
  extract,
  loadEncoder,
  openFile,
  openText,
  until,
  writeFile,
} from './support';

const sentence = 'Marie Curie moved from Warsaw to Paris in 1891.';

async function set(name: string, value: unknown, scope?: vscode.ConfigurationScope): Promise<void> {
  await vscode.workspace
    .getConfiguration('dynamicner', scope)
    .update(name, value, vscode.ConfigurationTarget.Workspace, scope !== undefined);
}

const topNames = async (uri: vscode.Uri): Promise<string> => {
  const { labels } = await editorParts();
  return labels
    .of(uri)
    .taxonomy.roots.map(({ name }) => name)
    .join();
};

describe('The label list in force', () => {
  before(loadEncoder);
  afterEach(async () => {
    await set('labels', undefined);
    await set('labelAssociations', undefined);
    await set('labels', undefined, { languageId: 'markdown' });
    await closeAll();
  });

  it('is the one of the front matter, an association, the language, the workspace', async () => {
    await writeFile('ship.taxonomy.json', '{"types": ["ship"]}');
    const one = await openFile('list/one.md', `---\nentities: conll-2003\n---\n${sentence}\n`);
    const { uri } = one.document;
    await until('the front matter counts', async () =>
      (await topNames(uri)).startsWith('person,organization'),
    );
    await set('labels', 'ship.taxonomy.json');
    const other = await openFile('list/two.txt', sentence);
    await until(
      'the workspace’s counts',
      async () => (await topNames(other.document.uri)) === 'ship',
    );
    assert.ok((await topNames(uri)).startsWith('person'));
    await set('labels', ['river'], { languageId: 'markdown' });
    const plain = await openFile('list/three.md', sentence);
    await until(
      'the language’s counts',
      async () => (await topNames(plain.document.uri)) === 'river',
    );
    await set('labelAssociations', { 'list/*.md': 'pii' });
    await until('the association counts', async () =>
      (await topNames(plain.document.uri)).startsWith('identity'),
    );
    // Typing another name is enough.
    await vscode.window.showTextDocument(one.document);
    const editor = vscode.window.activeTextEditor;
    await editor?.edit((edit) => edit.replace(new vscode.Range(1, 10, 1, 20), 'ontonotes'));
    await until('the new name counts', async () => (await topNames(uri)).includes('cardinal'));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('is shown while it is marked in “Select Label List…”, and Escape brings the old one back', async () => {
    await openText(sentence);
    const session = await extract();
    const { uri } = session.document;
    const before = await topNames(uri);
    const done = vscode.commands.executeCommand('dynamicner.selectLabels');
    await until('another list is shown', async () => {
      await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
      // A list is shown once it has been marked for a while.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return (await topNames(uri)) !== before;
    });
    await until('the entities are those of the marked list', async () => {
      const shown = await topNames(uri);
      const types = session.entities.map(({ path }) => path[0] ?? '');
      return (shown !== before && types.every((type) => shown.split(',').includes(type))) || types;
    });
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await done;
    assert.equal(await topNames(uri), before);
    await until('the entities are back', () => session.entities.length > 0 && !session.busy);
  });

  it('begins as a copy of a built-in one', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const target = vscode.Uri.joinPath(folder, 'own.taxonomy.json');
    await answering(
      {
        showQuickPick: (items) =>
          (items as { label: string }[]).find(({ label }) => label === 'Few-NERD'),
        showSaveDialog: () => target,
      },
      () => vscode.commands.executeCommand('dynamicner.newLabels'),
    );
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(target));
    const { types } = JSON.parse(text) as { types: { children: unknown[] }[] };
    assert.equal(types.flatMap(({ children }) => children).length, 66);
  });

  it('has a name that ends as taxonomy files do, and replaces no file unasked', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const file = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
    await vscode.workspace.fs.writeFile(file('mine.taxonomy.json'), new Uint8Array());
    const targets = [file('mine.json'), file('yours.json')];
    const proposed: (string | undefined)[] = [];
    await answering(
      {
        showQuickPick: (items) =>
          (items as { label: string }[]).find(({ label }) => label === 'Few-NERD'),
        showSaveDialog: (options) => {
          proposed.push((options as vscode.SaveDialogOptions).defaultUri?.path.split('/').at(-1));
          return targets.shift();
        },
      },
      () => vscode.commands.executeCommand('dynamicner.newLabels'),
    );
    assert.deepEqual(proposed, ['few-nerd.taxonomy.json', 'mine.taxonomy.json']);
    const { size } = await vscode.workspace.fs.stat(file('mine.taxonomy.json'));
    assert.equal(size, 0);
    assert.ok((await vscode.workspace.fs.stat(file('yours.taxonomy.json'))).size > 0);
  });
});

describe('Taxonomy files', () => {
  before(async () => {
    await editorParts();
  });
  afterEach(async () => {
    await set('labels', undefined);
    await closeAll();
  });

  const text = `{
  // Works.
  "types": [
    { "name": "art", "children": [{ "name": "film" }, { "name": "Film" }] },
    { "name": "song", "threshold": 3 }
  ]
}
`;

  async function open(name: string, content: string): Promise<vscode.TextDocument> {
    const document = await vscode.workspace.openTextDocument(await writeFile(name, content));
    await vscode.window.showTextDocument(document, { preview: false });
    return document;
  }

  it('name their problems, and quick fixes mend them', async () => {
    const document = await open('problems.taxonomy.json', text);
    const codes = (): unknown[] =>
      vscode.languages
        .getDiagnostics(document.uri)
        .filter(({ source }) => source === 'DynamicNER')
        .map(({ code }) => code);
    await until('the problems are found', () => codes().includes('repeated-path'));
    assert.ok(codes().includes('bad-value'), codes().join());
    const at = document.positionAt(document.getText().indexOf('"Film"') + 1);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(at, at),
    );
    const merge = actions.find(({ title }) => title.startsWith('Merge into'));
    assert.ok(merge?.command, actions.map(({ title }) => title).join());
    await vscode.commands.executeCommand(
      merge.command.command,
      ...((merge.command.arguments ?? []) as unknown[]),
    );
    await until('the problem is gone', () => !codes().includes('repeated-path'));
    assert.ok(document.getText().includes('// Works.'));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('rename a type together with the annotations of its documents, in one edit', async () => {
    await set('labels', 'works.taxonomy.json');
    const passage = (label: string, path: string[]): string =>
      `${JSON.stringify({ text: 'Aida', entities: [{ start: 0, end: 4, label, path, state: 'added' }] })}\n`;
    const side = await writeFile('works.txt.entities.jsonl', passage('film', ['art', 'film']));
    await writeFile('works.txt', 'Aida');
    const document = await open(
      'works.taxonomy.json',
      '{"types": [{"name": "art", "children": [{"name": "film"}]}]}',
    );
    const at = document.positionAt(document.getText().indexOf('"film"') + 2);
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      at,
      'movie',
    );
    assert.ok(edit.get(document.uri).length > 0, 'the file itself is not edited');
    assert.ok(edit.get(side).length > 0, 'the side file is not edited');
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.match(document.getText(), /"movie", "formerly": \["art > film"\]/u);
    const annotations = await vscode.workspace.openTextDocument(side);
    assert.deepEqual(
      (JSON.parse(annotations.getText()) as { entities: { path: string[] }[] }).entities[0]?.path,
      ['art', 'movie'],
    );
    await annotations.save();
    await document.save();
    await until('the old path means the new type', async () => {
      const { labels } = await editorParts();
      return labels.list.taxonomy.formerNode(['art', 'film'])?.name === 'movie';
    });
    await vscode.window.showTextDocument(document);
  });
});
