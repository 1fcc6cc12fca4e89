import assert from 'node:assert/strict';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { DocumentSession } from '../../../src/editor/contract';
import type { Session } from '../../../src/editor/documents/session';
import { closeAll, editorParts, mentions, openFile, until } from './support';

const sentence = 'Marie Curie moved from Warsaw to Paris in 1891 and worked with Pierre Curie.';
const city = ['location', 'geo-political entity', 'city'];
const run = (command: string, ...args: unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(`dynamicner.${command}`, ...args);

/** Opens a file of that text and annotates mentions in it. */
async function annotate(name: string, text: string, ...wanted: string[]): Promise<Session> {
  const editor = await openFile(name, text);
  const session = (await editorParts()).sessions.of(editor.document) as Session;
  await session.restore();
  for (const mention of wanted) {
    const start = text.indexOf(mention);
    await session.add(start, start + mention.length, city);
  }
  return session;
}

function sideOf({ document }: DocumentSession): string {
  return `${document.uri.fsPath}.entities.jsonl`;
}

interface Line {
  readonly text: string;
  readonly placed?: boolean;
  readonly entities: readonly { start: number; end: number; state: string; annotator?: string }[];
}

function linesOf(file: string): Line[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Line);
}

/** The mentions of a file of annotations, by its own offsets. */
function savedIn(file: string): string[] {
  if (!existsSync(file)) return [];
  return linesOf(file).flatMap(({ text, entities }) =>
    entities.map(({ start, end }) => [...text].slice(start, end).join('')),
  );
}

async function saved(session: DocumentSession, ...wanted: string[]): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.files.save');
  await until(
    `${wanted.join(', ')} saved`,
    () => String(savedIn(sideOf(session))) === String(wanted),
  );
}

async function close({ document }: DocumentSession): Promise<void> {
  await closeAll();
  await until('the document is closed', () => document.isClosed);
}

async function reopen(name: string, text: string): Promise<Session> {
  const editor = await openFile(name, text);
  const session = (await editorParts()).sessions.of(editor.document) as Session;
  await session.restore();
  return session;
}

