import assert from 'node:assert/strict';
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

const sentence = 'Marie Curie moved from Warsaw to Paris in 1891.';
const source = `// Angela Merkel lived in Hamburg.\nconst answer = 'Pierre Curie was born in Paris.';\n`;

async function set(
  name: string,
  value: unknown,
  scope: vscode.ConfigurationScope | null = null,
): Promise<void> {
  await vscode.workspace
    .getConfiguration('dynamicner', scope)
    .update(name, value, vscode.ConfigurationTarget.Global, scope !== null);
}

describe('Settings', () => {
  before(loadEncoder);
  afterEach(async () => {
    for (const name of ['labels', 'level', 'threshold', 'overlap', 'extract.code']) {
      await set(name, undefined);
    }
    const { view } = await editorParts();
    await view.setLevel(2);
    await closeAll();
  });

  it('decide which parts of source code are read', async () => {
    await set('extract.code', 'strings');
    await openFile('strings.ts', source);
    const found = mentions(await extract());
    assert.ok(found.includes('Pierre Curie'), found.join(', '));
    assert.ok(!found.includes('Angela Merkel'), found.join(', '));
  });

  it('give the labels: names of a flat list', async () => {
    await set('labels', ['person', 'city']);
    await openText(sentence);
    const session = await extract();
    const { labels } = await editorParts();
    assert.equal(labels.list.kind, 'flat');
    assert.ok(session.entities.length > 0);
    for (const { path } of session.entities) assert.ok(['person', 'city'].includes(path.join()));
  });

  it('give the labels: a file, read again when it changes', async () => {
    await writeFile('labels.json', '{"person": {"real person": ["scholar", "author"]}}');
    await set('labels', 'labels.json');
    await openText(sentence);
    const session = await extract();
    assert.ok(session.entities.length > 0);
    assert.ok(session.entities.every(({ path }) => path[0] === 'person'));
    await writeFile('labels.json', '{"location": {"settlement": ["city", "village"]}}');
    await until(
      'the entities are those of the new list',
      () =>
        session.entities.length > 0 && session.entities.every(({ path }) => path[0] === 'location'),
    );
  });

  it('give the threshold, below which nothing is shown', async () => {
    await openText(sentence);
    const session = await extract();
    const all = session.entities.length;
    const { view } = await editorParts();
    await view.setThreshold(1);
    assert.equal(session.entities.length, 0);
    await set('threshold', 0.2);
    await until('the setting takes over', () => view.threshold === 0.2);
    await until('entities are back', () => !session.busy && session.entities.length >= all);
  });

  it('give the level, never deeper than the taxonomy', async () => {
    const { view, labels } = await editorParts();
    await set('level', 'medium');
    await until('the setting takes over', () => view.level === 1);
    await view.setLevel(0);
    assert.equal(view.level, 0);
    await view.setLevel(9);
    assert.equal(view.level, labels.taxonomy.depth - 1);
  });

  it('name a bad value once and use the default', async () => {
    const shown = await answering({}, async () => {
      await set('overlap', 'sideways');
      await openText(sentence);
      await extract();
      await extract();
    });
    assert.equal(shown.length, 1, shown.join('\n'));
    assert.match(shown[0] ?? '', /dynamicner\.overlap.*sideways/u);
  });

  it('switch on extraction without being asked, for one language', async () => {
    const scope = { languageId: 'plaintext' };
    await set('extract.automatic', true, scope);
    try {
      const editor = await openText(sentence);
      const { sessions } = await editorParts();
      await until('entities are found', () =>
        mentions(sessions.of(editor.document)).includes('Marie Curie'),
      );
      const other = await openText(sentence, 'markdown');
      await until('nothing runs', () => !sessions.of(other.document).busy);
      assert.deepEqual(mentions(sessions.of(other.document)), []);
    } finally {
      await set('extract.automatic', undefined, scope);
    }
  });
});

describe('Extract Entities in Files', () => {
  before(loadEncoder);
  afterEach(closeAll);

  it('lists the results of files and folders, and leaves out what is not text', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    await writeFile('letters/one.txt', sentence);
    await writeFile('letters/two.md', '# Ada\n\nAda Lovelace lived in London.');
    await writeFile(
      'letters/picture.bin',
      Uint8Array.from({ length: 4000 }, (_, i) => i % 5),
    );
    const letters = vscode.Uri.joinPath(folder, 'letters');
    const shown = await answering({}, async () => {
      await vscode.commands.executeCommand('dynamicner.extractFiles', letters, [letters]);
    });
    assert.equal(shown.length, 1, shown.join('\n'));
    assert.match(shown[0] ?? '', /picture\.bin/u);
    const { sessions } = await editorParts();
    const document = await vscode.workspace.openTextDocument(
      vscode.Uri.joinPath(letters, 'two.md'),
    );
    assert.ok(mentions(sessions.of(document)).includes('Ada Lovelace'));
    await vscode.commands.executeCommand('dynamicner.files.clear');
  });
});

describe('Markdown cells of a notebook', () => {
  before(loadEncoder);
  afterEach(closeAll);

  it('are read, code cells are not', async () => {
    const cell = (kind: vscode.NotebookCellKind, text: string, language: string) =>
      new vscode.NotebookCellData(kind, text, language);
    const data = new vscode.NotebookData([
      cell(vscode.NotebookCellKind.Markup, sentence, 'markdown'),
      cell(vscode.NotebookCellKind.Code, `name = "Ada Lovelace"`, 'python'),
      cell(vscode.NotebookCellKind.Markup, 'Ada Lovelace lived in London.', 'markdown'),
    ]);
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', data);
    await vscode.window.showNotebookDocument(notebook);
    await vscode.commands.executeCommand('dynamicner.extract');
    const { sessions } = await editorParts();
    const found = notebook
      .getCells()
      .map(({ document }) => sessions.existing(document)?.entities.length ?? 0);
    assert.ok((found[0] ?? 0) > 0 && (found[2] ?? 0) > 0, found.join(', '));
    assert.equal(found[1], 0);
  });
});

describe('Export of extracted entities', () => {
  before(loadEncoder);
  afterEach(closeAll);

  it('writes a data set that holds the entities', async () => {
    await openText(`${sentence}\n\nAda Lovelace lived in London.`);
    await extract();
    const target = await writeFile('export.jsonl', '');
    const answers = { format: 'jsonl', scope: 'document', states: 'suggested', level: null };
    await answering({ showSaveDialog: () => target }, () =>
      vscode.commands.executeCommand('dynamicner.export', answers),
    );
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(target));
    const passages = text
      .trimEnd()
      .split('\n')
      .map(
        (line) => JSON.parse(line) as { text: string; entities: { start: number; end: number }[] },
      );
    assert.equal(passages.length, 2);
    const found = passages.flatMap(({ text: passage, entities }) =>
      entities.map(({ start, end }) => passage.slice(start, end)),
    );
    assert.ok(found.includes('Marie Curie') && found.includes('Ada Lovelace'), found.join(', '));
  });
});
