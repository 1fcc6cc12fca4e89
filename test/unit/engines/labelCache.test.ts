import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EncoderEngine } from '../../../src/engines/encoder/encoderEngine';
import { ModelError } from '../../../src/engines/errors';
import type { LabelSpec } from '../../../src/core/labels/labelSpec';
import { collect, taxonomy, text } from './engineSuite';
import { bundledPack, DamagedPack } from './packs';

const passages = [{ id: 'a', text }];
const flat: LabelSpec = {
  kind: 'flat',
  id: 'two',
  labels: [{ name: 'river delta' }, { name: 'market town' }],
};

describe('Vectors of labels that are kept for the next process', function () {
  this.timeout(120_000);
  let labelCache: string;

  beforeEach(() => {
    labelCache = mkdtempSync(path.join(tmpdir(), 'labels-'));
  });
  afterEach(() => rmSync(labelCache, { recursive: true, force: true }));

  /** What an engine that keeps vectors finds, without the ids, and how many labels it read. */
  async function findings(
    labels: LabelSpec,
    folder = bundledPack,
  ): Promise<{ found: unknown; read: number }> {
    const engine = await EncoderEngine.load(folder, { labelCache });
    try {
      const { results } = await collect(engine, passages, { labels });
      const found = results.map(({ entities }) => entities.map((one) => ({ ...one, id: '' })));
      await engine.settled();
      return { found, read: engine.counters.labelsEncoded };
    } finally {
      await engine.dispose();
    }
  }

  /** The one file of the folder. */
  function file(): string {
    const names = readdirSync(labelCache);
    assert.equal(names.length, 1, names.join(', '));
    return path.join(labelCache, names[0] ?? '');
  }

  it('are the same, and no label is read again', async () => {
    const first = await findings(taxonomy);
    assert.ok(first.read > 100);
    const second = await findings(taxonomy);
    assert.deepEqual(second, { found: first.found, read: 0 });
  });

  it('are joined by those of another list, whose labels alone are read', async () => {
    await findings(taxonomy);
    const { found, read } = await findings(flat);
    assert.equal(read, 2);
    const without = await EncoderEngine.load(bundledPack);
    const { results } = await collect(without, passages, { labels: flat });
    await without.dispose();
    assert.deepEqual(
      results.map(({ entities }) =>
        entities.map(({ start, end, path: type }) => [start, end, type]),
      ),
      (found as { start: number; end: number; path: string[] }[][]).map((entities) =>
        entities.map(({ start, end, path: type }) => [start, end, type]),
      ),
    );
    assert.equal((await findings(taxonomy)).read, 0);
  });

  it('are made anew where the file is damaged', async () => {
    const { found } = await findings(taxonomy);
    const content = readFileSync(file());
    content[content.length - 5] = (content[content.length - 5] ?? 0) ^ 0xff;
    for (const damaged of [
      content,
      content.subarray(0, 1000),
      Buffer.from('{}\n'),
      Buffer.alloc(0),
    ]) {
      writeFileSync(file(), damaged);
      const again = await findings(taxonomy);
      assert.deepEqual(again.found, found);
      assert.ok(again.read > 100);
    }
  });

  it('are not taken for those of another label graph', async () => {
    await findings(taxonomy);
    const pack = new DamagedPack();
    try {
      pack.flipByte('label.onnx', 5000);
      await assert.rejects(findings(taxonomy, pack.folder), ModelError);
    } finally {
      pack.remove();
    }
  });

  it('do not keep anything from working where they cannot be written', async () => {
    const { found } = await findings(taxonomy);
    rmSync(labelCache, { recursive: true, force: true });
    writeFileSync(labelCache, 'a file where a folder should be');
    assert.deepEqual((await findings(taxonomy)).found, found);
  });
});
