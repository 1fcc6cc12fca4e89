import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { extract, lines } from './runExtract';
import { repository } from './testEnvironment';

describe('extract with options', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'extract-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string | Uint8Array) =>
    writeFileSync(path.join(folder, name), text);

  it('shows entities, a table of types and a closing line on a terminal', async () => {
    write('a.md', '# Anna\n\nShe met Berta\nin Rome.\n');
    const { stdout } = await extract(['--to', 'terminal', 'a.md'], { folder });
    const [closing = '', end] = stdout.split('\n').slice(-2);
    assert.match(closing, /^7 words in [\d.]+ s, [\d,]+ words\/s, encoder fake$/);
    assert.equal(end, '');
    assert.deepEqual(stdout.split('\n').slice(0, -2), [
      '# [Anna]‹scholar›',
      '',
      'She met [Berta]‹scholar›',
      'in [Rome]‹scholar›.',
      '',
      'type       count  mentions',
      '─────────  ─────  ─────────────────',
      'person         3',
      '  scholar      3  Anna, Berta, Rome',
      '',
    ]);
    const coloured = await extract(['--to', 'terminal', 'a.md'], { folder, columns: 80 });
    assert.ok(coloured.stdout.includes('\u001b[1;4;38;5;33mAnna\u001b[0m'));
    const plain = { folder, columns: 80, variables: { NO_COLOR: '1' } };
    const uncoloured = (await extract(['--to', 'terminal', 'a.md'], plain)).stdout;
    assert.deepEqual(uncoloured.split('\n').slice(0, -2), stdout.split('\n').slice(0, -2));
  });

  it('looks for the types of a built-in list, or of a taxonomy file', async () => {
    write('my.taxonomy.json', '{ "types": [{ "name": "ship" }] } // mine');
    const stdin = 'Anna met Berta.';
    for (const [labels, label] of [
      ['conll-2003', 'person'],
      ['my.taxonomy.json', 'ship'],
    ] as const) {
      const { code, stdout, stderr } = await extract(['--labels', labels], { folder, stdin });
      assert.equal(code, 0, stderr);
      const [{ entities } = { entities: [] }] = lines(stdout) as {
        entities: { label: string }[];
      }[];
      assert.deepEqual([...new Set(entities.map((one) => one.label))], [label]);
    }
  });

  it('says how to give a tree that is named as a taxonomy file', async () => {
    const tree = '{"person": ["actor"]}';
    write('roles.taxonomy.json', tree);
    const refused = await extract(['--labels', 'roles.taxonomy.json'], { folder, stdin: 'Anna' });
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /Give it a name that does not end in “\.taxonomy\.json”/u);
    assert.doesNotMatch(refused.stderr, /New Label List|import/iu);
    write('roles.json', tree);
    const taken = await extract(['--labels', 'roles.json'], { folder, stdin: 'Anna' });
    assert.equal(taken.code, 0, taken.stderr);
  });

  it('refuses a file of labels that is no text', async () => {
    write('labels.txt', new Uint8Array([0x61, 0, 0x62]));
    const { code, stderr } = await extract(['--labels', 'labels.txt'], { folder, stdin: 'Anna' });
    assert.equal(code, 1);
    assert.match(stderr, /labels\.txt: This is a binary file/u);
  });

  it('looks for the patterns of a file instead of asking a model', async () => {
    write('list.txt', '[city]\nNew York\n\n[our ship]\nBlue Finch\n');
    const stdin = 'The Blue Finch left New York.';
    const options = ['--engine', 'patterns', '--patterns', 'list.txt'];
    const { code, stdout } = await extract(options, { folder, stdin });
    assert.equal(code, 0);
    const [{ entities } = { entities: [] }] = lines(stdout) as {
      entities: { label: string; source: unknown; path?: string[] }[];
    }[];
    assert.deepEqual(
      entities.map(({ label, path: type }) => type?.join(' > ') ?? label),
      ['our ship', 'location > geo-political entity > city'],
    );
    assert.deepEqual(entities[0]?.source, { engine: 'patterns', model: 'list.txt' });
    write('list.txt', '[city]\nNew York\n\tParis\n');
    const bad = await extract(options, { folder, stdin });
    assert.equal(bad.code, 1);
    assert.match(bad.stderr, /list\.txt:3: The line has no label/u);
    const none = await extract(options.slice(0, 2), { folder, stdin });
    assert.match(none.stderr, /--patterns FILE/u);
    const both = await extract(['--engine', 'json', ...options.slice(2)], { folder, stdin });
    assert.match(both.stderr, /--patterns needs --engine patterns/u);
  });

  it('reads settings as the extension has them', async () => {
    write(
      'settings.json',
      '{ // ours\n "editor.tabSize": 2, "dynamicner.labels": ["vessel"], "dynamicner.level": "fine",\n' +
        '"dynamicner.threshold": 0.6, "dynamicner.treshold": 1, }',
    );
    const { code, stdout, stderr } = await extract(['--config', 'settings.json'], {
      folder,
      stdin: 'Ann met Marie',
    });
    assert.equal(code, 0);
    const [{ entities } = { entities: [] }] = lines(stdout) as { entities: { label: string }[] }[];
    assert.deepEqual(
      entities.map(({ label }) => label),
      ['vessel'],
    );
    assert.match(stderr, /"dynamicner\.treshold" is no setting/);
    write('bad.json', '{"dynamicner.threshold": 7}');
    const bad = await extract(['--config', 'bad.json'], { folder, stdin: 'x' });
    assert.equal(bad.code, 1);
    assert.match(bad.stderr, /bad\.json:"dynamicner\.threshold": The value does not fit/);
  });

  it('knows every setting that the extension has', async () => {
    const { contributes } = JSON.parse(
      readFileSync(path.join(repository, 'package.json'), 'utf8'),
    ) as { contributes: { configuration: { properties: Record<string, { default: unknown }> }[] } };
    const settings = contributes.configuration.flatMap(({ properties }) =>
      Object.entries(properties).map(([name, { default: value }]) => [name, value] as const),
    );
    assert.ok(settings.length > 10);
    write('settings.json', JSON.stringify(Object.fromEntries(settings)));
    const { code, stderr } = await extract(['--config', 'settings.json'], { folder, stdin: 'Ann' });
    assert.equal(code, 0, stderr);
    assert.equal(stderr, '');
  });

  it('reads comments and strings alone, at their place in the file', async () => {
    write('a.py', 'Anna = 1  # by Berta\nx = "for Clara"\n');
    write('b.zzz', 'Dora\n');
    const { stdout, stderr } = await extract(['--only', 'comments,strings', 'a.py', 'b.zzz'], {
      folder,
    });
    const [a, b] = lines(stdout) as { id: string; text: string; entities: { start: number }[] }[];
    assert.equal(a?.id, 'a.py');
    assert.deepEqual(
      a?.entities.map(({ start }) => a.text.slice(start, start + 5)),
      ['Berta', 'Clara'],
    );
    assert.equal(b?.entities.length, 1);
    assert.match(
      stderr,
      /^warning: b\.zzz: comments and strings of this kind of file are not known/,
    );
    const strings = await extract(['--only', 'strings', 'a.py'], { folder });
    assert.equal((lines(strings.stdout) as { entities: [] }[])[0]?.entities.length, 1);
    write('settings.json', '{"dynamicner.extract.code": "comments"}');
    const settings = await extract(['--config', 'settings.json', 'a.py', 'b.zzz'], { folder });
    assert.deepEqual(
      (lines(settings.stdout) as { entities: [] }[]).map(({ entities }) => entities.length),
      [1, 1],
    );
  });

  it('prints statistics on standard error', async () => {
    const { stdout, stderr } = await extract(['--stats'], { stdin: 'Anna met Berta\n' });
    assert.equal(lines(stdout).length, 1);
    assert.match(stderr, /^model: encoder fake\npassages: 1\n/);
    assert.match(stderr, /^sentences: \d+, encoded: \d+$/m);
    assert.match(stderr, /^words: 3$/m);
    assert.match(stderr, /^words per second: [\d,]+$/m);
  });

  it('reads DynamicNER files and other encodings', async () => {
    write('a.txt', Buffer.from('Anna in Zürich', 'latin1'));
    const latin = await extract(['--encoding', 'windows-1252', 'a.txt'], { folder });
    assert.match(latin.stdout, /"text":"Anna in Zürich"/);
    const wrong = await extract(['a.txt'], { folder });
    assert.equal(wrong.code, 1);
    assert.match(wrong.stdout, /^\{"line":1,"error":"The line is not valid UTF-8/);
  });
});
