import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { splitSentences } from '../../../src/core/text/sentences';
import { EncoderEngine } from '../../../src/engines/encoder/encoderEngine';
import { readPack } from '../../../src/engines/encoder/pack';
import { WordPieces } from '../../../src/engines/encoder/wordPieces';
import { collect, taxonomy } from './engineSuite';
import { bundledPack } from './packs';

const fixtures = path.resolve(__dirname, '../../fixtures/encoder');

function lines<T>(name: string): T[] {
  const text = readFileSync(path.join(fixtures, name), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

interface TokenizerLine {
  readonly text: string;
  /** Pieces of the whole text, without special tokens. */
  readonly ids: readonly number[];
  readonly words: readonly (readonly [number, number])[];
  readonly shapes: readonly number[];
  /** The first window: [CLS], pieces of as many words as fit, [SEP]. */
  readonly window: readonly number[];
}

/** 1,000 lines in ten scripts, written by the Python tokenizer (training/make_fixtures.py). */
describe('tokenisation, beside the Python tokenizer', () => {
  const expected = lines<TokenizerLine>('tokenizer.jsonl');
  let pieces: WordPieces;
  let pattern: RegExp;
  let limit: number;

  before(async () => {
    const { tokenizer, manifest } = await readPack(bundledPack);
    const special = { cls: 101, sep: 102, unknown: 100 };
    pieces = new WordPieces(new Tokenizer(tokenizer, {}), special, manifest.words.maxPieces);
    pattern = new RegExp(manifest.words.pattern, manifest.words.flags);
    limit = manifest.window - 2;
  });

  it('has all lines', () => assert.equal(expected.length, 1000));

  it('gives whole texts the same pieces', () => {
    for (const { text, ids } of expected) {
      assert.deepEqual(pieces.label(text, ids.length + 2).slice(1, -1), ids, JSON.stringify(text));
    }
  });

  it('finds the same words, shapes and windows', () => {
    for (const { text, words, shapes, window } of expected) {
      const bounds: [number, number][] = [];
      const inputs = [...text.matchAll(pattern)].map(({ index, 0: word }) => {
        bounds.push([index, index + word.length]);
        return pieces.word(word);
      });
      assert.deepEqual(bounds, words, JSON.stringify(text));
      assert.deepEqual(
        inputs.map(({ shape }) => shape),
        shapes,
        JSON.stringify(text),
      );
      const ids: number[] = [];
      for (const input of inputs) {
        if (ids.length + input.ids.length > limit) break;
        ids.push(...input.ids);
      }
      assert.deepEqual([101, ...ids, 102], window, JSON.stringify(text));
    }
  });
});

interface GoldenSpan {
  readonly start: number;
  readonly end: number;
  readonly score: number;
  readonly path: readonly string[];
  readonly typeScore: number;
}

interface GoldenLine {
  readonly id: string;
  readonly text: string;
  readonly fp32: readonly GoldenSpan[];
  readonly int8: readonly GoldenSpan[];
}

interface GoldenHead {
  readonly pack: string;
  readonly version: string;
}

/** The bundled pack, or the one whose folder GOLDEN_PACK names: an export with fp32 weights. */
const pack = process.env['GOLDEN_PACK'] ?? bundledPack;

/** 200 written sentences, decoded in Python from the pack's graphs and from the trained model. */
describe('extraction, beside the Python model', function () {
  this.timeout(300_000);
  const [head, ...golden] = lines<GoldenHead & GoldenLine>('golden.jsonl');
  const sentences = golden.filter(({ text }) => splitSentences(text).length === 1);
  const found = new Map<string, GoldenSpan[]>();
  let engine: EncoderEngine;

  before(async () => {
    engine = await EncoderEngine.load(pack, { runtime: 'native' });
    const { results } = await collect(engine, sentences, { labels: taxonomy });
    for (const { id, entities } of results) {
      found.set(
        id,
        entities.map(({ start, end, score = 0, path: type, levelScores }) => ({
          start,
          end,
          score,
          path: type,
          typeScore: levelScores?.at(-1) ?? 0,
        })),
      );
    }
  });
  after(() => engine.dispose());

  it('has sentences of the bundled pack', () => {
    assert.equal(golden.length, 200);
    assert.ok(sentences.length >= 180, `only ${sentences.length} are one sentence`);
    assert.equal(
      head?.version,
      engine.manifest.version,
      'the fixture was made with another pack: run training/make_fixtures.py',
    );
  });

  it('agrees on all spans, types and scores (1e-3) with weights of the same precision', () => {
    for (const { id, fp32, int8 } of sentences) {
      const wanted = engine.manifest.precision === 'fp32' ? fp32 : int8;
      const spans = found.get(id) ?? [];
      const names = (list: readonly GoldenSpan[]): string[] =>
        list.map(({ start, end, path: type }) => `${start}-${end} ${type.join(' > ')}`);
      assert.deepEqual(names(spans), names(wanted), id);
      spans.forEach(({ score, typeScore }, index) => {
        assert.ok(Math.abs(score - (wanted[index]?.score ?? NaN)) <= 1e-3, `${id} span ${index}`);
        assert.ok(
          Math.abs(typeScore - (wanted[index]?.typeScore ?? NaN)) <= 1e-3,
          `${id} type ${index}`,
        );
      });
    }
  });

  it('loses next to nothing by weights of 8 bits', () => {
    let same = 0;
    let all = 0;
    for (const { id, fp32 } of sentences) {
      const spans = new Set(found.get(id)?.map(({ start, end }) => `${start}-${end}`));
      const exact = fp32.map(({ start, end }) => `${start}-${end}`);
      same += 2 * exact.filter((span) => spans.has(span)).length;
      all += spans.size + exact.length;
    }
    assert.ok(same / all > 0.98, `${same} of ${all}`);
  });
});
