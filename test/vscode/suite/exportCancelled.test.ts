import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { answering, closeAll, editorParts, extensionApi, until, writeFile } from './support';

const count = 60;
const lines = Array.from({ length: count }, (_, number) =>
  JSON.stringify({ text: `Ada wrote letter ${number}.`, label: [[0, 3, 'scholar']] }),
);

describe('Export of a data set to brat', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'export-'))));
  afterEach(async () => {
    await closeAll();
    rmSync(folder, { recursive: true });
  });

  /** Runs `action` with a progress whose “Cancel” is pressed once `isTime` says so. */
  async function cancelling(isTime: () => boolean, action: () => PromiseLike<unknown>) {
    const { window } = await extensionApi();
    const asked = window as { withProgress: typeof vscode.window.withProgress };
    const original = asked.withProgress;
    const cancelled = new vscode.EventEmitter<void>();
    let isCancelled = false;
    const token: vscode.CancellationToken = {
      get isCancellationRequested() {
        if (!isCancelled && isTime()) {
          isCancelled = true;
          cancelled.fire();
        }
        return isCancelled;
      },
      onCancellationRequested: cancelled.event,
    };
    asked.withProgress = (_options, task) => task({ report: () => undefined }, token);
    try {
      await action();
    } finally {
      asked.withProgress = original;
      cancelled.dispose();
    }
  }

  it('leaves the folder as it was when it is cancelled in the middle', async () => {
    const dataset = await writeFile('letters.jsonl', `${lines.join('\n')}\n`);
    const { datasets } = await editorParts();
    await vscode.commands.executeCommand('vscode.openWith', dataset, 'dynamicner.datasetEditor');
    await until('it is open', () => datasets.documentOf(dataset)?.readShare === 1);
    writeFileSync(path.join(folder, 'passage1.txt'), 'from before');
    const target = vscode.Uri.file(folder);
    const answers = {
      showOpenDialog: () => [target],
      // “Export into It”, though it is not empty.
      showWarningMessage: (...args: unknown[]) => args[2],
    };
    const given = { format: 'brat', scope: 'openDataset', states: 'accepted', level: null };
    const run = () => vscode.commands.executeCommand('dynamicner.export', given);
    let written = 0;
    const isTime = () => {
      written = readdirSync(folder, { recursive: true }).length;
      return written > count / 2;
    };
    const said = await answering(answers, () => cancelling(isTime, run));
    assert.ok(written > count / 2, `${written} files were there`);
    assert.deepEqual(readdirSync(folder), ['passage1.txt']);
    assert.equal(readFileSync(path.join(folder, 'passage1.txt'), 'utf8'), 'from before');
    assert.equal(said.length, 1, said.join());

    await answering(answers, run);
    const notes = readdirSync(folder).filter((name) => name.endsWith('.ann'));
    assert.equal(notes.length, count);
  });
});
