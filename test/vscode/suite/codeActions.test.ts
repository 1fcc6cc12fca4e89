import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { CodeActionsFeature } from '../../../src/editor/features/codeActionsFeature';
import { suggest } from '../../unit/editor/entities';
import { city, openText, scholar, type OpenText } from './openText';
import { select } from './support';

async function actionsAt(
  { document }: OpenText,
  range: vscode.Range,
  kind?: vscode.CodeActionKind,
): Promise<vscode.CodeAction[]> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
    kind?.value,
  );
  return actions.filter(({ kind: own }) => own?.value.includes('dynamicner') === true);
}

describe('code actions at an entity', () => {
  const text = 'Ada came to London. Ada stayed.';
  let open: OpenText;

  beforeEach(async () => {
    open = await openText(text);
    const alternatives = [{ path: ['person', 'real person', 'author'], score: 0.2 }];
    open.suggest(
      suggest(text, 'Ada', scholar, { alternatives }),
      suggest(text, 'London', city, { alternatives: [] }),
      suggest(text, 'Ada', scholar, { alternatives }, 1),
    );
  });

  const at = (surface: string): vscode.Range =>
    new vscode.Range(open.at(surface), open.at(surface));

  it('accept, reject and change it, and all same mentions', async () => {
    const titles = (await actionsAt(open, at('Ada'))).map(({ title }) => title);
    assert.deepEqual(titles.sort(), [
      'Accept All 2 Mentions of “Ada” as scholar',
      'Accept “Ada” as scholar',
      'Change Type of All 2 Mentions of “Ada”…',
      'Change Type of “Ada”…',
      'Change “Ada” to person › real person › author',
      'Reject All 2 Mentions of “Ada” as scholar',
      'Reject “Ada” as scholar',
    ]);
    const single = (await actionsAt(open, at('London'))).map(({ title }) => title);
    assert.deepEqual(single.sort(), [
      'Accept “London” as city',
      'Change Type of “London”…',
      'Reject “London” as city',
    ]);
  });

  it('do what they say', async () => {
    const run = async (title: string): Promise<void> => {
      const action = (await actionsAt(open, at('Ada'))).find((each) =>
        each.title.startsWith(title),
      );
      assert.ok(action?.command, title);
      const { command, arguments: args = [] } = action.command;
      await vscode.commands.executeCommand(command, ...(args as unknown[]));
    };
    await run('Accept “Ada”');
    assert.deepEqual(
      open.session.entities.map(({ state }) => state),
      ['accepted', 'suggested', 'suggested'],
    );
    await run('Accept All');
    assert.deepEqual(
      open.session.entities.map(({ state }) => state),
      ['accepted', 'suggested', 'accepted'],
    );
    await run('Change “Ada” to');
    assert.equal(open.entity('Ada').path.at(-1), 'author');
    await run('Reject “Ada”');
    assert.equal(open.session.entities.length, 2);
  });

  it('are asked for by kind', async () => {
    const fixes = await actionsAt(open, at('Ada'), vscode.CodeActionKind.QuickFix);
    assert.deepEqual(fixes.map(({ kind }) => kind?.value).sort(), [
      'quickfix.dynamicner.accept',
      'quickfix.dynamicner.reject',
    ]);
    const changes = await actionsAt(
      open,
      at('Ada'),
      vscode.CodeActionKind.Refactor.append('dynamicner').append('acceptAll'),
    );
    assert.equal(changes.length, 1);
  });

  it('are not there elsewhere, and over more than the entity', async () => {
    assert.deepEqual(await actionsAt(open, at('stayed')), []);
    assert.deepEqual(
      await actionsAt(open, new vscode.Range(open.at('Ada'), open.at('London'))),
      [],
    );
  });

  it('hang no light bulb on every entity', () => {
    const provide = CodeActionsFeature.prototype.provideCodeActions.bind({
      parts: open.parts,
    } as unknown as CodeActionsFeature);
    const automatic = {
      triggerKind: vscode.CodeActionTriggerKind.Automatic,
      diagnostics: [],
      only: undefined,
    };
    assert.deepEqual(provide(open.document, at('Ada'), automatic), []);
  });
});

describe('commands for all same mentions', () => {
  const text = 'Ada came to London. Ada stayed.';

  it('accept and reject at the cursor', async () => {
    const open = await openText(text);
    open.suggest(
      suggest(text, 'Ada', scholar),
      suggest(text, 'London', city),
      suggest(text, 'Ada', scholar, {}, 1),
    );
    await select(open.editor, open.at('Ada', 1));
    await vscode.commands.executeCommand('dynamicner.acceptAllMentions');
    assert.deepEqual(
      open.session.entities.map(({ state }) => state),
      ['accepted', 'suggested', 'accepted'],
    );
    await vscode.commands.executeCommand('dynamicner.rejectAllMentions');
    assert.equal(open.session.entities.length, 1);
  });
});
