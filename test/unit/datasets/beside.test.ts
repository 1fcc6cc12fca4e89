import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openService, type OpenTest } from './openService';

const bio = 'Ada B-person\nlived O\nin O\nLondon B-city\n\nAda B-person\nleft O\n';
const sideName = 'set.provenance.jsonl';

/** Closes a data set and opens what it has saved, in the same folder. */
async function reopen(open: OpenTest): Promise<OpenTest> {
  await open.service.answers.close({ keep: false });
  const again = await openService(path.basename(open.file), '', { folder: open.folder });
  await again.read;
  return again;
}

async function accept(open: OpenTest, id: number, comment = ''): Promise<void> {
  const [view] = await open.service.answers.viewsOf([id]);
  const entityIds = view?.passage.entities.map((entity) => entity.id) ?? [];
  await open.apply({
    kind: 'changeEntities',
    id,
    entityIds,
    change: { state: 'accepted', ...(comment === '' ? {} : { comment }) },
  });
}

const states = async (open: OpenTest): Promise<string[][]> =>
  (await open.views()).map(({ passage }) =>
    passage.entities.map(
      ({ start, end, state, comment = '' }) =>
        `${passage.text.slice(start, end)} ${state} ${comment}`,
    ),
  );

describe('What a format cannot say', () => {
  let open: OpenTest;
  beforeEach(async () => {
    open = await openService('set.bio', bio);
    await open.read;
  });
  afterEach(() => open.close());

  it('is kept beside the file, and found again', async () => {
    await accept(open, 0, 'sure');
    await open.apply({ kind: 'review', ids: [1], change: { status: 'skipped', flag: true } });
    assert.equal(await open.save(), bio);
    const lines = (await readFile(path.join(open.folder, sideName), 'utf8')).trim().split('\n');
    assert.equal(lines.length, 3);
    open = await reopen(open);
    assert.deepEqual(await states(open), [
      ['Ada accepted sure', 'London accepted sure'],
      ['Ada suggested '],
    ]);
    const [first, second] = await open.views();
    assert.equal(first?.passage.entities[0]?.annotator, 'ada');
    assert.deepEqual([second?.review.status, second?.review.flag], ['skipped', true]);
  });

  it('keeps what was rejected, and stays with its passage when others come and go', async () => {
    const [view] = await open.views();
    const london = view?.passage.entities[1]?.id ?? '';
    const change = { state: 'rejected' } as const;
    await open.apply({ kind: 'changeEntities', id: 0, entityIds: [london], change });
    await accept(open, 1);
    assert.match(await open.save(), /London O/u);
    open = await reopen(open);
    const before = await states(open);
    assert.deepEqual(before, [['Ada suggested ', 'London rejected '], ['Ada accepted ']]);
    await open.apply({
      kind: 'insert',
      after: null,
      passages: [{ text: 'New one', entities: [] }],
    });
    await open.apply({ kind: 'changeText', id: 1, start: 4, end: 8, text: 'went' });
    await open.save();
    open = await reopen(open);
    assert.deepEqual(await states(open), [[], ...before]);
  });

  it('tells passages of the same text apart', async () => {
    await open.close();
    open = await openService('set.bio', `${bio}\nAda B-person\nleft O\n`);
    await open.read;
    await accept(open, 2);
    await open.save();
    open = await reopen(open);
    assert.deepEqual((await states(open)).slice(1), [['Ada suggested '], ['Ada accepted ']]);
  });

  it('is found by text and span when another program has changed the file', async () => {
    await accept(open, 0);
    await open.save();
    await writeFile(open.file, `Someone O\nelse O\n\n${bio.replace('London B-city', 'London O')}`);
    open = await reopen(open);
    assert.deepEqual(await states(open), [[], ['Ada accepted '], ['Ada suggested ']]);
    await open.save();
    open = await reopen(open);
    assert.deepEqual((await states(open))[1], ['Ada accepted ']);
  });

  it('needs no file where the format says everything, and goes when it is taken back', async () => {
    await accept(open, 0);
    await open.save();
    assert.ok(existsSync(path.join(open.folder, sideName)));
    await open.service.answers.undo(null);
    await open.save();
    open = await reopen(open);
    assert.deepEqual((await states(open))[0], ['Ada suggested ', 'London suggested ']);
    const jsonl = await openService(
      'set.jsonl',
      '{"text": "Ada", "entities": [{"start": 0, "end": 3, "label": "x"}]}\n',
    );
    await jsonl.read;
    await accept(jsonl, 0, 'sure');
    await jsonl.apply({ kind: 'review', ids: [0], change: { status: 'accepted' } });
    assert.match(await jsonl.save(), /"comment": "sure".*"review": \{"status": "accepted"/u);
    assert.ok(!existsSync(path.join(jsonl.folder, sideName)));
    await jsonl.close();
  });
});
