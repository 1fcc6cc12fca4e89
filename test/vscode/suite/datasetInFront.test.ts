import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { closeDatasets, openDataset } from './openDataset';
import { answering, writeFile } from './support';

const lines = [
  '{"text": "Ada lives in  London", "entities": [{"start": 13, "end": 20, "label": "city"}]}',
  '{"text": "", "entities": []}',
  '{"text": "Rome is old", "entities": [{"start": 0, "end": 5, "label": "city"}]}',
];
const content = `${lines.join('\n')}\n`;

describe('Commands on the data set in front', () => {
  afterEach(closeDatasets);

  const found = (uri: vscode.Uri): vscode.Diagnostic[] =>
    vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'DynamicNER');
  const reportStarting = (title: string): string | undefined =>
    vscode.workspace.textDocuments
      .map((one) => one.getText())
      .find((text) => text.startsWith(title));
  const inFolder = (name: string): vscode.Uri => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    return vscode.Uri.joinPath(folder.uri, name);
  };
  const label = (items: unknown, wanted: string): unknown =>
    (items as vscode.QuickPickItem[]).find((item) => item.label.startsWith(wanted));

  async function fix(uri: vscode.Uri, at: vscode.Diagnostic | undefined, title: string) {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      at?.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const { command } = actions.find((one) => one.title.startsWith(title)) ?? {};
    assert.ok(command, actions.map((one) => one.title).join('\n'));
    await vscode.commands.executeCommand(
      command.command,
      ...((command.arguments ?? []) as unknown[]),
    );
  }

  it('checks it, and mends it in its own editor', async () => {
    const dataset = await openDataset('front.jsonl', content);
    const { uri } = dataset;
    const entityIds = (await dataset.passages(0, 1))[0]?.passage.entities.map(({ id }) => id) ?? [];
    const change = { comment: 'sure' };
    await dataset.apply({ kind: 'changeEntities', id: 0, entityIds, change });
    await vscode.commands.executeCommand('dynamicner.checkDataset');
    assert.deepEqual(
      found(uri).map(({ code }) => code),
      ['blank-edge', 'empty-passage', 'blank-edge'],
    );
    const text = await vscode.workspace.openTextDocument(uri);
    await fix(uri, found(uri)[0], 'Make all 2 safe fixes');
    assert.ok(!text.isDirty);
    const spans = (await dataset.passages(0, 3)).map(({ passage }) =>
      passage.entities.map(({ start, end, comment }) => [start, end, comment]),
    );
    assert.deepEqual(spans, [[[14, 20, 'sure']], [], [[0, 4, undefined]]]);
  });

  it('converts it as it stands', async () => {
    const dataset = await openDataset('stands.jsonl', content);
    await dataset.apply({
      kind: 'addEntity',
      id: 0,
      start: 0,
      end: 3,
      path: ['person', 'real person', 'scholar'],
      entityId: 'a',
    });
    const target = inFolder('stands.bio');
    const answers = {
      showQuickPick: (items: unknown) => label(items, 'BIO') ?? label(items, 'As annotated'),
      showSaveDialog: () => target,
    };
    await answering(answers, () => vscode.commands.executeCommand('dynamicner.convertDataset'));
    assert.match(readFileSync(target.fsPath, 'utf8'), /^Ada B-scholar\nlives O\n/u);
  });

  it('scores predictions against it, by type', async () => {
    await openDataset('gold.jsonl', content);
    const predicted = await writeFile('predicted.jsonl', content.replace('"end": 5', '"end": 3'));
    const answers = {
      showOpenDialog: () => [predicted],
      showQuickPick: (items: unknown) => label(items, 'Strict'),
    };
    await answering(answers, () => vscode.commands.executeCommand('dynamicner.evaluate'));
    const report = reportStarting('# Scores of predicted.jsonl') ?? '';
    assert.match(report, /Gold: gold\.jsonl/u);
    assert.match(report, /^\| All \| 50\.0 \| 50\.0 \| 50\.0 \| 2 \|$/mu);
    assert.match(report, /city \| 50\.0 \| 50\.0 \| 50\.0 \| 2 \|$/mu);
  });

  it('exports its dynamic version by rounds from the dialog of export', async () => {
    await openDataset('rounds.jsonl', content);
    const target = inFolder('rounds.json');
    const answers = {
      showQuickPick: (items: unknown) =>
        ['DynamicNER JSON, dynamic', 'By rounds', '1: Mix', 'Open Data Set', 'All with']
          .map((wanted) => label(items, wanted))
          .find((item) => item !== undefined),
      showInputBox: () => '7',
      showSaveDialog: () => target,
      showInformationMessage: () => 'Show Report',
    };
    await answering(answers, () => vscode.commands.executeCommand('dynamicner.export'));
    const made = JSON.parse(readFileSync(target.fsPath, 'utf8')) as Record<
      string,
      { entity: string[]; category: string[]; labels?: string[] }
    >;
    const entries = Object.values(made);
    assert.deepEqual(
      entries.map(({ entity }) => entity),
      [[' London'], [], ['Rome ']],
    );
    for (const { category, labels = [] } of entries) {
      assert.ok(category.every((type) => labels.includes(type)));
    }
    assert.match(reportStarting('# Export to rounds.json') ?? '', /1 mix granularities/u);
  });

  it('draws a sample of it, what is not saved first saved', async () => {
    const dataset = await openDataset('drawn.jsonl', content);
    await dataset.apply({ kind: 'changeText', id: 2, start: 0, end: 4, text: 'Oslo' });
    const target = inFolder('drawn.sample.jsonl');
    const asked = ['5', '1'];
    const answers = { showInputBox: () => asked.shift(), showSaveDialog: () => target };
    await answering(answers, () => vscode.commands.executeCommand('dynamicner.sampleDataset'));
    assert.match(readFileSync(target.fsPath, 'utf8'), /Oslo is old/u);
    assert.match(readFileSync(dataset.uri.fsPath, 'utf8'), /Oslo is old/u);
  });
});
