import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Entity } from '../../../src/core/entity/entity';
import { anchorOf, type HumanRecord, type TextView } from '../../../src/core/realign/anchor';
import { placeRecords, type Change } from '../../../src/editor/documents/humanRecord';
import { Journal } from '../../../src/editor/documents/journal';

const uri = 'file:///letters/first.txt';

function viewOf(text: string): TextView {
  return { length: text.length, slice: (start, end) => text.slice(start, end) };
}

function recordOf(text: string, mention: string, id = mention): HumanRecord {
  const start = text.indexOf(mention);
  assert.ok(start >= 0, mention);
  const entity: Entity = {
    id,
    start,
    end: start + mention.length,
    path: ['person', 'real person', 'scholar'],
    state: 'accepted',
    score: 0.75,
    comment: 'checked twice',
    extra: { page: 3 },
  };
  return { entity, anchor: anchorOf(viewOf(text), entity) };
}

/** An annotation that nobody saved yet. */
function changeOf(text: string, mention: string): Change {
  const after = recordOf(text, mention);
  return { id: after.entity.id, after };
}

describe('annotations kept on disk', () => {
  const text = 'Ada Lovelace wrote to Charles Babbage. Babbage answered.';
  let folder: string;
  let errors: unknown[];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'annotations-'));
    errors = [];
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const store = (at = folder): Journal => new Journal(at, (error) => errors.push(error));

  it('come back as they were, in another run', async () => {
    const changes = [changeOf(text, 'Ada Lovelace'), changeOf(text, 'Charles Babbage')];
    const first = store();
    first.write(uri, () => changes);
    await first.flush();
    assert.deepEqual((await store().read(uri)).changes, changes);
    assert.deepEqual(await readdir(folder).then((names) => names.length), 1);
    assert.deepEqual(errors, []);
  });

  it('are read back before they are written', async () => {
    const one = store();
    const changes = [changeOf(text, 'Ada Lovelace')];
    one.write(uri, () => changes);
    assert.deepEqual((await one.read(uri)).changes, changes);
    await one.flush();
  });

  it('say what each was like when it was saved, and which were removed', async () => {
    const changes: Change[] = [
      { ...changeOf(text, 'Ada Lovelace'), before: '00ff' },
      { id: 'gone', before: '11ee' },
    ];
    const one = store();
    one.write(uri, () => changes);
    await one.flush();
    assert.deepEqual((await store().read(uri)).changes, changes);
  });

  it('are read from files of before there were any others', async () => {
    const one = store();
    one.write(uri, () => [changeOf(text, 'Ada Lovelace')]);
    await one.flush();
    const [name = ''] = await readdir(folder);
    const record = recordOf(text, 'Ada Lovelace');
    const old = [JSON.stringify({ version: 1, uri }), JSON.stringify(record), ''].join('\n');
    await writeFile(path.join(folder, name), old);
    assert.deepEqual((await store().read(uri)).changes, [{ id: 'Ada Lovelace', after: record }]);
  });

  it('leave no file behind when there are none any more', async () => {
    const one = store();
    one.write(uri, () => [changeOf(text, 'Ada Lovelace')]);
    await one.flush();
    one.write(uri, () => []);
    await one.flush();
    assert.deepEqual(await readdir(folder), []);
  });

  it('survive a damaged line: the others are read, and the damaged file is kept', async () => {
    const one = store();
    one.write(uri, () => [changeOf(text, 'Ada Lovelace'), changeOf(text, 'Charles Babbage')]);
    await one.flush();
    const [name = ''] = await readdir(folder);
    const file = path.join(folder, name);
    const lines = (await readFile(file, 'utf8')).split('\n');
    await writeFile(file, [lines[0], lines[1]?.slice(0, 40), lines[2]].join('\n'));
    const { changes, damaged } = await store().read(uri);
    assert.deepEqual(
      changes.map(({ id }) => id),
      ['Charles Babbage'],
    );
    assert.ok(damaged);
    assert.equal((await readFile(damaged, 'utf8')).split('\n').length, 3);
  });

  it('follow a file, or all files of a folder, to another name', async () => {
    const one = store();
    one.write(uri, () => [changeOf(text, 'Ada Lovelace')]);
    one.write('file:///lettersmore/x.txt', () => [changeOf(text, 'Charles Babbage')]);
    const moved = await one.moveBelow('file:///letters', 'file:///post');
    assert.deepEqual(moved, ['file:///post/first.txt']);
    assert.equal((await one.read('file:///post/first.txt')).changes.length, 1);
    assert.equal((await one.read(uri)).changes.length, 0);
    assert.equal((await one.read('file:///lettersmore/x.txt')).changes.length, 1);
    assert.deepEqual(await one.moveBelow('file:///post', 'file:///again'), [
      'file:///again/first.txt',
    ]);
    await one.removeBelow('file:///again');
    assert.equal((await one.read('file:///again/first.txt')).changes.length, 0);
    assert.equal((await readdir(folder)).length, 1);
  });

  it('say what kept them from being written, and are written when it is gone', async () => {
    const file = path.join(folder, 'in the way');
    await writeFile(file, '');
    const one = store(file);
    one.write(uri, () => [changeOf(text, 'Ada Lovelace')]);
    await one.flush();
    assert.equal(errors.length, 1);
    await rm(file);
    one.write(uri, () => [changeOf(text, 'Ada Lovelace')]);
    await one.flush();
    assert.equal((await one.read(uri)).changes.length, 1);
  });
});

describe('finding kept annotations in a text that changed', () => {
  const text = 'Ada Lovelace wrote to Charles Babbage. Babbage answered the letter.';

  async function place(changed: string, mention: string, start = text.indexOf(mention)) {
    const entity = { ...recordOf(text, mention).entity, start, end: start + mention.length };
    const record = { entity, anchor: anchorOf(viewOf(text), entity) };
    const { standing, detached } = await placeRecords([record], viewOf(changed));
    assert.equal(standing.length + detached.length, 1);
    return standing[0]?.entity;
  }

  it('finds them at their place', async () => {
    assert.equal((await place(text, 'Charles Babbage'))?.start, text.indexOf('Charles'));
  });

  it('finds them where the text around them moved', async () => {
    const changed = `A letter of 1842.\n\n${text}`;
    const found = await place(changed, 'Charles Babbage');
    assert.equal(found?.start, changed.indexOf('Charles'));
    assert.equal(found.comment, 'checked twice');
  });

  it('tells equal words apart by what stands around them', async () => {
    const second = text.lastIndexOf('Babbage');
    const changed = `Once, Babbage slept. ${text}`;
    assert.equal((await place(changed, 'Babbage', second))?.start, changed.lastIndexOf('Babbage'));
  });

  it('finds them thousands of units away', async () => {
    const changed = `${'Much was written in those days. '.repeat(500)}${text}`;
    assert.equal((await place(changed, 'Charles Babbage'))?.start, changed.indexOf('Charles'));
  });

  it('sets aside those whose words are gone or stand in another text', async () => {
    assert.equal(await place('Nobody wrote to anybody.', 'Charles Babbage'), undefined);
    const elsewhere = 'My uncle was called Charles Babbage, like that man.';
    assert.equal(await place(elsewhere, 'Charles Babbage'), undefined);
  });
});
