import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EncoderEngine } from '../../../src/engines/encoder/encoderEngine';
import { readManifest } from '../../../src/engines/encoder/pack';
import { ModelError } from '../../../src/engines/errors';
import { phraseText } from '../../../src/core/messages/phrase';
import { bundledPack, DamagedPack } from './packs';

const graphs = ['text.onnx', 'label.onnx', 'typing.onnx'];

describe('a pack that cannot be used', function () {
  this.timeout(120_000);
  let pack: DamagedPack;
  beforeEach(() => (pack = new DamagedPack()));
  afterEach(() => pack.remove());

  /** Loading fails with an error that names the file and holds the text. */
  async function rejects(file: string, problem: RegExp): Promise<void> {
    await assert.rejects(EncoderEngine.load(pack.folder, { threads: 1 }), (error) => {
      assert.ok(error instanceof ModelError, String(error));
      assert.equal(path.basename(error.file), file);
      const mend = phraseText(error.mend);
      assert.match(phraseText(error.problem), problem);
      assert.match(mend, /^(Install|Use) .*\.$/);
      assert.ok(error.message.includes(error.file) && error.message.includes(mend));
      return true;
    });
  }

  for (const name of [...graphs, 'tokenizer.json', 'labels.json', 'names.bin']) {
    it(`is told when ${name} is missing`, async () => {
      rmSync(pack.file(name));
      await rejects(name, /is missing/);
    });

    it(`is told when a byte of ${name} is another`, async () => {
      pack.flipByte(name, pack.read(name).length >> 1);
      await rejects(name, /checksum differs/);
    });
  }

  it('is told when a file is cut short', async () => {
    writeFileSync(pack.file('text.onnx'), pack.read('text.onnx').subarray(0, 1000));
    await rejects('text.onnx', /has 1000 bytes instead of \d+/);
  });

  it('is told when a graph is no graph though its checksum fits', async () => {
    pack.write('typing.onnx', Buffer.from('no graph at all'));
    await rejects('typing.onnx', /no graph that ONNX Runtime \(native\) can run/);
  });

  it('is told when its names are none though the checksum fits', async () => {
    const names = pack.read('names.bin');
    pack.write('names.bin', names.subarray(0, names.length - 1));
    await rejects('names.bin', /holds no names: the body ends within a name/);
    pack.write('names.bin', Buffer.from('{"types": "all"}\n'));
    await rejects('names.bin', /holds no names: .*types/s);
    pack.write('names.bin', Buffer.from('names'));
    await rejects('names.bin', /holds no names: /);
  });

  it('is told when a graph has other tensors', async () => {
    pack.write('text.onnx', pack.read('label.onnx'));
    await rejects('text.onnx', /among its inputs there is no "shape_ids" \(it has input_ids, /);
  });

  it('is told when a graph has other shapes', async () => {
    pack.changeManifest((manifest) =>
      Object.assign(manifest['typing'] as object, { dimensions: 7 }),
    );
    await rejects('label.onnx', /output "typing" is float32 \[L, \d+\] instead of .*7\]/);
  });

  it('is told when the manifest is missing, no JSON, or misses a key', async () => {
    pack.changeManifest((manifest) => delete manifest['window']);
    await rejects('pack.json', /"window" is wrong/);
    writeFileSync(pack.file('pack.json'), '{');
    await rejects('pack.json', /is no JSON/);
    rmSync(pack.file('pack.json'));
    await rejects('pack.json', /is missing/);
  });

  it('is told when the kind is another, or a file lies outside of the pack', async () => {
    pack.changeManifest((manifest) => (manifest['kind'] = 'gliner-span'));
    await rejects('pack.json', /"kind" is wrong: .*bi-encoder/);
    pack.changeManifest((manifest) =>
      Object.assign(manifest, { kind: 'bi-encoder', labels: '../labels.json' }),
    );
    await rejects('pack.json', /"labels" is wrong: .*plain name/);
  });

  it('is told when the word pattern is none, or the tokenizer another', async () => {
    pack.changeManifest((manifest) => ((manifest['words'] as { pattern: string }).pattern = '('));
    await rejects('pack.json', /"words.pattern" is no regular expression/);
    pack.changeManifest(
      (manifest) => ((manifest['words'] as { pattern: string }).pattern = '\\S+'),
    );
    pack.write('tokenizer.json', Buffer.from('{"model": {"type": "Nonsense"}}'));
    await rejects('tokenizer.json', /is no tokenizer/);
  });
});

describe('readManifest', () => {
  it('reads what the bundled pack says of itself', async () => {
    const manifest = await readManifest(bundledPack);
    assert.equal(manifest.name, 'dynamicner-en-small');
    assert.deepEqual(manifest.languages, ['en']);
  });
});
