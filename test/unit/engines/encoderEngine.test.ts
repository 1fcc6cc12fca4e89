import assert from 'node:assert/strict';
import { EncoderEngine } from '../../../src/engines/encoder/encoderEngine';
import { DisposedError } from '../../../src/engines/errors';
import { bundledPack } from './packs';
import { collect, describeEngine, taxonomy, text } from './engineSuite';

describeEngine('EncoderEngine on the native runtime', () =>
  EncoderEngine.load(bundledPack, { runtime: 'native' }),
);

describeEngine('EncoderEngine on WebAssembly', () =>
  EncoderEngine.load(bundledPack, { runtime: 'wasm' }),
);

describe('EncoderEngine', function () {
  this.timeout(120_000);

  it('takes the native runtime by itself, and refuses to work after it was disposed', async () => {
    const engine = await EncoderEngine.load(bundledPack);
    assert.equal(engine.runtime, 'native');
    await engine.dispose();
    await engine.dispose();
    await assert.rejects(collect(engine, [{ id: 'a', text }], { labels: taxonomy }), DisposedError);
  });
});