describe('Annotations of a document', () => {
  afterEach(closeAll);

  it('are saved beside it with the document, in code points, with the annotator', async () => {
    const configuration = vscode.workspace.getConfiguration('dynamicner');
    await configuration.update('annotator', 'Ada', vscode.ConfigurationTarget.Global);
    try {
      const session = await annotate('saved.txt', `🧭 ${sentence}\n\nNothing here.\n`, 'Warsaw');
      assert.equal(existsSync(sideOf(session)), false);
      await saved(session, 'Warsaw');
      const [first, second, ...rest] = linesOf(sideOf(session));
      assert.equal(first?.text, `🧭 ${sentence}`);
      assert.deepEqual([first.entities[0]?.state, first.entities[0]?.annotator], ['added', 'Ada']);
      assert.equal(first.entities[0]?.start, [...first.text].join('').indexOf('Warsaw') - 1);
      assert.deepEqual([second, rest], [{ text: 'Nothing here.', entities: [] }, []]);
    } finally {
      await configuration.update('annotator', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('are kept at once, and saved when a document with nothing unsaved closes', async () => {
    const session = await annotate('closed.txt', sentence, 'Paris');
    await close(session);
    await until('they are saved', () => savedIn(sideOf(session)).length === 1);
    assert.deepEqual(mentions(await reopen('closed.txt', sentence)), ['Paris']);
  });

  it('find their places in a text that changed outside, or are listed without one', async () => {
    const session = await annotate(
      'outside.txt',
      `${sentence}\n`,
      'Warsaw',
      'Paris',
      'Pierre Curie',
    );
    await saved(session, 'Warsaw', 'Paris', 'Pierre Curie');
    await close(session);
    const changed = `A preface.\n\n${sentence.replace('to Paris ', '').replace('and worked', 'where she worked for years')}\n`;
    const again = await reopen('outside.txt', changed);
    assert.deepEqual(mentions(again), ['Warsaw', 'Pierre Curie']);
    assert.deepEqual(
      again.notPlaced.map(({ quote }) => quote),
      ['Paris'],
    );
    await saved(again, 'Warsaw', 'Pierre Curie', 'Paris');
    assert.equal(linesOf(sideOf(again)).at(-1)?.placed, false);

    const id = again.notPlaced[0]?.entity.id ?? '';
    const start = changed.indexOf('preface');
    await again.placeAt(id, start, start + 'preface'.length);
    assert.deepEqual(mentions(again), ['preface', 'Warsaw', 'Pierre Curie']);
    assert.equal(again.notPlaced.length, 0);
    await run('undo');
    assert.equal(again.notPlaced.length, 1);
    await again.removeNotPlaced([id]);
    assert.equal(again.notPlaced.length, 0);
    await saved(again, 'Warsaw', 'Pierre Curie');
  });

  it('find their places in a long text, in a thread of its own', async () => {
    const long = Array.from({ length: 2000 }, (_, n) => `Letter ${n}. ${sentence}`).join('\n\n');
    const session = await annotate('long.txt', long);
    const start = long.lastIndexOf('Warsaw');
    await session.add(start, start + 6, city);
    await saved(session, 'Warsaw');
    await close(session);
    const again = await reopen('long.txt', `A preface.\n\n${long.replace('Letter 7. ', '')}`);
    assert.deepEqual(mentions(again), ['Warsaw']);
    assert.ok(again.entities[0]!.start > start - 20);
  });

  it('take over what others wrote into their file, and lose nothing that was done here', async () => {
    const session = await annotate('merged.txt', sentence, 'Warsaw', 'Paris');
    await saved(session, 'Warsaw', 'Paris');
    const [line = { text: '', entities: [] }] = linesOf(sideOf(session));
    const [warsaw] = session.entities;
    await session.changeType([warsaw?.id ?? ''], ['organization']);
    const start = sentence.indexOf('1891');
    const added = { start, end: start + 4, label: 'year', id: 'theirs', state: 'added' };
    const entities = [line.entities[0], added];
    writeFileSync(sideOf(session), `${JSON.stringify({ ...line, entities })}\n`);
    await until('their annotation is here', () => mentions(session).includes('1891'));
    assert.deepEqual(mentions(session), ['Warsaw', '1891']);
    assert.deepEqual(session.entities[0]?.path, ['organization']);
    await saved(session, 'Warsaw', '1891');
  });

  it('go with a file that somebody removes, and undo brings them back', async () => {
    const session = await annotate('removed.txt', sentence, 'Warsaw');
    await saved(session, 'Warsaw');
    rmSync(sideOf(session));
    await until('they are gone', () => session.entities.length === 0);
    await run('undo');
    assert.deepEqual(mentions(session), ['Warsaw']);
    await saved(session, 'Warsaw');
  });

  it('follow their document when it is renamed or deleted, and go with its folder', async () => {
    const session = await annotate('old name.txt', sentence, 'Warsaw');
    await saved(session, 'Warsaw');
    const { uri } = session.document;
    const target = vscode.Uri.joinPath(uri, '../new name.txt');
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(uri, target, { overwrite: true });
    assert.ok(await vscode.workspace.applyEdit(edit));
    await until('the file has followed', () => existsSync(`${target.fsPath}.entities.jsonl`));
    assert.equal(existsSync(sideOf(session)), false);
    const renamed = await vscode.window.showTextDocument(target);
    const { sessions } = await editorParts();
    const again = sessions.of(renamed.document) as Session;
    await until('the annotation has followed', () => mentions(again).includes('Warsaw'));
    const gone = new vscode.WorkspaceEdit();
    gone.deleteFile(target);
    assert.ok(await vscode.workspace.applyEdit(gone));
    assert.equal(existsSync(`${target.fsPath}.entities.jsonl`), false);
  });

  it('are undone and done again, whatever is typed between', async () => {
    const session = await annotate('history.txt', sentence, 'Warsaw', 'Paris');
    const editor = vscode.window.activeTextEditor!;
    await run('undo');
    assert.deepEqual(mentions(session), ['Warsaw']);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'In short: '));
    await run('redo');
    assert.deepEqual(mentions(session), ['Warsaw', 'Paris']);
    await run('undo');
    await run('undo');
    assert.deepEqual(mentions(session), []);
    const at = editor.document.getText().indexOf('Warsaw');
    const words = new vscode.Range(
      editor.document.positionAt(at),
      editor.document.positionAt(at + 6),
    );
    await editor.edit((edit) => edit.delete(words));
    await run('redo');
    assert.deepEqual(mentions(session), []);
    assert.deepEqual(
      session.notPlaced.map(({ quote }) => quote),
      ['Warsaw'],
    );
    await editor.edit((edit) => edit.insert(words.start, 'Warsaw'));
    assert.deepEqual(mentions(session), ['Warsaw']);
    await run('redo');
    assert.deepEqual(mentions(session), ['Warsaw', 'Paris']);
  });

  it('are saved in a folder of the workspace where the setting names one', async () => {
    const configuration = vscode.workspace.getConfiguration('dynamicner');
    await configuration.update(
      'annotations.folder',
      'entities',
      vscode.ConfigurationTarget.Workspace,
    );
    try {
      const session = await annotate('mirrored.txt', sentence, 'Warsaw');
      await vscode.commands.executeCommand('workbench.action.files.save');
      const folder = vscode.workspace.workspaceFolders![0]!.uri;
      const file = vscode.Uri.joinPath(folder, 'entities/mirrored.txt.entities.jsonl').fsPath;
      await until('they are saved', () => String(savedIn(file)) === 'Warsaw');
      assert.equal(existsSync(sideOf(session)), false);
    } finally {
      await configuration.update(
        'annotations.folder',
        undefined,
        vscode.ConfigurationTarget.Workspace,
      );
    }
  });

  it('go with the text of an untitled document into its file', async () => {
    const folder = vscode.workspace.workspaceFolders![0]!.uri;
    const target = vscode.Uri.joinPath(folder, 'titled.txt');
    const untitled = await vscode.workspace.openTextDocument(target.with({ scheme: 'untitled' }));
    const editor = await vscode.window.showTextDocument(untitled);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), sentence));
    const { sessions } = await editorParts();
    const session = sessions.of(untitled) as Session;
    await session.restore();
    await session.add(23, 29, city);
    assert.deepEqual(mentions(session), ['Warsaw']);
    await vscode.commands.executeCommand('workbench.action.files.save');
    const file = `${target.fsPath}.entities.jsonl`;
    await until('they are saved', () => String(savedIn(file)) === 'Warsaw');
    const heir = await vscode.workspace.openTextDocument(target);
    assert.deepEqual(mentions(sessions.of(heir)), ['Warsaw']);
  });

  it('of before, in the storage, move beside their document', async () => {
    const session = await annotate('migrated.txt', sentence, 'Warsaw');
    await saved(session, 'Warsaw');
    const stored = `${sideOf(session)}.away`;
    await close(session);
    renameSync(sideOf(session), stored);
    const { context } = await editorParts();
    const { Journal } = await import('../../../src/editor/documents/journal');
    const storage = (context.storageUri ?? context.globalStorageUri).fsPath;
    const journal = new Journal(`${storage}/annotations`, (error) => assert.ifError(error));
    const anchor = { quote: 'Paris', before: 'from Warsaw to ', after: ' in 1891' };
    const start = sentence.indexOf('Paris');
    const entity = { id: 'old', start, end: start + 5, path: city, state: 'added' as const };
    const uri = session.document.uri.toString();
    journal.write(uri, () => [{ id: 'old', after: { entity, anchor } }]);
    await journal.flush();
    const again = await reopen('migrated.txt', sentence);
    assert.deepEqual(mentions(again), ['Paris']);
    await saved(again, 'Paris');
    await until('the storage has nothing more', async () => {
      return (await journal.read(uri)).changes.length === 0;
    });
  });
});
