import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import {
  answering,
  closeAll,
  editorParts,
  extract,
  loadEncoder,
  mentions,
  openFile,
  openText,
  select,
  until,
} from './support';

const sentence = 'Marie Curie moved from Warsaw to Paris in 1891 and worked with Pierre Curie.';
const run = (command: string, ...args: unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(`dynamicner.${command}`, ...args);

/** Puts the cursor into a mention. */
function goTo(editor: vscode.TextEditor, mention: string): Promise<void> {
  const at = editor.document.positionAt(editor.document.getText().indexOf(mention) + 1);
  return select(editor, at);
}

describe('What people decide', () => {
  before(loadEncoder);
  afterEach(closeAll);

  it('survives another extraction, another threshold and clearing of suggestions', async () => {
    const editor = await openText(sentence);
    const session = await extract();
    const { view } = await editorParts();
    await goTo(editor, 'Warsaw');
    await run('accept');
    await goTo(editor, 'Pierre Curie');
    await run('reject');
    const start = sentence.indexOf('1891');
    await session.add(start, start + 4, ['other', 'my own type']);

    await extract();
    const expectKept = (): void => {
      const states = session.entities
        .filter(({ state }) => state !== 'suggested')
        .map((entity) => `${sentence.slice(entity.start, entity.end)} ${entity.state}`);
      assert.deepEqual(states, ['Warsaw accepted', '1891 added']);
      assert.ok(!mentions(session).includes('Pierre Curie'));
    };
    expectKept();
    await view.setThreshold(0.99);
    await until('the threshold hides suggestions', () => !session.busy);
    expectKept();
    await view.setThreshold(0.3);
    await until('the extraction ends', () => !session.busy);
    expectKept();
    const shown = await answering({ showWarningMessage: (...args) => args[2] }, () => run('clear'));
    assert.equal(shown.length, 1);
    assert.deepEqual(mentions(session), ['Warsaw', '1891']);
  });

  it('is cleared only when the user says so, and undo brings it back', async () => {
    const editor = await openText(sentence);
    const session = await extract();
    await goTo(editor, 'Warsaw');
    await run('accept');
    await answering({}, () => run('clear'));
    assert.ok(mentions(session).length > 1, 'a dismissed question clears nothing');
    await answering({ showWarningMessage: (...args) => args[3] }, () => run('clear'));
    assert.deepEqual(mentions(session), []);
    await run('undo');
    assert.deepEqual(mentions(session), ['Warsaw']);
  });

  it('asks nothing before it clears mere suggestions', async () => {
    await openText(sentence);
    const session = await extract();
    const shown = await answering({}, () => run('clear'));
    assert.deepEqual(shown, []);
    assert.deepEqual(mentions(session), []);
  });

  it('can be taken back: rejected entities are restored', async () => {
    const editor = await openText(sentence);
    const session = await extract();
    await goTo(editor, 'Marie Curie');
    await run('reject');
    assert.equal(session.rejected.length, 1);
    assert.ok(!mentions(session).includes('Marie Curie'));
    await run('restoreRejected');
    assert.equal(session.rejected.length, 0);
    assert.ok(mentions(session).includes('Marie Curie'));
  });

  it('is kept on disk with its words, and comes back with the document', async () => {
    const editor = await openFile('kept.txt', sentence);
    const session = await extract();
    await goTo(editor, 'Warsaw');
    await run('accept');
    const { context, sessions } = await editorParts();
    const folder = path.join(
      (context.storageUri ?? context.globalStorageUri).fsPath,
      'annotations',
    );
    await until('the file is written', () =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.jsonl'))
        .some((name) => {
          const text = readFileSync(path.join(folder, name), 'utf8');
          return text.includes('kept.txt') && text.includes('"Warsaw"');
        }),
    );
    assert.ok(session.entities.length > 1);
    await closeAll();
    await until('the document is closed', () => editor.document.isClosed);

    const again = await openFile('kept.txt', `A preface was added.\n\n${sentence}`);
    await until('the annotations are back', () => sessions.existing(again.document) !== undefined);
    const restored = sessions.of(again.document);
    assert.deepEqual(mentions(restored), ['Warsaw']);
    assert.equal(restored.entities[0]?.state, 'accepted');
  });

  it('follows its file to another name', async () => {
    const editor = await openFile('before.txt', sentence);
    const session = await extract();
    await goTo(editor, 'Warsaw');
    await run('accept');
    assert.ok(session.entities.length > 0);
    const uri = editor.document.uri;
    const target = vscode.Uri.joinPath(uri, '../after.txt');
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(uri, target, { overwrite: true });
    assert.ok(await vscode.workspace.applyEdit(edit));
    const renamed = await vscode.window.showTextDocument(target);
    const { sessions } = await editorParts();
    await until('the annotation has followed', () =>
      mentions(sessions.of(renamed.document)).includes('Warsaw'),
    );
  });

  it('changes a type at the cursor and adds an entity to the selection', async () => {
    const editor = await openText(sentence);
    const session = await extract();
    await goTo(editor, 'Warsaw');
    const { offset, end } = { offset: sentence.indexOf('1891'), end: sentence.indexOf('1891') + 4 };
    const warsaw = session.entities.find((one) => sentence.startsWith('Warsaw', one.start));
    assert.ok(warsaw);
    await session.changeType([warsaw.id], ['organization', 'company']);
    assert.deepEqual(session.entity(warsaw.id)?.path, ['organization', 'company']);
    assert.equal(session.entity(warsaw.id)?.state, 'corrected');
    const types = await session.rankTypes(offset, end, 5);
    assert.ok(types.length > 0 && types.length <= 5);
    const { taxonomy } = (await editorParts()).labels;
    for (const { path: type } of types) assert.ok(taxonomy.node(type), type.join(' › '));
  });
});

describe('Next and previous entity', () => {
  before(loadEncoder);
  afterEach(closeAll);

  it('go through the entities in text order and around the ends', async () => {
    const editor = await openText(sentence);
    const session = await extract();
    const starts = session.entities.map(({ start }) => start);
    const cursor = (): number => editor.document.offsetAt(editor.selection.active);
    await select(editor, new vscode.Position(0, 0));
    await run('previousEntity');
    await until('the last one', () => cursor() === starts.at(-1) || cursor());
    const visited: number[] = [];
    for (const start of starts) {
      await select(editor, editor.selection.start, editor.selection.end);
      await run('nextEntity');
      await until(`the one at ${start}`, () => cursor() === start || cursor());
      visited.push(cursor());
    }
    assert.deepEqual(visited, starts);
  });

  it('say so where there are none', async () => {
    await openText('Nothing here.');
    const shown = await answering({}, () => run('nextEntity'));
    assert.equal(shown.length, 1);
  });
});
