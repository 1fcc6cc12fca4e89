import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
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
import { closeAll, mentions, until } from './support';

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
});
