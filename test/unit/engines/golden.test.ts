import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { nameKey } from '../../../src/core/decoding/gazetteer';
import { splitSentences } from '../../../src/core/text/sentences';
import { EncoderEngine } from '../../../src/engines/encoder/encoderEngine';
import { packFiles, readPack } from '../../../src/engines/encoder/pack';
import { readGazetteer } from '../../../src/engines/encoder/readGazetteer';
import { readerInContext } from '../../../src/engines/encoder/wordContext';
import { openPieces } from '../../../src/engines/encoder/wordPieces';
import type { LabelSpec } from '../../../src/core/labels/labelSpec';
import { collect, flat, taxonomy } from './engineSuite';
import { bundledPacks } from './packs';

const fixtures = path.resolve(__dirname, '../../fixtures/encoder');

function lines<T>(name: string): T[] {
  const text = readFileSync(path.join(fixtures, name), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

interface Named {
  readonly name: string;
}

interface TokenizerLine {
  readonly text: string;
  /** Pieces of the whole text as a label, without special tokens. */
  readonly ids: readonly number[];
  readonly words: readonly (readonly [number, number])[];
  readonly shapes: readonly number[];
  /** The first window: [CLS], pieces of as many words as fit, [SEP]. */
  readonly window: readonly number[];
  /** Lexicon pieces of the words in that window. */
  readonly lexicon?: readonly number[];
}

/** The bundled packs, or those whose folders GOLDEN_PACK names, separated by commas: exports with fp32 weights. */
const folders = process.env['GOLDEN_PACK']?.split(',') ?? bundledPacks();

for (const folder of folders) {
  const { name } = JSON.parse(readFileSync(path.join(folder, 'pack.json'), 'utf8')) as Named;
  describe(`${name}, beside the Python model`, function () {
    this.timeout(300_000);
    describeTokenisation(folder, `tokenizer-${name}.jsonl`);
    describeNames(folder, `names-${name}.jsonl`);
    describeExtraction(folder, `golden-${name}.jsonl`);
  });
}

/** 1,000 lines in ten scripts, written by the Python tokenizer (training/make_fixtures.py). */
function describeTokenisation(folder: string, file: string): void {
  const expected = lines<TokenizerLine>(file);

  it('has all lines', () => assert.equal(expected.length, 1000));

  it('gives label texts the same pieces', async () => {
    const pack = await readPack(folder);
    const pieces = openPieces(pack, pack.manifest.labelTokenizer ?? packFiles.tokenizer);
    for (const { text, ids } of expected) {
      assert.deepEqual(pieces.label(text, ids.length + 2).slice(1, -1), ids, JSON.stringify(text));
    }
  });

  it('finds the same words, shapes, windows and words of the lexicon', async () => {
    const pack = await readPack(folder);
    const { words: rules, window: limit } = pack.manifest;
    const pieces = openPieces(pack, packFiles.tokenizer);
    const { cls, sep } = pieces.special;
    for (const { text, words, shapes, window, lexicon } of expected) {
      const matches = [...text.matchAll(new RegExp(rules.pattern, rules.flags))];
      const bounds = matches.flatMap(({ index, 0: word }) => [index, index + word.length]);
      assert.deepEqual(bounds, words.flat(), JSON.stringify(text));
      const alone = matches.map(({ 0: word }) => pieces.word(word));
      const inContext = readerInContext(pack.manifest, (piece) => pieces.idOf(piece));
      const ids: number[] = [];
      let fitting = 0;
      for (const input of alone) {
        if (ids.length + input.ids.length > limit - 2) break;
        ids.push(...input.ids);
        fitting++;
      }
      assert.deepEqual([cls, ...ids, sep], window, JSON.stringify(text));
      const cut = { text, bounds: bounds.slice(0, 2 * fitting), inputs: alone.slice(0, fitting) };
      const read = inContext?.(cut) ?? cut.inputs;
      assert.deepEqual(
        read.map(({ shape }) => shape),
        shapes,
        JSON.stringify(text),
      );
      if (lexicon === undefined) continue;
      assert.deepEqual(
        read.map(({ lexicon: piece = 0 }) => piece),
        lexicon,
        JSON.stringify(text),
      );
    }
  });
}

interface NameLine {
  readonly name: string;
  /** What of it counts. */
  readonly key: string;
  /** Its types with their shares. */
  readonly senses: readonly (readonly [string, number])[];
}

/** Names of ten scripts, looked up by the Python gazetteer. */
function describeNames(folder: string, file: string): void {
  it('knows the same names', async () => {
    const expected = lines<NameLine>(file);
    const names = await readGazetteer(await readPack(folder));
    assert.ok(names !== undefined && names.size > 100_000);
    assert.ok(expected.filter(({ senses }) => senses.length > 0).length > 100);
    for (const { name, key, senses } of expected) {
      assert.equal(nameKey(name), key, name);
      const found: unknown[] = names
        .sensesOf(name)
        .map(({ type, share }) => [names.types[type], share]);
      assert.deepEqual(found, senses, name);
    }
  });
}

interface GoldenSpan {
  readonly start: number;
  readonly end: number;
  readonly score: number;
  readonly path: readonly string[];
  /** Only of the taxonomy. */
  readonly levelScores: readonly number[];
}

interface GoldenLine {
  readonly id: string;
  readonly text: string;
  /** Flat list that was used instead of the taxonomy. */
  readonly list?: string;
  readonly fp32: readonly GoldenSpan[];
  readonly int8: readonly GoldenSpan[];
}

interface GoldenHead {
  readonly pack: string;
  readonly version: string;
  readonly lists: Readonly<Record<string, readonly string[]>>;
}

/** 200 written sentences, decoded in Python from the pack's graphs and from the trained model. */
function describeExtraction(folder: string, file: string): void {
  const [head, ...golden] = lines<GoldenHead & GoldenLine>(file);
  const sentences = golden.filter(({ text }) => splitSentences(text).length === 1);
  const found = new Map<string, readonly GoldenSpan[]>();
  let engine: EncoderEngine;

  before(async () => {
    engine = await EncoderEngine.load(folder, { runtime: 'native' });
    for (const list of [undefined, ...Object.keys(head?.lists ?? {})]) {
      const labels: LabelSpec = list === undefined ? taxonomy : flat(...(head?.lists[list] ?? []));
      const own = sentences.filter((line) => line.list === list);
      const { results } = await collect(engine, own, { labels });
      for (const { id, entities } of results) {
        found.set(
          id,
          entities.map(({ start, end, score = 0, path: type, levelScores = [] }) => ({
            start,
            end,
            score,
            path: type,
            levelScores,
          })),
        );
      }
    }
  });
  after(() => engine.dispose());

  it('was compared with this very pack', () => {
    assert.equal(golden.filter(({ list }) => list === undefined).length, 200);
    assert.ok(sentences.length >= 220, `only ${sentences.length} are one sentence`);
    assert.equal(
      head?.version,
      engine.manifest.version,
      'the fixture was made with another pack: run training/make_fixtures.py',
    );
    const spans = sentences.filter(({ list }) => list !== undefined).flatMap(({ int8 }) => int8);
    assert.ok(spans.length > 50, `only ${spans.length} spans of flat lists`);
  });

  it('agrees on all spans, types and scores (1e-3) with weights of the same precision', () => {
    for (const { id, list, fp32, int8 } of sentences) {
      const wanted = engine.manifest.precision === 'fp32' ? fp32 : int8;
      const spans = found.get(id) ?? [];
      const names = (of: readonly GoldenSpan[]): string[] =>
        of.map(({ start, end, path: type }) => `${start}-${end} ${type.join(' > ')}`);
      assert.deepEqual(names(spans), names(wanted), id);
      spans.forEach(({ score, levelScores }, index) => {
        const other = wanted[index];
        assert.ok(Math.abs(score - (other?.score ?? NaN)) <= 1e-3, `${id} span ${index}`);
        if (list !== undefined) return;
        levelScores.forEach((value, level) =>
          assert.ok(
            Math.abs(value - (other?.levelScores[level] ?? NaN)) <= 1e-3,
            `${id} span ${index} level ${level}`,
          ),
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
}
