import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openService, type OpenTest } from './openService';

const lines = [
  '{"text": "Ada Lovelace lived in London.", "entities": [{"start": 0, "end": 12, "label": "scholar", "score": 0.8}], "note": 7}',
  '{ "id" : 3, "text": "Berlin is large." }',
  'no json',
  '{"text": "Paris and Paris again.", "entities": [{"start": 0, "end": 5, "label": "city", "score": 0.4}]}',
];
const content = `${lines.join('\n')}\n`;

describe('An open data set', () => {
  let open: OpenTest;
  beforeEach(async () => {
    open = await openService('set.jsonl', content);
    await open.read;
  });
  afterEach(() => open.close());

  it('gives passages with what is doubtful about them', async () => {
    const views = await open.views();
    assert.deepEqual(
      views.map(({ id, number, isBad }) => [id, number, isBad]),
      [
        [0, 0, false],
        [1, 1, false],
        [2, 2, true],
        [3, 3, false],
      ],
    );
    assert.equal(views[2]?.passage.text, 'no json');
    assert.equal(views[2]?.problems[0]?.line, 3);
    assert.deepEqual(
      views[0]?.passage.entities.map(({ path: type }) => type),
      [['scholar']],
    );
  });

  it('saves what was edited and leaves the rest byte for byte', async () => {
    const [, second] = await open.views();
    assert.ok(second);
    await open.apply({
      kind: 'addEntity',
      id: second.id,
      start: 0,
      end: 6,
      path: ['city'],
      entityId: 'new',
    });
    const saved = (await open.save()).split('\n');
    assert.deepEqual([saved[0], saved[2], saved[3], saved[4]], [lines[0], lines[2], lines[3], '']);
    assert.match(saved[1] ?? '', /^\{ "id" : 3, "text": "Berlin is large.", "entities": \[/u);
    const entity = (JSON.parse(saved[1] ?? '') as { entities: unknown[] }).entities[0];
    assert.deepEqual(entity, {
      start: 0,
      end: 6,
      label: 'city',
      state: 'added',
      source: { user: 'ada' },
      annotator: 'ada',
      time: '2026-01-02T03:04:05.000Z',
    });
  });

  it('takes every kind of edit back, also after it was saved, and makes it again', async () => {
    const edits: Parameters<OpenTest['apply']>[0][] = [
      { kind: 'changeText', id: 0, start: 0, end: 3, text: 'Augusta Ada' },
      { kind: 'insert', after: 1, passages: [{ text: 'A new one.', entities: [] }] },
      { kind: 'remove', ids: [0, 3] },
      { kind: 'split', id: 1, at: 7 },
      { kind: 'merge', ids: [1, -2], separator: ' ' },
      { kind: 'review', ids: [1], change: { status: 'accepted', comment: 'fine' } },
      {
        kind: 'bulk',
        change: { kind: 'mark', mention: 'Berlin', path: ['city'] },
        scope: { kind: 'all' },
      },
    ];
    const states = [JSON.stringify(await open.views())];
    for (const edit of edits) {
      assert.ok(await open.apply(edit), edit.kind);
      states.push(JSON.stringify(await open.views()));
    }
    assert.equal(new Set(states).size, states.length, 'each edit changes something');
    const saved = await open.save();
    for (const before of states.slice(0, -1).reverse()) {
      await open.service.answers.undo(null);
      assert.equal(JSON.stringify(await open.views()), before);
    }
    assert.equal(await open.save(), content);
    for (const after of states.slice(1)) {
      await open.service.answers.redo(null);
      assert.equal(JSON.stringify(await open.views()), after);
    }
    assert.equal(await open.save(), saved);
  });

  it('refuses what does not fit, and changes nothing', async () => {
    const before = JSON.stringify(await open.views());
    const bad: Parameters<OpenTest['apply']>[0][] = [
      { kind: 'addEntity', id: 0, start: 5, end: 99, path: ['x'], entityId: 'e' },
      { kind: 'addEntity', id: 0, start: 5, end: 5, path: ['x'], entityId: 'e' },
      { kind: 'changeText', id: 2, start: 0, end: 1, text: 'x' },
      { kind: 'remove', ids: [0, 77] },
      { kind: 'split', id: 0, at: 0 },
      { kind: 'merge', ids: [0, 3], separator: ' ' },
    ];
    for (const edit of bad) await assert.rejects(open.apply(edit), { name: 'InputError' });
    assert.equal(JSON.stringify(await open.views()), before);
  });

  it('finds texts in both directions and around the end', async () => {
    const find = async (number: number, offset: number, backwards = false) => {
      const from = { number, offset, backwards };
      const found = await open.service.answers.find({ run: 1, query: { find: 'paris' }, from });
      return found === null ? null : [found.id, found.start];
    };
    assert.deepEqual(await find(0, 0), [3, 0]);
    assert.deepEqual(await find(3, 1), [3, 10]);
    assert.deepEqual(await find(3, 11), [3, 0]);
    assert.deepEqual(await find(3, 10, true), [3, 0]);
    assert.deepEqual(await find(0, 0, true), [3, 10]);
    const none = await open.service.answers.find({
      run: 1,
      query: { find: 'nowhere' },
      from: { number: 0, offset: 0 },
    });
    assert.equal(none, null);
  });

  it('names a regular expression that is not valid or takes too long', async () => {
    const long = `{"text": "${'a'.repeat(40)}!"}\n`;
    const other = await openService('long.jsonl', long);
    try {
      const ask = (find: string) =>
        other.service.answers.filter({ run: 1, query: { text: { find, isRegex: true } } });
      await assert.rejects(async () => ask('('), /not valid/u);
      await assert.rejects(async () => ask('(a+)+$'), /takes too long/u);
      assert.deepEqual(await ask('a{3}'), [0]);
    } finally {
      await other.close();
    }
  });

  it('filters, sorts by uncertainty, and counts as edits are made', async () => {
    const { answers } = open.service;
    const filter = (query: Parameters<typeof answers.filter>[0]['query']) =>
      answers.filter({ run: 1, query });
    assert.deepEqual(await filter({ entity: { path: ['city'], most: 0.5 } }), [3]);
    assert.deepEqual(await filter({ order: 'uncertainty', problems: false }), [3, 0, 1]);
    assert.deepEqual(await filter({ problems: true }), [2]);
    const before = await answers.counts({ run: 1 });
    assert.equal(before.entities, 2);
    assert.equal(before.bad, 1);
    const [first] = await open.views();
    const entityIds = first?.passage.entities.map(({ id }) => id) ?? [];
    await open.apply({ kind: 'changeEntities', id: 0, entityIds, change: { state: 'accepted' } });
    assert.equal((await answers.counts({ run: 1 })).states.accepted, 1);
    await answers.undo(null);
    assert.deepEqual(await answers.counts({ run: 1 }), before);
    assert.deepEqual(
      await answers.preview({
        run: 1,
        change: { kind: 'mark', mention: 'Paris', path: ['city'] },
        scope: { kind: 'all' },
      }),
      { passages: 1, entities: 1 },
    );
  });

  it('suggests what patterns find and what was accepted elsewhere, beside other suggestions', async () => {
    const { answers } = open.service;
    const list = path.join(open.folder, 'list.txt');
    await writeFile(list, 'place\tLondon\nplace\tParis\nplace\tLovelace\n');
    assert.equal(await answers.usePatterns({ kind: 'file', file: list }), 3);
    const labels = { kind: 'flat', id: 'x', labels: [] } as const;
    const ask = { ids: [0, 1, 2, 3], labels, overlap: 'flat' } as const;
    const results = await answers.suggest(ask);
    const texts = await open.texts();
    const said = results.map(({ id, entities }) =>
      entities.map(({ start, end, path: [type] }) => `${texts[id]?.slice(start, end)} ${type}`),
    );
    assert.deepEqual(said, [
      ['Lovelace place', 'London place'],
      ['Paris place', 'Paris place'],
    ]);
    assert.deepEqual(
      results.map(({ fresh }) => fresh),
      [2, 2],
    );
    await open.apply({ kind: 'suggest', overlap: 'flat', results });
    assert.deepEqual(await answers.suggest(ask), [], 'what is suggested already is not new');
    await open.apply({
      kind: 'insert',
      after: null,
      passages: [{ text: 'In London.', entities: [] }],
    });
    const change = { kind: 'decide', state: 'accepted', path: ['place'] } as const;
    const scope = { kind: 'query', query: { text: { find: 'London' } } } as const;
    await open.apply({ kind: 'bulk', change, scope });
    assert.equal(await answers.usePatterns({ kind: 'accepted' }), 2);
    const [found] = await answers.suggest({ ...ask, ids: [-1] });
    assert.deepEqual(
      found?.entities.map(({ start, end, path: type }) => [start, end, type]),
      [[3, 9, ['place']]],
    );
  });

  it('makes edits of one piece of work one step', async () => {
    const review = (id: number) => ({ kind: 'review', ids: [id], change: { flag: true } }) as const;
    assert.equal((await open.apply(review(0), true))?.isStep, true);
    assert.equal((await open.apply(review(1), true))?.isStep, false);
    assert.equal((await open.apply(review(3)))?.isStep, true);
    await open.service.answers.undo(null);
    const flags = async () => (await open.views()).map(({ review: { flag } }) => flag);
    assert.deepEqual(await flags(), [true, true, false, false]);
    await open.service.answers.undo(null);
    assert.deepEqual(await flags(), [false, false, false, false]);
    assert.equal(await open.service.answers.undo(null), null);
  });

  it('goes on from a backup, also when the file was saved in between', async () => {
    await open.apply({ kind: 'remove', ids: [1] });
    await open.save();
    await open.apply({ kind: 'changeText', id: 0, start: 0, end: 3, text: 'Eve' });
    await open.apply({
      kind: 'bulk',
      change: { kind: 'rename', from: ['city'], to: ['place', 'city'] },
      scope: { kind: 'all' },
    });
    const before = JSON.stringify(await open.views());
    const backupFile = path.join(open.folder, 'backup.json');
    await open.service.answers.backup(backupFile);
    await open.service.answers.close({ keep: true });
    const again = await openService('set.jsonl', '', { folder: open.folder, backup: backupFile });
    await again.read;
    assert.equal(JSON.stringify(await again.views()), before);
    assert.match(
      await again.save(),
      /^\{"text": "Eve Lovelace[^\n]*\nno json\n[^\n]*"place", "city"\]/u,
    );
    open = again;
  });

  it('notices when another program changes the file', async () => {
    assert.equal(await open.service.answers.compare(null), 'same');
    await writeFile(open.file, content);
    assert.equal(await open.service.answers.compare(null), 'same');
    await writeFile(open.file, content.replace('Ada', 'Eva'));
    assert.equal(await open.service.answers.compare(null), 'changed');
    assert.deepEqual((await open.texts())[0], 'Ada Lovelace lived in London.');
  });
});
