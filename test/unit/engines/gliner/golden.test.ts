import assert from 'node:assert/strict';
import type { OverlapPolicy } from '../../../../src/core/entity/overlap';
import { GlinerModel } from '../../../../src/engines/gliner/glinerModel';
import { findTypedSpans } from '../../../../src/engines/gliner/glinerTypes';
import { planGroups } from '../../../../src/engines/gliner/labelGroups';
import { readModelFolder, type GlinerFolder } from '../../../../src/engines/models/modelFolder';
import { readPassage, type Reading } from '../../../../src/engines/models/modelReadings';
import { splitModelWords } from '../../../../src/engines/models/modelWords';
import { openModel } from '../../../../src/engines/models/openModel';
import { openRuntime } from '../../../../src/engines/runtime/openRuntime';
import { collect, flat } from '../engineSuite';
import {
  inOrder,
  modelFolderOf,
  readReference,
  referenceTexts,
  scoreDistance,
  type ReferenceSpan,
} from '../models/golden';

/** How the reference library decodes → our policy for the same. */
const policies = { flat: 'flat', nested: 'nested', multi: 'multi-label' } as const satisfies Record<
  string,
  OverlapPolicy
>;
const kinds = {
  'gliner-span': 'gliner-span',
  'gliner-token': 'gliner-token',
  'nuner-zero': 'gliner-token',
  'gliner-bi-span': 'gliner-bi',
  'gliner-bi-token': 'gliner-bi',
} as const;

/** Logits of the graph in another runtime, and in batches of other lengths. */
const LOGIT_TOLERANCE = 2e-4;
const SCORE_TOLERANCE = 5e-5;

for (const [name, kind] of Object.entries(kinds)) {
  describe(`${name}, beside the library gliner`, function () {
    this.timeout(60_000);
    const reference = readReference<keyof typeof policies>(name);
    const texts = referenceTexts();
    const labels = flat(...reference.labels);
    let model: GlinerModel;
    let readings: Reading[];

    before(async () => {
      const folder = (await readModelFolder(modelFolderOf(name))) as GlinerFolder;
      assert.equal(folder.kind, kind);
      model = await GlinerModel.open(folder, await openRuntime(), 1);
      readings = texts.flatMap(({ text }, index) =>
        readPassage(
          { id: '', text },
          index,
          (part) => splitModelWords(part, 'trained'),
          (word) => model.tokenizer.ids(word),
          { words: folder.config.max_len, pieces: folder.positions },
        ),
      );
    });
    after(() => model.release());

    it('reads the same words with the same tokens', () => {
      assert.equal(readings.length, texts.length);
      const { before: start, after: end } = model.tokenizer;
      readings.forEach(({ words, ids }, row) => {
        assert.deepEqual(words, texts[row]?.words);
        const all = [...start, ...model.prompt(reference.labels), ...ids.flat(), ...end];
        assert.deepEqual(all, reference.rows[row]?.ids);
      });
    });

    it('gives every span and label the same logit', async () => {
      const rows = readings.map(({ ids }) => ({
        prompt: model.prompt(reference.labels),
        words: ids,
      }));
      let compared = 0;
      for (let from = 0; from < rows.length; from += 16) {
        const scores = await model.score(rows.slice(from, from + 16), reference.labels);
        scores.forEach((own, at) => {
          const row = from + at;
          const count = rows[row]?.words.length ?? 0;
          const logits = reference.rows[row]?.logits ?? new Float32Array();
          const expected = logitReader(logits, count, reference.labels.length, model.folder.scores);
          for (let first = 0; first < count; first++) {
            for (let last = first; last < Math.min(count, first + 4); last++) {
              for (let label = 0; label < reference.labels.length; label++) {
                const [found, wanted] = [
                  own.logit(first, last, label),
                  expected(first, last, label),
                ];
                const far = Math.abs(found - wanted);
                assert.ok(
                  far < LOGIT_TOLERANCE,
                  `text ${row}, ${first}-${last}: ${found}, ${wanted}`,
                );
                compared++;
              }
            }
          }
        });
      }
      assert.ok(compared > 5000, `${compared} logits were compared`);
    });

    for (const [way, overlap] of Object.entries(policies)) {
      it(`decodes the same spans, ${way}`, async () => {
        const plan = planGroups(labels, model);
        const { threshold } = reference;
        const spans = await findTypedSpans(model, plan, readings, { threshold, overlap });
        const found = texts.map((): ReferenceSpan[] => []);
        for (const { reading, first, last, path, score } of spans) {
          found[reading.passage]?.push([first, last, path[0] ?? '', score]);
        }
        found.forEach((own, row) => {
          const expected = reference.rows[row]?.[way as keyof typeof policies] ?? [];
          assert.deepEqual(inOrder(own), inOrder(expected), texts[row]?.text);
          assert.ok(scoreDistance(own, expected) < SCORE_TOLERANCE);
        });
        assert.ok(found.flat().length >= texts.length, 'the library finds a span a text');
      });
    }

    it('opens as an engine and finds entities of the labels asked for', async () => {
      const engine = await openModel(modelFolderOf(name), { threads: 1 });
      try {
        assert.equal(engine.description.kind, kind);
        const passages = texts.map(({ text }, index) => ({ id: String(index), text }));
        const { threshold } = reference;
        const { results } = await collect(engine, passages, { labels, threshold });
        const entities = results.flatMap((result) => result.entities);
        assert.ok(entities.length > 0);
        for (const { path } of entities) assert.ok(reference.labels.includes(path[0] ?? ''));
      } finally {
        await engine.dispose();
      }
    });
  });
}

/** Reads a span's logit from the library's: spans [words, widths, labels], or starts, ends and insides [words, labels, 3]. */
function logitReader(
  logits: Float32Array,
  words: number,
  labels: number,
  scores: GlinerFolder['scores'],
): (first: number, last: number, label: number) => number {
  if (scores === 'span') {
    const widths = logits.length / words / labels;
    return (first, last, label) =>
      logits[(first * widths + last - first) * labels + label] ?? Number.NaN;
  }
  const part = (word: number, label: number, which: number): number =>
    logits[(word * labels + label) * 3 + which] ?? Number.NaN;
  return (first, last, label) => {
    const inside = Array.from({ length: last - first + 1 }, (_, at) => part(first + at, label, 2));
    return Math.min(part(first, label, 0), part(last, label, 1), ...inside);
  };
}
