import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Session } from '../../../src/editor/documents/session';
import { TreeProvider } from '../../../src/editor/features/treeProvider';
import {
  answering,
  closeAll,
  editorParts,
  extract,
  loadEncoder,
  mentions,
  openText,
  until,
  writeFile,
} from './support';

const sentences = [
  ['The tug ', 'Brightwater', ' waited off the old harbour all night.'],
  ['We saw the ', 'Sandpiper', ' at anchor before noon.'],
  ['Captain Olsen steered the ', 'Sea Lark', ' through the fog.'],
  ['At dusk the ', 'Northern Star', ' was towed in for repairs.'],
];
const ship = ['product', 'vehicle', 'water'];
const run = (command: string): Thenable<unknown> =>
  vscode.commands.executeCommand(`dynamicner.${command}`);

/** Each test has a list of its own: what others annotated by another list is nothing to learn from here. */
let lists = 0;
async function writeList(): Promise<string> {
  const name = `fleet-${++lists}`;
  await writeFile(`${name}.taxonomy.json`, '{"types": ["ship", "person"]}');
  return name;
}
const withList = (list: string, text: string): string =>
  `---\nentities: ${list}.taxonomy.json\n---\n\n${text}`;

async function exists(name: string): Promise<boolean> {
  const found = await vscode.workspace.findFiles(name, null);
  return found.length > 0;
}

/** A text about ships whose names are annotated. */
async function annotated(path: readonly string[], list?: string): Promise<Session> {
  const plain = sentences.map((parts) => parts.join('')).join('\n\n');
  const editor = await openText(list === undefined ? plain : withList(list, plain));
  const session = (await editorParts()).sessions.of(editor.document) as Session;
  const text = editor.document.getText();
  for (const [, name = ''] of sentences) {
    const start = text.indexOf(name);
    await session.add(start, start + name.length, path);
  }
  return session;
}

/** Switches learning off, whatever a test left, so that later ones meet the model as it is. */
async function switchOff(): Promise<void> {
  await closeAll();
  const toggled = async (): Promise<string> => String(await answering({}, () => run('learn')));
  if (!(await toggled()).includes('Learning is off')) {
    assert.match(await toggled(), /Learning is off/u);
  }
}

async function adaptersOf(uri: vscode.Uri): Promise<number> {
  const labels = (await editorParts()).labels as unknown as {
    of(uri: vscode.Uri): { toSpec(): { adapters?: { packs: { labels: object[] }[] } } };
  };
  const packs = labels.of(uri).toSpec().adapters?.packs ?? [];
  return packs.reduce((sum, { labels: own }) => sum + own.length, 0);
}

async function readAdapters(list: string): Promise<string> {
  const [file] = await vscode.workspace.findFiles(`${list}.adapters.json`, null);
  assert.ok(file, 'there is no file beside the list');
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
}

/** Makes the file of a list that was learned of one of an older version of the model. */
async function outdateFile(list: string): Promise<void> {
  await until('there is an estimate', async () => (await readAdapters(list)).includes('estimate'));
  const text = await readAdapters(list);
  await writeFile(`${list}.adapters.json`, text.replace('"version":"', '"version":"0.'));
}

/** A list with such a file, of which no annotated text is open. */
async function outdated(): Promise<string> {
  const list = await writeList();
  await annotated(['ship'], list);
  await answering({}, () => run('learn'));
  await outdateFile(list);
  await switchOff();
  return list;
}

