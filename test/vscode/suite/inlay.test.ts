import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { suggest } from '../../unit/editor/entities';
import { city, openText, scholar, type OpenText } from './openText';

async function hintsIn({ document }: OpenText, range: vscode.Range): Promise<string[]> {
  const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
    'vscode.executeInlayHintProvider',
    document.uri,
    range,
  );
  return hints.map(({ position: { line, character }, label }) => {
    assert.ok(typeof label === 'string');
    return `${line}:${character} ${label}`;
  });
}

const setting = (): vscode.WorkspaceConfiguration =>
  vscode.workspace.getConfiguration('dynamicner');

describe('type names after entities', () => {
  const text = 'the University of Oxford\nAda in London';
  let open: OpenText;
  const all = new vscode.Range(0, 0, 2, 0);

  beforeEach(async () => {
    open = await openText(text);
    await open.parts.view.setLevel(2);
    open.suggest(
      suggest(text, 'University of Oxford', ['facility', 'public facility', 'school']),
      suggest(text, 'Oxford', city),
      suggest(text, 'Ada', scholar),
      suggest(text, 'London', city),
    );
  });
  afterEach(async () => {
    await open.parts.view.setLevel(2);
    await setting().update('inlayHints.enabled', undefined, vscode.ConfigurationTarget.Global);
  });

  it('are those of the shown level, the inner entity first', async () => {
    assert.deepEqual(await hintsIn(open, all), [
      '0:24 city',
      '0:24 school',
      '1:3 scholar',
      '1:13 city',
    ]);
    await open.parts.view.setLevel(0);
    assert.deepEqual(await hintsIn(open, all), [
      '0:24 location',
      '0:24 facility',
      '1:3 person',
      '1:13 location',
    ]);
  });

  it('are made for the asked range alone', async () => {
    assert.deepEqual(await hintsIn(open, new vscode.Range(1, 0, 1, 5)), ['1:3 scholar']);
  });

  it('are switched by the setting and its command', async () => {
    await setting().update('inlayHints.enabled', false, vscode.ConfigurationTarget.Global);
    assert.deepEqual(await hintsIn(open, all), []);
    await vscode.commands.executeCommand('dynamicner.toggleTypeNames');
    assert.equal(setting().get('inlayHints.enabled'), true);
    assert.equal((await hintsIn(open, all)).length, 4);
    await vscode.commands.executeCommand('dynamicner.toggleTypeNames');
    assert.deepEqual(await hintsIn(open, all), []);
  });

  it('tell the whole path as text', async () => {
    const hostile = 'see Ada';
    const other = await openText(hostile);
    other.suggest(suggest(hostile, 'Ada', ['[x](command:workbench.action.closeWindow)']));
    const [hint] = await vscode.commands.executeCommand<vscode.InlayHint[]>(
      'vscode.executeInlayHintProvider',
      other.document.uri,
      new vscode.Range(0, 0, 1, 0),
    );
    // A string, which VS Code shows as it is: nothing in it is Markdown.
    assert.equal(hint?.tooltip, '[x](command:workbench.action.closeWindow)');
  });
});
