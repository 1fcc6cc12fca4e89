import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answering, closeAll, openFile, until, writeFile } from './support';

const file = [
  '{"text": "Met  Zoë 🧭 today", "entities": [{"start": 4, "end": 8, "label": "scholar"}], "x": 1.0}',
  '{"text": "Then [brackets] and Zo\\u00eb", "entities": [{"start": 20, "end": 23, "label": "artist"}]}',
  '{"text": "And Oslo, Norway", "entities": [{"start": 4, "end": 9, "label": "city"}]}',
  '{"text": "Rome ", "entities": [{"start": 0, "end": 5, "label": "city"}]}',
  '',
].join('\n');

describe('Check Data Set', () => {
  afterEach(closeAll);

  const found = (uri: vscode.Uri): vscode.Diagnostic[] =>
    vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'DynamicNER');

  async function fix(
    document: vscode.TextDocument,
    at: vscode.Range,
    title: RegExp,
  ): Promise<void> {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      at,
      vscode.CodeActionKind.QuickFix.value,
    );
    const action = actions.find((one) => title.test(one.title));
    assert.ok(action?.command, actions.map((one) => one.title).join('\n'));
    const { command, arguments: args = [] } = action.command;
    await vscode.commands.executeCommand(command, ...(args as unknown[]));
  }

  it('marks what is wrong at its place, and mends it as an edit that can be undone', async () => {
    const { document } = await openFile('checked.jsonl', file);
    await vscode.commands.executeCommand('dynamicner.checkDataset');
    const shown = found(document.uri).map(({ code, range }) => [code, document.getText(range)]);
    assert.deepEqual(shown, [
      ['blank-edge', ' Zoë'],
      ['punctuation-edge', 'Oslo,'],
      ['blank-edge', 'Rome '],
      ['surface-types', 'Zo\\u00eb'],
    ]);
    const [blank, punctuation] = found(document.uri);
    assert.ok(blank && punctuation);
    await fix(document, blank.range, /^Correct the edges/);
    const mended = file.replace('"start": 4, "end": 8', '"start": 5, "end": 8');
    assert.equal(document.getText(), mended);
    assert.ok(document.isDirty);
    assert.equal(found(document.uri).length, 3);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), file);
    await until('it was checked again', () => found(document.uri).length === 4);
    await fix(document, blank.range, /^Make all 2 safe fixes/);
    assert.equal(
      document.getText(),
      mended.replace('"start": 0, "end": 5', '"start": 0, "end": 4'),
    );
    await fix(document, found(document.uri)[0]?.range ?? blank.range, /^Correct the edges/);
    assert.match(document.getText(), /"start": 4, "end": 8, "label": "city"/);
  });

  it('makes all mentions of the same words one type', async () => {
    const { document } = await openFile(
      'types.jsonl',
      file.replace('"start": 4, "end": 8', '"start": 5, "end": 8'),
    );
    await vscode.commands.executeCommand('dynamicner.checkDataset');
    const types = found(document.uri).find(({ code }) => code === 'surface-types');
    assert.ok(types);
    await fix(document, types.range, /^Make all “Zoë” artist/);
    assert.doesNotMatch(document.getText(), /scholar/);
    assert.ok(found(document.uri).every(({ code }) => code !== 'surface-types'));
  });

  it('checks files from the explorer, and again when they are saved', async () => {
    const one = await writeFile('one.jsonl', file);
    const two = await writeFile('two.bio', 'Ada B-person\nwrote O\nLondon I-city\n');
    await vscode.commands.executeCommand('dynamicner.checkDataset', one, [one, two]);
    assert.equal(found(one).length, 4);
    assert.deepEqual(
      found(two).map(({ code, range }) => [code, range.start.line]),
      [['tag-sequence', 2]],
    );
    const editor = await vscode.window.showTextDocument(two);
    await editor.edit((edit) => edit.replace(new vscode.Range(2, 7, 2, 8), 'B'));
    await editor.document.save();
    await until('the file was checked again', () => found(two).length === 0);
  });

  it('says what it cannot read', async () => {
    const { document } = await openFile('broken.jsonl', '{"text": "a"\n{"text": "b"}\n');
    await vscode.commands.executeCommand('dynamicner.checkDataset');
    assert.deepEqual(
      found(document.uri).map(({ code, range, severity }) => [code, range.start.line, severity]),
      [['unreadable', 0, vscode.DiagnosticSeverity.Error]],
    );
    await closeAll();
    const shown = await answering({}, () =>
      vscode.commands.executeCommand('dynamicner.checkDataset'),
    );
    assert.deepEqual(shown, ['Open a data set to check it.']);
  });
});
