import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ChatServer } from '../../servers/chatServer';
import {
  gold,
  oracleServer,
  picking,
  questionsTo,
  resetEngine,
  useCascade,
} from './endpointSupport';
import { answering, closeAll, editorParts, loadEncoder, openText, until } from './support';

const sentence = 'Ada Lovelace lived in London.';

describe('Prompts', () => {
  let server: ChatServer;

  before(loadEncoder);
  beforeEach(async () => {
    server = await oracleServer(gold(sentence));
    await useCascade(server);
  });
  afterEach(async () => {
    const { context } = await editorParts();
    const folder = vscode.Uri.joinPath(context.globalStorageUri, 'prompts');
    await closeAll();
    await vscode.workspace.fs.delete(folder, { recursive: true });
    await resetEngine();
    await server.stop();
  });

  const edit = (...picks: string[]): Promise<string[]> =>
    answering({ showQuickPick: picking(...picks) }, () =>
      vscode.commands.executeCommand('dynamicner.editPrompts'),
    );

  const titles = (): string[] =>
    vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));

  async function write(text: string): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    assert.match(editor?.document.uri.path ?? '', /prompts\/cascade\/extract\.txt$/u);
    assert.ok(editor);
    const { document } = editor;
    await until(
      'the built-in text',
      () => document.getText() === '{sentence}' || document.getText(),
    );
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    assert.ok(await editor.edit((builder) => builder.replace(whole, text)));
    assert.ok(await document.save(), 'the prompt is not saved');
  }

  /** Extracts from the sentence again, and returns what the server was first asked. */
  async function asked(): Promise<string | undefined> {
    const before = questionsTo(server).length;
    await openText(sentence);
    await vscode.commands.executeCommand('dynamicner.extract');
    return questionsTo(server)[before];
  }

  it('are files with the built-in text to begin with; what is saved is asked from then on', async () => {
    await edit('cascade/extract');
    const text = vscode.window.activeTextEditor?.document.getText();
    assert.equal(text, '{sentence}');
    const { prompts } = vscode.workspace
      .getConfiguration('dynamicner')
      .get<{ prompts?: string }>('engine', {});
    assert.match(prompts ?? '', /prompts$/u);
    await write('Mark what has a name: {sentence}');
    await answering({}, async () => {
      assert.equal(await asked(), `Mark what has a name: ${sentence}`);
    });
    assert.ok(titles().includes('extract.txt'));
    await edit('cascade/extract', 'Restore');
    assert.ok(!titles().includes('extract.txt'));
    await answering({}, async () => {
      assert.equal(await asked(), sentence);
    });
  });

  it('that lack a hole are named, and nothing is asked', async () => {
    await edit('cascade/extract');
    await write('Mark what has a name.');
    const shown = await answering({}, asked);
    assert.match(shown.join('\n'), /extract\.txt: The template lacks \{sentence\}/u);
    assert.equal(questionsTo(server).length, 0);
  });
});
