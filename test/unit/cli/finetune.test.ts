import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConversations } from '../../../src/core/finetuning/conversation';
import { run } from './testEnvironment';

describe('finetune', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'finetune-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const entry = (sentence: string, entity: string[], category: string[]) => ({
    sentence,
    entity,
    category,
  });
  const data = JSON.stringify({
    sentence1: entry('Ada met Bo in Rome', ['Ada', 'Rome'], ['scholar', 'city']),
    sentence2: entry('Cy left Oslo', ['Oslo'], ['city']),
    sentence3: entry('Nothing here', [], []),
  });
  const sizes = () =>
    Object.fromEntries(
      readdirSync(folder).map((name) => [
        name,
        readConversations(readFileSync(path.join(folder, name), 'utf8'), name).length,
      ]),
    );

  it('writes the files of a data set and tells how many conversations they have', async () => {
    const { code, stderr } = await run(['finetune', '--out', folder, '--validation', '0.5'], {
      stdin: data,
    });
    assert.equal(code, 0);
    const written = sizes();
    assert.equal(
      (written['extractor.train.json'] ?? 0) + (written['extractor.validation.json'] ?? 0),
      2,
    );
    assert.equal(
      (written['classifier.train.json'] ?? 0) + (written['classifier.validation.json'] ?? 0),
      9,
    );
    assert.equal(Object.keys(written).length, 4);
    assert.match(stderr, /extractor\.validation\.json: 1 conversation\n/u);
  });

  it('adds sentences without entities where it is told to', async () => {
    await run(['finetune', '--out', folder, '--validation', '0', '--unlabelled'], { stdin: data });
    assert.equal(sizes()['extractor.train.json'], 3);
  });

  it('leaves out what an engine suggested, unless told otherwise', async () => {
    const suggested = { start: 3, end: 7, label: 'city', source: 'encoder' };
    const stdin = `${JSON.stringify({ text: 'In Rome', entities: [suggested] })}\n`;
    const refused = await run(['finetune', '--out', folder], { stdin });
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /no accepted annotations.*--suggested/u);
    assert.deepEqual(readdirSync(folder), []);
    const taken = await run(['finetune', '--out', folder, '--suggested'], { stdin });
    assert.equal(taken.code, 0);
  });

  it('goes on after a bad line and ends with 1', async () => {
    const good = JSON.stringify({
      text: 'In Rome',
      entities: [{ start: 3, end: 7, label: 'city' }],
    });
    const { code, stderr } = await run(['finetune', '--from', 'jsonl', '--out', folder], {
      stdin: `[]\n${good}\n`,
    });
    assert.equal(code, 1);
    assert.match(stderr, /<stdin>:1/u);
    assert.equal(sizes()['extractor.train.json'], 1);
  });

  it('wants a folder', async () => {
    const { code, stderr } = await run(['finetune'], { stdin: data });
    assert.equal(code, 2);
    assert.match(stderr, /--out/u);
  });
});
