import assert from 'node:assert/strict';
import {
  cpSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { EncoderEngine } from '../../../src/engines/encoder/encoderEngine';
import { EncoderPacks, packFolders } from '../../../src/engines/encoder/encoderPacks';
import { DisposedError, ModelError } from '../../../src/engines/errors';
import type { Passage } from '../../../src/engines/engine';
import { collect, plain, taxonomy } from './engineSuite';
import { bundledPack } from './packs';
import { temporaryFolder } from '../../temporaryFolder';

/** Changes what a copy of the bundled pack says of itself. */
type Change = (manifest: Record<string, unknown>) => void;

function manifestOf(folder: string): Record<string, unknown> {
  const manifest: unknown = JSON.parse(readFileSync(path.join(folder, 'pack.json'), 'utf8'));
  return manifest as Record<string, unknown>;
}

describe('EncoderPacks', function () {
  this.timeout(300_000);
  const folder = temporaryFolder('packs');
  const other = path.join(folder, 'for-others');
  let packs: EncoderPacks;

  /** A folder with the bundled pack's files, changed. */
  function copyPack(to: string, change: Change, without: readonly string[] = []): void {
    mkdirSync(to);
    for (const name of readdirSync(bundledPack)) {
      if (!without.includes(name)) linkOrCopy(path.join(bundledPack, name), path.join(to, name));
    }
    const manifest = manifestOf(bundledPack);
    change(manifest);
    rmSync(path.join(to, 'pack.json'));
    writeFileSync(path.join(to, 'pack.json'), JSON.stringify(manifest));
  }

  before(async () => {
    copyPack(path.join(folder, 'english'), (manifest) => (manifest['name'] = 'english'));
    // Its label graph is that of the pack beside it.
    copyPack(
      other,
      (manifest) =>
        Object.assign(manifest, {
          name: 'for-others',
          languages: ['de', 'fr', 'zh', 'en'],
          base: { name: 'english', version: manifestOf(bundledPack)['version'] },
        }),
      ['label.onnx'],
    );
    packs = await EncoderPacks.load(folder, { runtime: 'native' });
  });
  after(() => packs.dispose());

  const german = 'Die Schriftstellerin Herta Müller wurde in Nitzkydorf in Rumänien geboren.';
  const english = 'The writer Herta Müller was born in the village of Nitzkydorf in Romania.';
  const chinese = '作家莫言在山东高密出生。';
  const mixed: Passage[] = [english, german, '12:30', chinese, english, german].map(
    (text, index) => ({ id: String(index), text }),
  );
  const modelsOf = async (passages: readonly Passage[]): Promise<(string | undefined)[]> => {
    const { results } = await collect(packs, passages, { labels: taxonomy, threshold: 0 });
    assert.deepEqual(
      results.map(({ id }) => id),
      passages.map(({ id }) => id),
    );
    return results.map(({ entities }) => entities[0]?.source?.model);
  };

  it('reads each passage by the pack for its language, in the order of the passages', async () => {
    const found = await modelsOf(mixed);
    const expected = ['english', 'for-others', undefined, 'for-others', 'english', 'for-others'];
    expected.forEach((model, at) => {
      if (model !== undefined) assert.equal(found[at], model, mixed[at]?.text);
    });
  });

  it('takes the language that a passage says, and a language that none is made for to the broadest', async () => {
    const said = [
      { id: 'a', text: english, lang: 'de-AT' },
      { id: 'b', text: german, lang: 'en' },
      { id: 'c', text: english, lang: 'sw' },
    ];
    assert.deepEqual(await modelsOf(said), ['for-others', 'english', 'for-others']);
  });

  it('gives each passage what its pack alone gives', async () => {
    const together = await collect(packs, mixed, { labels: taxonomy });
    const alone = await EncoderEngine.load(other, { runtime: 'native' });
    const own = await collect(alone, mixed, { labels: taxonomy });
    await alone.dispose();
    for (const at of [1, 3, 5]) {
      assert.deepEqual(plain(together.results)[at], plain(own.results)[at]);
    }
    assert.equal(together.statistics.passages, mixed.length);
  });

  it('ranks types by the pack for the passage', async () => {
    const start = chinese.indexOf('山东');
    const options = { labels: taxonomy, limit: 2 };
    const [types] = await packs.rankTypes(
      { id: 'z', text: chinese },
      [{ start, end: start + 2 }],
      options,
    );
    assert.equal(types?.length, 2);
  });

  it('counts what all packs did, and embeds texts of all languages by one of them', async () => {
    const before = packs.counters.encoded;
    const fresh = ['Ada Lovelace wrote the notes in London.', 'Sie lebte lange in der Stadt Wien.'];
    await collect(
      packs,
      fresh.map((text, index) => ({ id: String(index), text })),
      { labels: taxonomy },
    );
    const { encoded, labelsEncoded, cachedSentences, cacheBytes } = packs.counters;
    assert.equal(encoded, before + 2);
    assert.ok(labelsEncoded >= 165 && labelsEncoded < 200, 'labels are read once for both packs');
    assert.ok(cachedSentences >= 4 && cacheBytes > 0);
    const vectors = await packs.embed([english, german]);
    assert.equal(vectors[0]?.length, vectors[1]?.length);
  });

  it('keeps what each pack says of the same text apart', async () => {
    const text = 'Mary Anning found the first plesiosaur at Lyme Regis.';
    const inBoth = ['en', 'de'].map((lang) => ({ id: lang, text, lang }));
    const encodedBy = async (passages: readonly Passage[]): Promise<number> => {
      const before = packs.counters.encoded;
      await collect(packs, passages, { labels: taxonomy });
      return packs.counters.encoded - before;
    };
    assert.equal(await encodedBy(inBoth), 2);
    assert.equal(await encodedBy([...inBoth].reverse()), 0);
  });

  it('says what it is made of', async () => {
    assert.equal(packs.model, 'english + for-others');
    assert.deepEqual(packs.manifest.languages, ['en', 'de', 'fr', 'zh']);
    assert.equal(packs.manifestFor('zh').name, 'for-others');
    assert.equal((await packFolders(folder)).length, 2);
    assert.deepEqual(await packFolders(other), [other]);
    assert.deepEqual(await packFolders(path.join(folder, 'absent')), []);
  });

  it('needs the base of a pack, and is used no more after it was disposed', async () => {
    const lonely = temporaryFolder('lonely');
    cpSync(other, path.join(lonely, 'pack'), { recursive: true });
    await assert.rejects(EncoderEngine.load(path.join(lonely, 'pack')), (error) => {
      assert.ok(error instanceof ModelError);
      assert.match(error.file, /english.label\.onnx$/);
      return true;
    });
    const short = await EncoderPacks.load(folder);
    await short.dispose();
    await assert.rejects(collect(short, mixed, { labels: taxonomy }), DisposedError);
  });
});

/** Large files are not written twice where the file system can share them. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    cpSync(from, to);
  }
}
