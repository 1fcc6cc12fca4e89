import assert from 'node:assert/strict';
import { readModelFolder, type ClassifierFolder } from '../../../../src/engines/models/modelFolder';
import { openModel } from '../../../../src/engines/models/openModel';
import { openRuntime } from '../../../../src/engines/runtime/openRuntime';
import { ClassifierModel } from '../../../../src/engines/tokenClassification/classifierModel';
import { classifyWords } from '../../../../src/engines/tokenClassification/classifyWords';
import { readTags } from '../../../../src/engines/tokenClassification/tags';
import { readTagSpans } from '../../../../src/engines/tokenClassification/tagSpans';
import { collect, flat } from '../engineSuite';
import {
  inOrder,
  modelFolderOf,
  readReference,
  referenceTexts,
  scoreDistance,
  type ReferenceSpan,
} from '../models/golden';

const aggregations = ['first', 'average', 'max'] as const;
const LOGIT_TOLERANCE = 2e-4;
const SCORE_TOLERANCE = 5e-5;

for (const name of ['token-bio', 'token-bioes', 'token-io']) {
  describe(`${name}, beside the library transformers`, function () {
    this.timeout(60_000);
    const reference = readReference<(typeof aggregations)[number]>(name);
    const texts = referenceTexts();
    let model: ClassifierModel;
    /** Ids of the tokens of each word of each text. */
    let ids: (readonly number[])[][];
    let logits: Float32Array[];

    before(async () => {
      const folder = (await readModelFolder(modelFolderOf(name))) as ClassifierFolder;
      assert.equal(folder.kind, 'token-classification');
      assert.deepEqual(folder.classes, reference.labels);
      model = await ClassifierModel.open(folder, await openRuntime(), 1);
      ids = texts.map(({ text, words }) =>
        words.map(({ start, end }) => model.tokenizer.ids(text.slice(start, end))),
      );
      logits = await model.score(ids);
    });
    after(() => model.release());

    it('reads words with the same tokens', () => {
      const { before: start, after: end } = model.tokenizer;
      ids.forEach((own, row) => {
        assert.deepEqual([...start, ...own.flat(), ...end], reference.rows[row]?.ids);
      });
    });

    it('gives every token the same logits', () => {
      const classes = reference.labels.length;
      logits.forEach((own, row) => {
        const all = reference.rows[row]?.logits ?? new Float32Array();
        const from = model.tokenizer.before.length * classes;
        assert.equal(own.length + model.tokenizer.around * classes, all.length);
        own.forEach((found, at) => {
          const far = Math.abs(found - (all[from + at] ?? Number.NaN));
          assert.ok(far < LOGIT_TOLERANCE, `text ${row}, logit ${at} is ${far} off`);
        });
      });
    });

    for (const aggregation of aggregations) {
      it(`makes the same entities of the tags, by the ${aggregation} of a word's tokens`, () => {
        const tags = readTags(reference.labels);
        let count = 0;
        logits.forEach((own, row) => {
          const pieces = ids[row]?.map(({ length }) => length) ?? [];
          const words = classifyWords(own, reference.labels.length, pieces, aggregation);
          const found = readTagSpans(words, tags).map(
            ({ first, last, type, score }): ReferenceSpan => [first, last, type, score],
          );
          const expected = reference.rows[row]?.[aggregation] ?? [];
          assert.deepEqual(inOrder(found), inOrder(expected), texts[row]?.text);
          assert.ok(scoreDistance(found, expected) < SCORE_TOLERANCE);
          count += found.length;
        });
        assert.ok(count >= texts.length, `${count} entities were compared`);
      });
    }

    it('opens as an engine that gives its own types', async () => {
      const engine = await openModel(modelFolderOf(name), { threads: 1 });
      try {
        const types = engine.description.labels ?? [];
        assert.equal(engine.capabilities.freeLabels, false);
        const passages = texts.map(({ text }, index) => ({ id: String(index), text }));
        const { results } = await collect(engine, passages, { labels: flat('person') });
        const entities = results.flatMap((result) => result.entities);
        assert.ok(entities.length > 0);
        for (const { path, score } of entities) {
          assert.ok(types.includes(path.at(-1) ?? '') || path[0] === 'person', path.join());
          assert.ok((score ?? 0) > 0);
        }
      } finally {
        await engine.dispose();
      }
    });
  });
}
