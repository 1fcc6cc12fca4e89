import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { EditorParts, EngineStatus } from '../../../src/editor/contract';
import { statusMenuItems } from '../../../src/editor/features/statusBarMenu';
import { describeStatus } from '../../../src/editor/features/statusBarText';
import { suggest } from '../../unit/editor/entities';
import { city, openText, scholar, type OpenText } from './openText';

describe('the status bar item', () => {
  const text = 'Ada in London';
  let open: OpenText;

  beforeEach(async () => {
    open = await openText(text);
    await open.parts.view.setLevel(2);
  });
  afterEach(() => open.parts.view.setLevel(2));

  function withStatus(current: Partial<EngineStatus>): EditorParts {
    const ready = { engine: 'encoder', model: 'm1', remote: false, state: 'ready' } as const;
    const { parts } = open;
    return {
      ...parts,
      status: { current: { ...ready, ...current }, onDidChange: parts.status.onDidChange },
    };
  }

  it('says engine, level and count', async () => {
    assert.equal(describeStatus(withStatus({})).text, '$(tag) encoder · fine');
    open.suggest(suggest(text, 'Ada', scholar), suggest(text, 'London', city));
    assert.equal(describeStatus(withStatus({})).text, '$(tag) encoder · fine · 2');
    await open.parts.view.setLevel(0);
    assert.equal(describeStatus(withStatus({})).text, '$(tag) encoder · coarse · 2');
  });

  it('turns while the engine or the document is at work', () => {
    assert.match(describeStatus(withStatus({ state: 'busy' })).text, /^\$\(loading~spin\)/u);
    assert.match(describeStatus(withStatus({ state: 'starting' })).text, /^\$\(loading~spin\)/u);
  });

  it('carries a shield when text leaves the machine', () => {
    const said = describeStatus(withStatus({ remote: true, engine: 'cascade' }));
    assert.match(said.text, /^\$\(tag\) \$\(shield\) cascade/u);
    assert.match(said.spoken, /leaves this machine/u);
    assert.match(describeStatus(withStatus({})).spoken, /stays on this machine/u);
  });

  it('warns with the reason when the engine failed', () => {
    const said = describeStatus(withStatus({ state: 'failed', problem: 'The model is broken.' }));
    assert.equal(said.isWarning, true);
    assert.match(said.text, /^\$\(warning\)/u);
    assert.match(said.tooltip.value, /The model is broken/u);
  });

  it('marks a note, and shows text of models as text', () => {
    const said = describeStatus(
      withStatus({ note: 'No lexer for Brainfuck.', engine: '$(flame)', model: '[x](command:y)' }),
    );
    assert.match(said.text, /\$\(info\)$/u);
    assert.doesNotMatch(said.text, /\$\(flame\)/u);
    assert.notEqual(said.tooltip.isTrusted, true);
    assert.doesNotMatch(said.tooltip.value, /(?<!\\)\]\(/u);
  });

  it('opens a menu whose entries are all commands that exist', async () => {
    open.suggest(suggest(text, 'Ada', scholar), suggest(text, 'London', city));
    await open.session.reject([open.entity('London').id]);
    const items = statusMenuItems(open.parts);
    const known = new Set(await vscode.commands.getCommands(true));
    const commands = items.flatMap(({ command }) => command ?? []);
    for (const command of commands) assert.ok(known.has(command), command);
    for (const needed of ['changeLevel', 'changeThreshold', 'selectModel', 'restoreRejected']) {
      assert.ok(commands.includes(`dynamicner.${needed}`), needed);
    }
  });
});