describe('Learning from annotations', () => {
  before(loadEncoder);
  afterEach(switchOff);

  it('learns from what humans decided, says from how much, and can be undone and switched off', async () => {
    const list = await writeList();
    const { document } = await annotated(['ship'], list);
    assert.equal(await adaptersOf(document.uri), 0);
    const shown = await answering({}, () => run('learn'));
    assert.deepEqual(shown, ['Learned from 4 examples.']);
    assert.equal(await adaptersOf(document.uri), 1);
    assert.ok(await exists(`${list}.adapters.json`), 'there is no file beside the list');

    await run('undoLearning');
    assert.equal(await adaptersOf(document.uri), 0);
    assert.ok(!(await exists(`${list}.adapters.json`)), 'the file is still there');
    assert.match(
      String(await answering({}, () => run('undoLearning'))),
      /nothing learned to undo/u,
    );
    const off = await answering({}, () => run('learn'));
    assert.match(String(off), /Learning is off/u);
    // What was undone is learned again when somebody asks for it.
    assert.deepEqual(await answering({}, () => run('learn')), ['Learned from 4 examples.']);
    assert.equal(await adaptersOf(document.uri), 1);
  });

  it('says in the tree of entities how well each label was learned', async () => {
    const session = await annotated(['ship'], await writeList());
    const parts = await editorParts();
    const provider = new TreeProvider(parts, { order: 'type', sort: 'count', filter: '' });
    const row = async (): Promise<vscode.TreeItem> => {
      provider.show(session);
      const [ship] = await provider.getChildren();
      assert.ok(ship);
      return provider.getTreeItem(ship);
    };
    assert.equal((await row()).description, '4');
    await answering({}, () => run('learn'));
    await until('there is an estimate', async () =>
      /^4 · learned: F1 \d+\s?%$/u.test(String((await row()).description)),
    );
    const { tooltip, accessibilityInformation } = await row();
    const shown = typeof tooltip === 'string' ? tooltip : (tooltip?.value ?? '');
    assert.match(shown, /Learned from 4 examples\.\nEstimate over 4 entities/u);
    assert.match(String(accessibilityInformation?.label), /^ship, 4 entities, learned: F1/u);
    provider.dispose();
  });

  it('forgets what was learned, which can be undone', async () => {
    const list = await writeList();
    const { document } = await annotated(['ship'], list);
    await answering({}, () => run('learn'));
    const shown = await answering({ showInformationMessage: () => 'Undo' }, () =>
      run('forgetLearned'),
    );
    assert.match(String(shown), /is deleted/u);
    assert.equal(await adaptersOf(document.uri), 1);
    await answering({}, () => run('forgetLearned'));
    assert.equal(await adaptersOf(document.uri), 0);
    assert.ok(!(await exists(`${list}.adapters.json`)), 'the file is still there');
    assert.match(String(await answering({}, () => run('forgetLearned'))), /Nothing was learned/u);
  });

  it('does without what it learned for another version of the model, and says so once', async () => {
    const list = await outdated();
    const { document } = await openText(withList(list, 'Yesterday Ada Lovelace left the quay.'));
    // The text is read as soon as learning is on: it may be told, and left out, before anybody asks for it.
    const told: string[] = [];
    const showWarningMessage = (text: unknown): void => {
      if (/for version 0\..*of dynamicner-en-small/u.test(String(text))) told.push(String(text));
    };
    await answering({ showWarningMessage }, async () => {
      await run('learn');
      const session = await extract();
      await until('it is told', () => told.length > 0);
      await until('the model decides', () => mentions(session).includes('Ada Lovelace'));
      assert.equal(await adaptersOf(document.uri), 0);
      await run('extract');
    });
    assert.equal(told.length, 1, String(told));
    assert.ok(await exists(`${list}.adapters.json`), 'what was learned is gone');
  });

  it('forgets what it learned for another version where somebody says so', async () => {
    const list = await outdated();
    await openText(withList(list, 'Yesterday the Marigold left the quay.'));
    await answering({ showWarningMessage: () => 'Forget What Was Learned' }, async () => {
      await run('learn');
      await run('extract');
      await until('the file is gone', async () => !(await exists(`${list}.adapters.json`)));
    });
  });

  it('learns again for another version where somebody says so', async () => {
    const list = await writeList();
    const { document } = await annotated(['ship'], list);
    await answering({}, () => run('learn'));
    await outdateFile(list);
    const settings = vscode.workspace.getConfiguration('dynamicner');
    try {
      await answering({ showWarningMessage: () => 'Learn Again' }, async () => {
        // Starts the model anew, and with it what was learned is read again.
        await settings.update('encoder.idleMinutes', 7, vscode.ConfigurationTarget.Global);
        await until('the file is of this version', async () => {
          await run('extract');
          return !(await readAdapters(list)).includes('"version":"0.');
        });
      });
      await until('it is in force', async () => (await adaptersOf(document.uri)) === 1);
    } finally {
      await settings.update('encoder.idleMinutes', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('is switched off for all lists', async () => {
    const { document } = await annotated(['ship'], await writeList());
    await answering({}, () => run('learn'));
    assert.equal(await adaptersOf(document.uri), 1);
    await openText('Another list is in front.');
    await answering({}, () => run('learn'));
    assert.equal(await adaptersOf(document.uri), 0);
  });

  it('finds in a text what it learned in another, without reading that text again', async () => {
    const list = await writeList();
    const session = await annotated(['ship'], list);
    const text = withList(list, 'Yesterday the Marigold left the quay in the fog.');
    const other = await openText(text);
    await extract();
    const scoreOf = async (): Promise<number> => {
      const found = (await editorParts()).sessions.of(other.document).entities;
      const at = text.indexOf('Marigold');
      const entity = found.find(({ start, path }) => start === at && path.join() === 'ship');
      return entity?.score ?? 0;
    };
    const before = await scoreOf();
    await vscode.window.showTextDocument(session.document);
    assert.deepEqual(await answering({}, () => run('learn')), ['Learned from 4 examples.']);
    await until('the other text has what was learned', async () => (await scoreOf()) > before);
  });
});

describe('Change Label List of Annotations', () => {
  afterEach(closeAll);

  it('maps the types by name and likeness, as one step', async () => {
    const session = await annotated(ship);
    await vscode.window.showTextDocument(session.document);
    const answers = ['Apply', 'Undo'];
    const shown = await answering(
      {
        showQuickPick: (items) => (items as { key: string }[]).find(({ key }) => key === 'names'),
        showInputBox: () => 'vessel, person, company',
        showInformationMessage: () => {
          if (answers.length === 1) {
            assert.deepEqual(
              [...new Set(session.entities.map(({ path }) => path.join()))],
              ['vessel'],
            );
          }
          return answers.shift();
        },
      },
      () => run('changeLabelList'),
    );
    assert.match(String(shown), /4 entities have types of the other list now/u);
    assert.ok(session.entities.every(({ path }) => path.join() === ship.join()));
  });
});
