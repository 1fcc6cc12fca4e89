import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { dynamicNerLabels } from '../../../src/core/labels/dynamicner';
import { HostEngine } from '../../../src/host/hostEngine';
import { buildHost, packFolder } from '../host/hostScript';
import { repository, run } from './testEnvironment';

interface Found {
  readonly start: number;
  readonly end: number;
  readonly path: readonly string[];
  readonly score: number;
}

const sample = path.join(repository, 'media/samples/expedition.md');

/** What the editor does with a document: passages and entities from the encoder's process. */
async function extractAsEditor(text: string): Promise<Found[]> {
  const engine = await HostEngine.start({
    script: await buildHost(),
    model: { folder: packFolder },
  });
  try {
    const { offsets } = await engine.client.segment({ text, languageId: 'markdown' });
    const starts = offsets.filter((_, at) => at % 2 === 0);
    const passages = starts.map((start, at) => ({
      id: String(at),
      text: text.slice(start, offsets[2 * at + 1]),
    }));
    const found: Found[] = [];
    for await (const { id, entities } of engine.extract(passages, {
      labels: dynamicNerLabels.toSpec(),
    })) {
      const from = starts[Number(id)] ?? 0;
      for (const { start, end, path: type, score = 0 } of entities) {
        found.push({ start: start + from, end: end + from, path: type, score });
      }
    }
    return found;
  } finally {
    await engine.dispose();
  }
}

describe('extract and the editor', function () {
  this.timeout(180_000);

  it('find the same entities in the same document', async () => {
    const expected = await extractAsEditor(readFileSync(sample, 'utf8'));
    assert.ok(expected.length > 50, `${expected.length} entities`);
    const { code, stdout } = await run([
      'extract',
      ...['--passages', 'file', '--offsets', 'utf16', sample],
    ]);
    assert.equal(code, 0);
    const { entities } = JSON.parse(stdout) as { entities: Found[] };
    const spans = (found: readonly Found[]) =>
      found.map(({ start, end, path: type }) => `${start} ${end} ${type.join(' › ')}`);
    assert.deepEqual(spans(entities), spans(expected));
    for (const [at, { score }] of entities.entries()) {
      assert.ok(Math.abs(score - (expected[at]?.score ?? 0)) <= 1e-4, `score ${score} at ${at}`);
    }
  });
});
