import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseLabelMap } from '../../../src/core/mapping/labelMap';
import { run } from './testEnvironment';

describe('mapping on the command line', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'map-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
  const line = (label: string) =>
    `${JSON.stringify({ text: 'Ada', entities: [{ start: 0, end: 3, label }] })}\n`;
  const map = '{"map": {"PER": "person", /* none of ours */ "MISC": null}}';

  it('converts by a map and tells what is lost', async () => {
    write('map.jsonc', map);
    const stdin = line('PER') + line('MISC') + line('ship');
    const args = ['convert', '--map', 'map.jsonc', '--from', 'jsonl', '--to', 'jsonl'];
    const { code, stdout, stderr } = await run(args, { stdin, folder });
    assert.equal(code, 0, stderr);
    const labels = stdout
      .trim()
      .split('\n')
      .map((text) => {
        const { entities } = JSON.parse(text) as { entities: { label: string }[] };
        return entities.map(({ label }) => label);
      });
    assert.deepEqual(labels, [['person'], [], ['ship']]);
    assert.match(stderr, /“MISC” goes nowhere: 1 entity removed/u);
    assert.match(stderr, /entities mapped: 1, removed: 1, without entry: 1\./u);
  });

  it('scores predictions of another list', async () => {
    write('map.jsonc', map);
    write('gold.jsonl', line('person'));
    write('pred.jsonl', line('PER'));
    const args = ['evaluate', '--gold', 'gold.jsonl', '--pred', 'pred.jsonl', '--to', 'json'];
    const f1 = async (more: readonly string[]) => {
      const { code, stdout, stderr } = await run([...args, ...more], { folder });
      assert.equal(code, 0, stderr);
      return (JSON.parse(stdout) as { f1: number }).f1;
    };
    assert.equal(await f1([]), 0);
    assert.equal(await f1(['--map', 'map.jsonc']), 1);
  });

  it('suggests a map from the vectors of the labels', async () => {
    const args = ['map', '--from', 'movie, river, Person', '--to', 'film, person, body of water'];
    const { code, stdout, stderr } = await run(args, { folder });
    assert.equal(code, 0, stderr);
    const to = parseLabelMap(stdout, 'stdout').entries.map((entry) => entry.to?.[0]);
    assert.deepEqual(to, ['film', 'body of water', 'person']);
    assert.match(stderr, /^3 types, of which 0 go nowhere\.$/mu);
  });

  it('names a map that is none', async () => {
    write('map.jsonc', '{"map": [1]}');
    const { code, stderr } = await run(['convert', '--map', 'map.jsonc', '--to', 'jsonl'], {
      stdin: line('PER'),
      folder,
    });
    assert.equal(code, 1);
    assert.match(stderr, /map\.jsonc:"map": The value is no map of types/u);
  });
});
