import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { readClassification } from '../../../src/core/finetuning/classification';
import { readConversations, type Conversation } from '../../../src/core/finetuning/conversation';
import { readExtraction } from '../../../src/core/finetuning/extraction';
import { annotate, close, run } from './annotating';
import { answering, closeAll } from './support';

const text = 'Paris is old.\n\nNobody came.\n\nFrom Paris to Turin.\n';

describe('Export Fine-Tuning Files…', () => {
  let folder: string;

  beforeEach(() => {
    const workspace = vscode.workspace.workspaceFolders?.[0];
    assert.ok(workspace);
    folder = path.join(workspace.uri.fsPath, 'finetuning');
  });
  afterEach(async () => {
    await vscode.workspace.fs.delete(vscode.Uri.file(folder), { recursive: true });
    await closeAll();
  });

  /** Exports with these boxes ticked; returns what was told. */
  async function exported(...ticked: readonly string[]): Promise<string> {
    await vscode.workspace.fs.createDirectory(vscode.Uri.file(folder));
    const shown = await answering(
      {
        showQuickPick: (items) =>
          (items as vscode.QuickPickItem[]).filter(({ label }) => ticked.includes(label)),
        showInputBox: () => '50',
        showOpenDialog: () => [vscode.Uri.file(folder)],
        showWarningMessage: (...args) => args.at(-1),
      },
      () => run('exportFinetuning'),
    );
    return shown.join('\n');
  }

  function read(model: string): Conversation[] {
    return ['train', 'validation'].flatMap((part) => {
      const name = `${model}.${part}.json`;
      return readConversations(readFileSync(path.join(folder, name), 'utf8'), name);
    });
  }

  const sentences = (): string[] =>
    read('extractor')
      .map((one) => readExtraction(one)?.sentence ?? '')
      .sort();

  it('writes what was accepted for both models, in two parts, and tells how much that is', async () => {
    const session = await annotate('journey.txt', text, 'Paris', 'Turin');
    const told = await exported();
    assert.deepEqual(readdirSync(folder).sort(), [
      'classifier.train.json',
      'classifier.validation.json',
      'extractor.train.json',
      'extractor.validation.json',
    ]);
    assert.deepEqual(sentences(), ['From Paris to Turin.', 'Paris is old.']);
    const asked = read('classifier').map((one) => readClassification(one)?.answer);
    assert.deepEqual(new Set(asked), new Set(['location', 'geo-political entity', 'city']));
    assert.equal(asked.length, 2 * 3);
    assert.match(told, /^8 conversations from 2 sentences were exported/mu);

    assert.match(await exported('Sentences without entities'), /already has/u);
    assert.deepEqual(sentences(), ['From Paris to Turin.', 'Nobody came.', 'Paris is old.']);
    await close(session);
  });

  it('says so where nothing was accepted in this document, whatever others have', async () => {
    const other = await annotate('beside.txt', text, 'Paris');
    const session = await annotate('empty.txt', text);
    assert.match(await exported(), /No entity has been accepted yet/u);
    assert.deepEqual(readdirSync(folder), []);
    assert.match(await exported('All open documents'), /sentences were exported/u);
    assert.ok(sentences().includes('Paris is old.'));
    await close(session);
    await close(other);
  });
});
