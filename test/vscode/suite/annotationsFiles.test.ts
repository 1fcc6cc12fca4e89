import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Session } from '../../../src/editor/documents/session';
import {
  annotate,
  city,
  close,
  linesOf,
  reopen,
  run,
  saved,
  savedIn,
  sentence,
  sideOf,
} from './annotating';
import { closeAll, editorParts, eventually, mentions, until } from './support';

describe('Annotations in their files', () => {
  afterEach(closeAll);

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
    // The watcher does not tell of a file that comes and goes at once; the window's focus would.
    await until('they are gone', async () => {
      await session.checkFile();
      return session.entities.length === 0;
    });
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
    await until('there is none of the old name', () => !existsSync(sideOf(session)));
    const renamed = await vscode.window.showTextDocument(target);
    const { sessions } = await editorParts();
    const again = sessions.of(renamed.document) as Session;
    await until('the annotation has followed', () => mentions(again).includes('Warsaw'));
    const gone = new vscode.WorkspaceEdit();
    gone.deleteFile(target);
    assert.ok(await vscode.workspace.applyEdit(gone));
    await until('the file has gone', () => !existsSync(`${target.fsPath}.entities.jsonl`));
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

  it('are journalled before they are saved, and come back after text that was given up', async () => {
    const session = await annotate('journalled.txt', `${sentence}\n`, 'Warsaw');
    await saved(session, 'Warsaw');
    const editor = vscode.window.activeTextEditor!;
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'In short: '));
    const start = editor.document.getText().indexOf('Paris');
    await session.add(start, start + 5, city);
    const { context } = await editorParts();
    const folder = `${(context.storageUri ?? context.globalStorageUri).fsPath}/annotations`;
    await until('it is journalled', () =>
      readdirSync(folder).some((name) => {
        const file = `${folder}/${name}`;
        if (!name.endsWith('.jsonl')) return false;
        const [header = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n');
        return (
          header.includes('journalled.txt') && lines.length === 1 && lines[0]!.includes('Paris')
        );
      }),
    );
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await until('the document is closed', () => editor.document.isClosed);
    assert.deepEqual(savedIn(sideOf(session)), ['Warsaw']);
    const again = await reopen('journalled.txt', `${sentence}\n`);
    assert.deepEqual(mentions(again), ['Warsaw', 'Paris']);
    await saved(again, 'Warsaw', 'Paris');
  });

  it('of what may not be written are kept in the storage', async () => {
    const provider = new ReadOnlyFiles(sentence);
    const registered = vscode.workspace.registerFileSystemProvider('sealed', provider, {
      isReadonly: true,
    });
    try {
      const uri = vscode.Uri.parse('sealed:/letters/first.txt');
      await vscode.commands.executeCommand('vscode.open', uri, { preview: false });
      const isOpen = (): boolean => vscode.window.activeTextEditor?.document.uri.path === uri.path;
      await until('it is open', isOpen);
      const { document } = vscode.window.activeTextEditor!;
      const { sessions, context } = await editorParts();
      const session = sessions.of(document) as Session;
      await session.restore();
      await session.add(23, 29, city);
      await closeAll();
      await until('the document is closed', () => document.isClosed);
      const storage = context.storageUri ?? context.globalStorageUri;
      const file = vscode.Uri.joinPath(
        storage,
        'annotations/documents/sealed/-/letters/first%2Etxt.entities.jsonl',
      );
      await until('they are saved', () => String(savedIn(file.fsPath)) === 'Warsaw');
      const again = sessions.of(await vscode.workspace.openTextDocument(uri)) as Session;
      await again.restore();
      assert.deepEqual(mentions(again), ['Warsaw']);
    } finally {
      registered.dispose();
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
    await eventually('they are shown', () =>
      assert.deepEqual(mentions(sessions.of(heir)), ['Warsaw']),
    );
  });

  it('of before, in the storage, move beside their document', async () => {
    const session = await annotate('migrated.txt', sentence, 'Warsaw');
    await saved(session, 'Warsaw');
    const stored = `${sideOf(session)}.away`;
    await close(session);
    // What a closed document leaves is put away before the next one of its name is read.
    await close(await reopen('migrated.txt', sentence));
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

/** A file system with one text that nobody may write. */
class ReadOnlyFiles implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  constructor(private readonly text: string) {}

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat({ path }: vscode.Uri): vscode.FileStat {
    if (!path.endsWith('.txt')) throw vscode.FileSystemError.FileNotFound(path);
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: this.text.length };
  }

  readFile(): Uint8Array {
    return new TextEncoder().encode(this.text);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  writeFile(): void {
    throw vscode.FileSystemError.NoPermissions();
  }
  createDirectory = this.writeFile.bind(this);
  delete = this.writeFile.bind(this);
  rename = this.writeFile.bind(this);
}
