import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { DatasetDocument } from '../../../src/editor/datasets/datasetDocument';
import { closeDatasets, openDataset } from './openDataset';
import { answering, eventually, until, writeFile } from './support';

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

  const undo = async (dataset: DatasetDocument): Promise<void> => {
    // The Problems view has the focus.
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await dataset.undo();
  };
  const spansOf = async (dataset: DatasetDocument): Promise<unknown> =>
    (await dataset.passages(0, 3)).map(({ passage }) =>
      passage.entities.map(({ start, end, comment }) => [start, end, comment]),
    );

  it('checks it, and mends it as a step of its own editor', async () => {
    const dataset = await openDataset('front.jsonl', content);
    const { uri } = dataset;
    const entityIds = (await dataset.passages(0, 1))[0]?.passage.entities.map(({ id }) => id) ?? [];
    const change = { comment: 'sure' };
    await dataset.apply({ kind: 'changeEntities', id: 0, entityIds, change });
    const answers = { showInformationMessage: () => 'Make Safe Fixes' };
    const shown = await answering(answers, async () => {
      await vscode.commands.executeCommand('dynamicner.checkDataset');
      await until('it was mended and checked again', () => found(uri).length === 1);
    });
    assert.deepEqual(shown, ['2 of 3 findings can be mended without changing a meaning.']);
    assert.deepEqual(await spansOf(dataset), [[[14, 20, 'sure']], [], [[0, 4, undefined]]]);
    assert.match(readFileSync(uri.fsPath, 'utf8'), /"start": 14, "end": 20/u);
    assert.ok(vscode.workspace.textDocuments.every((one) => one.uri.path !== uri.path));
    await undo(dataset);
    const before = [[[13, 20, 'sure']], [], [[0, 5, undefined]]];
    await eventually('the mend was taken back', async () =>
      assert.deepEqual(await spansOf(dataset), before),
    );
  });

  it('checks it again when it is saved, and leaves its last edit to undo', async () => {
    const dataset = await openDataset('again.jsonl', content);
    const codes = (): unknown[] => found(dataset.uri).map(({ code }) => code);
    const [passage] = await dataset.passages(1, 2);
    assert.ok(passage);
    await dataset.apply({ kind: 'remove', ids: [passage.id] });
    await answering({}, () => vscode.commands.executeCommand('dynamicner.checkDataset'));
    assert.deepEqual(codes(), ['blank-edge', 'blank-edge']);
    await undo(dataset);
    await until('the last edit was taken back', () => dataset.count === 3);
    await vscode.workspace.save(dataset.uri);
    await until('it was checked again', () => codes().includes('empty-passage'));
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
