import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answering, closeAll, editorParts, mentions, openFile, until, writeFile } from './support';

const lines = Array.from({ length: 40 }, (_, number) =>
  JSON.stringify({
    text: `${number % 2 === 0 ? 'Rome' : 'Ada'} number ${number * 37} of ${number}`,
    entities: [
      { start: 0, end: number % 2 === 0 ? 4 : 3, label: number % 2 === 0 ? 'city' : 'person' },
    ],
  }),
);
const file = `${lines.join('\n')}\n`;

async function read(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

describe('commands on data sets', () => {
  afterEach(closeAll);

  it('split the active file into parts that are the whole', async () => {
    const { document } = await openFile('whole.jsonl', file);
    const folder = vscode.Uri.joinPath(document.uri, '..', 'parts');
    await vscode.workspace.fs.createDirectory(folder);
    const answers = { showInputBox: () => '3, 1', showOpenDialog: () => [folder] };
    const shown = await answering(answers, () =>
      vscode.commands.executeCommand('dynamicner.splitDataset'),
    );
    assert.match(shown.join('\n'), /The result is in “.*parts”/);
    const [train = '', test = ''] = await Promise.all(
      ['train', 'test'].map((name) => read(vscode.Uri.joinPath(folder, `${name}.jsonl`))),
    );
    assert.deepEqual((train + test).split('\n').sort(), file.split('\n').sort());
    assert.equal(test.match(/"city"/gu)?.length, 5);
  });

  it('draw a balanced sample', async () => {
    const uri = await writeFile('sampled.jsonl', file);
    const result = vscode.Uri.joinPath(uri, '..', 'sampled.sample.jsonl');
    const asked = ['8', '2'];
    const answers = { showInputBox: () => asked.shift(), showSaveDialog: () => result };
    await answering(answers, () => vscode.commands.executeCommand('dynamicner.sampleDataset', uri));
    const sample = await read(result);
    assert.equal(sample.match(/"city"/gu)?.length, 4);
    assert.equal(sample.match(/"person"/gu)?.length, 4);
  });

  it('prune by the vectors of the bundled encoder', async function () {
    this.timeout(120_000);
    const uri = await writeFile('all.jsonl', file);
    const result = vscode.Uri.joinPath(uri, '..', 'all.pruned.jsonl');
    const answers = { showInputBox: () => '3', showSaveDialog: () => result };
    await answering(answers, () => vscode.commands.executeCommand('dynamicner.pruneDataset', uri));
    const kept = (await read(result)).trim().split('\n');
    assert.equal(kept.length, 6);
    assert.ok(kept.every((line) => lines.includes(line)));
  });

  it('find conflicts, and write the rules of those that were ticked', async () => {
    const one = await writeFile('one-set.jsonl', file);
    const two = await writeFile(
      'two-set.jsonl',
      file.replaceAll('"city"', '"TOWN"').replaceAll('"person"', '"PER"'),
    );
    let rows: string[] = [];
    const answers = {
      showQuickPick: (items: unknown) => {
        const picks = items as (vscode.QuickPickItem & { withModel?: boolean })[];
        if (picks.some(({ withModel }) => withModel !== undefined)) return picks[0];
        rows = picks.map(({ label }) => label);
        return picks.filter(({ label }) => label.includes('PER'));
      },
    };
    await answering(answers, () =>
      vscode.commands.executeCommand('dynamicner.findConflicts', one, [one, two]),
    );
    assert.equal(rows[0], 'Two names for one thing');
    await until('the rules are open', () =>
      Boolean(vscode.window.activeTextEditor?.document.getText().includes('"rules"')),
    );
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    const { rules } = JSON.parse(text) as { rules: { from: string; to: string }[] };
    assert.deepEqual(
      rules.map(({ from, to }) => [from, to]),
      [['PER', 'person']],
    );
  });

  it('name the file and line of a failure', async () => {
    const uri = await writeFile('bad.jsonl', '{"tex": 1}\n');
    const asked = ['8', '2'];
    const answers = {
      showInputBox: () => asked.shift(),
      showSaveDialog: () => vscode.Uri.joinPath(uri, '..', 'bad.sample.jsonl'),
    };
    const shown = await answering(answers, () =>
      vscode.commands.executeCommand('dynamicner.sampleDataset', uri),
    );
    assert.match(shown.join('\n'), /bad\.jsonl:1/);
  });

  it('import a document of brat into the text that is open', async () => {
    const editor = await openFile('brat-notes.txt', 'Ada met Bo in 🧭 Rome.');
    const annotations = 'T1\tperson 0 3\tAda\nT2\tcity 16 20\tRome\nR1\tin Arg1:T1 Arg2:T2\n';
    const file = await writeFile('brat-notes.ann', annotations);
    const answers = {
      showOpenDialog: () => [file],
      showQuickPick: (items: unknown) => (items as unknown[])[0],
    };
    await answering(answers, () => vscode.commands.executeCommand('dynamicner.import'));
    const { sessions } = await editorParts();
    const session = sessions.existing(editor.document);
    assert.ok(session);
    assert.deepEqual(mentions(session), ['Ada', 'Rome']);
  });
});
