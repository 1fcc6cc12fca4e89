import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openService, type OpenTest } from './openService';

const ada = 'Ada lived in London.\nShe wrote 😀 notes in Paris.\n';
const adaNotes = [
  'T1\tscholar 0 3\tAda',
  'R1\tlives Arg1:T1 Arg2:T2',
  '#1\tAnnotatorNotes T1\tsure?',
  'T2\tcity 13 19\tLondon\r',
  '*\tEquiv T1 T2',
].join('\n');
const files: Readonly<Record<string, string>> = {
  'ada.txt': ada,
  'ada.ann': `${adaNotes}\n`,
  'below/grace.txt': 'Grace was born in New York.',
  'below/grace.ann': 'T1\tcity 18 26\tNew York',
  'new.txt': 'Berlin is large.',
  'readme.md': 'no document',
};

describe('A folder of brat as a data set', () => {
  let folder: string;
  let open: OpenTest;

  async function openFolder(): Promise<OpenTest> {
    const source = { kind: 'folder', folder } as const;
    const opened = await openService('set', '', { folder, source });
    await opened.read;
    return opened;
  }

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'brat-'));
    await mkdir(path.join(folder, 'below'));
    for (const [name, text] of Object.entries(files)) await writeFile(at(name), text);
    open = await openFolder();
  });
  afterEach(() => open.close());

  const at = (name: string): string => path.join(folder, name);
  const contents = async (): Promise<Record<string, string>> => {
    const names = (await readdir(folder, { recursive: true })).filter((name) =>
      /\.(?:txt|ann|md)$/u.test(name),
    );
    const read = names.sort().map(async (name) => [name, await readFile(at(name), 'utf8')]);
    return Object.fromEntries(await Promise.all(read)) as Record<string, string>;
  };
  const save = () => open.service.answers.save({ file: folder, own: true });
  const mark = (id: number, start: number, end: number, label = 'city') =>
    open.apply({ kind: 'addEntity', id, start, end, path: [label], entityId: `new${start}` });

  it('has each document as a passage', async () => {
    const views = await open.views();
    assert.deepEqual(
      views.map(({ passage }) => [passage.id, passage.entities.length]),
      [
        ['ada', 2],
        ['below/grace', 1],
        ['new', 0],
      ],
    );
    assert.equal(views[0]?.passage.text, ada);
  });

  it('saves what changed, and keeps every other line and file byte for byte', async () => {
    const untouched = await stat(at('below/grace.ann'));
    await mark(0, 43, 48);
    await mark(2, 0, 6);
    await save();
    assert.deepEqual(await contents(), {
      ...files,
      'ada.ann': `${adaNotes}\nT3\tcity 42 47\tParis\n`,
      'new.ann': 'T1\tcity 0 6\tBerlin\n',
    });
    assert.equal((await stat(at('below/grace.ann'))).mtimeMs, untouched.mtimeMs);
    assert.equal(await open.service.answers.compare(null), 'same');
    await open.service.answers.undo(null);
    await open.service.answers.undo(null);
    await save();
    assert.deepEqual(await contents(), files);
    assert.ok(!existsSync(at('brat.provenance.jsonl')));
  });

  it('moves spans with a corrected text, and writes no other line', async () => {
    await open.apply({ kind: 'changeText', id: 0, start: 4, end: 9, text: 'once lived' });
    await save();
    const now = await contents();
    assert.equal(now['ada.txt'], ada.replace('lived', 'once lived'));
    assert.equal(now['ada.ann'], files['ada.ann']?.replace('13 19', '18 24'));
  });

  it('says that relations of removed spans stay', async () => {
    const [first] = await open.views();
    const entityIds = first?.passage.entities.slice(0, 1).map(({ id }) => id) ?? [];
    await open.apply({ kind: 'removeEntities', id: 0, entityIds });
    const { losses } = await save();
    assert.equal(losses.length, 1);
    assert.equal((await contents())['ada.ann'], files['ada.ann']?.replace(/^T1.*\n/u, ''));
  });

  it('splits and removes documents, also back again after a save', async () => {
    await open.apply({ kind: 'split', id: 0, at: 21 });
    await open.apply({ kind: 'remove', ids: [1] });
    await save();
    const now = await contents();
    assert.equal(now['ada.txt'], 'Ada lived in London.');
    assert.equal(now['ada-2.txt'], ada.slice(21));
    assert.ok(!('below/grace.txt' in now) && !('below/grace.ann' in now));
    assert.equal(await open.service.answers.compare(null), 'same');
    await open.service.answers.undo(null);
    await open.service.answers.undo(null);
    await save();
    assert.deepEqual(await contents(), files);
  });

  it('sees what other programs change, and that a touched file did not', async () => {
    const compare = () => open.service.answers.compare(null);
    await utimes(at('ada.ann'), 1, 1);
    assert.equal(await compare(), 'same');
    await writeFile(at('other.txt'), 'more');
    assert.equal(await compare(), 'changed');
    await rm(at('other.txt'));
    await writeFile(at('below/grace.ann'), 'T1\tCITY 18 26\tNew York');
    assert.equal(await compare(), 'changed');
    await rename(folder, `${folder}-moved`);
    assert.equal(await compare(), 'missing');
    await rename(`${folder}-moved`, folder);
  });

  it('goes on from a backup, and knows what it had saved before', async () => {
    await mark(2, 0, 6);
    await save();
    await mark(1, 0, 5, 'scholar');
    const backup = at('backup');
    await open.service.answers.backup(backup);
    await open.service.answers.close({ keep: true });
    const source = { kind: 'folder', folder } as const;
    open = await openService('set', '', { folder, source, backup });
    await open.read;
    assert.equal(await open.service.answers.compare(null), 'same');
    await save();
    const now = await contents();
    assert.equal(now['new.ann'], 'T1\tcity 0 6\tBerlin\n');
    assert.equal(now['below/grace.ann'], 'T1\tcity 18 26\tNew York\nT2\tscholar 0 5\tGrace\n');
  });

  it('keeps what brat cannot say beside the documents', async () => {
    const [first] = await open.views();
    const entityIds = first?.passage.entities.map(({ id }) => id) ?? [];
    const change = { state: 'accepted', comment: 'sure' } as const;
    await open.apply({ kind: 'changeEntities', id: 0, entityIds, change });
    await save();
    assert.deepEqual(await contents(), files);
    await open.service.answers.close({ keep: false });
    open = await openFolder();
    const [again] = await open.views();
    assert.deepEqual(
      again?.passage.entities.map(({ state, comment }) => `${state} ${comment}`),
      ['accepted sure', 'accepted sure'],
    );
  });

  it('leaves a document alone that cannot be read', async () => {
    await writeFile(at('strange.txt'), Buffer.from([0x61, 0xff, 0x62]));
    await open.service.answers.close({ keep: false });
    open = await openFolder();
    const views = await open.views();
    assert.equal(views.at(-1)?.isBad, true);
    await assert.rejects(mark(3, 0, 1), /could not be read/u);
    await mark(2, 0, 6);
    await save();
    assert.deepEqual([...(await readFile(at('strange.txt')))], [0x61, 0xff, 0x62]);
    await open.apply({ kind: 'remove', ids: [3] });
    await assert.rejects(Promise.resolve(save()), /strange: .*encoding/u);
  });

  it('is written whole as another folder, and over none', async () => {
    await mark(2, 0, 6);
    const target = `${folder}-copy`;
    await open.service.answers.save({ file: target, own: false });
    const names = await readdir(target, { recursive: true });
    assert.deepEqual(names.sort(), [
      ...['ada.ann', 'ada.txt', 'below', 'below/grace.ann', 'below/grace.txt'],
      ...['brat.provenance.jsonl', 'new.ann', 'new.txt'],
    ]);
    assert.equal(await readFile(path.join(target, 'ada.ann'), 'utf8'), files['ada.ann']);
    const again = Promise.resolve(open.service.answers.save({ file: target, own: false }));
    await assert.rejects(again, /something of this name/u);
    await rm(target, { recursive: true });
  });

  it('is finished when it is opened after a save was cut short', async () => {
    await writeFile(at('.ada.ann.1.saving'), 'T1\tcity 0 3\tAda\n');
    await writeFile(at('.new.txt.999999999.saving'), 'left over');
    const plan = { rename: [['.ada.ann.1.saving', 'ada.ann']], remove: ['below/grace.ann'] };
    await writeFile(at('.dynamicner-saving.json'), JSON.stringify(plan));
    await open.service.answers.close({ keep: false });
    open = await openFolder();
    const { 'below/grace.ann': gone, ...rest } = files;
    assert.ok(gone);
    assert.deepEqual(await contents(), { ...rest, 'ada.ann': 'T1\tcity 0 3\tAda\n' });
    assert.ok(!(await readdir(folder)).some((name) => name.includes('saving')));
  });
});
