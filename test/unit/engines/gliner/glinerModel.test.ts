import assert from 'node:assert/strict';
import type { LabelSpec } from '../../../../src/core/labels/labelSpec';
import { ModelError } from '../../../../src/engines/errors';
import type { GlinerModel } from '../../../../src/engines/gliner/glinerModel';
import { findTypedSpans, type GlinerOptions } from '../../../../src/engines/gliner/glinerTypes';
import { planGroups } from '../../../../src/engines/gliner/labelGroups';
import { readPassage } from '../../../../src/engines/models/modelReadings';
import { splitModelWords } from '../../../../src/engines/models/modelWords';
import type { Tensor } from '../../../../src/engines/runtime/runtime';
import { flat } from '../engineSuite';
import { labelsOf, openFake, spanLogits, vocabulary, wordsOf, type Feeds } from './fakeGliner';

const text = 'Ada met Ada in Paris.';
const flatOnce: GlinerOptions = { threshold: 0.5, overlap: 'flat' };
const table = {
  'ada person': 2,
  'paris city': 3,
  'paris person': 1,
  'paris capital': 4,
  'paris village': 2,
};

async function find(
  model: GlinerModel,
  labels: LabelSpec,
  options = flatOnce,
  texts = [text],
): Promise<string[]> {
  const plan = planGroups(labels, model);
  const readings = texts.flatMap((content, index) =>
    readPassage(
      { id: '', text: content },
      index,
      (part) => splitModelWords(part, 'core'),
      (word) => model.tokenizer.ids(word),
      { words: 50, pieces: 50 },
    ),
  );
  const spans = await findTypedSpans(model, plan, readings, options);
  return spans.map(({ reading, first, last, path, score }) => {
    const [start, end] = [reading.words[first]?.start, reading.words[last]?.end];
    const surface = texts[reading.passage]?.slice(start, end) ?? '';
    return `${reading.passage} ${start}-${end} ${surface} ${path.join('>')} ${score.toFixed(3)}`;
  });
}

describe('a GLiNER model', () => {
  it('prompts with marker and name of each label, by the ids of its tokenizer', async () => {
    const model = await openFake({ run: (feeds) => spanLogits(feeds, 3, {}) });
    const id = (token: string): number => vocabulary.get(token) ?? -1;
    assert.deepEqual(model.prompt(['person', 'my city']), [
      ...[id('<<ENT>>'), id('person'), id('<<ENT>>'), id('m'), id('##y'), id('city')],
      id('<<SEP>>'),
    ]);
    assert.deepEqual(model.tokenizer.before, [1]);
    assert.deepEqual(model.tokenizer.after, [2]);
    const [, ...rest] = model.prompt(['<<ENT>> city']);
    assert.ok(!rest.includes(id('<<ENT>>')), 'a label cannot pass for two');
  });

  it('finds spans at their offsets, for labels in several prompts', async () => {
    const asked: number[] = [];
    const run = (feeds: Feeds): Tensor => {
      asked.push(labelsOf(feeds, 0).length);
      return spanLogits(feeds, 3, table);
    };
    const model = await openFake({ run });
    asked.length = 0;
    assert.deepEqual(await find(model, flat('person', 'label', 'city')), [
      '0 0-3 Ada person 0.881',
      '0 8-11 Ada person 0.881',
      '0 15-20 Paris city 0.953',
    ]);
    assert.deepEqual(asked, [2, 1]);
  });

  it('descends a taxonomy: children are asked for only where their parent was found', async () => {
    const asked: string[] = [];
    const run = (feeds: Feeds): Tensor => {
      const { dims } = feeds['input_ids'] as Tensor;
      asked.push(`${dims[0] ?? 0}: ${labelsOf(feeds, 0).join()}`);
      return spanLogits(feeds, 3, table);
    };
    const model = await openFake({ run });
    asked.length = 0;
    const labels: LabelSpec = {
      kind: 'taxonomy',
      id: 't',
      types: [
        { name: 'person' },
        { name: 'city', children: [{ name: 'village' }, { name: 'capital' }] },
      ],
    };
    const spans = await find(model, labels, flatOnce, ['Ada met Ada.', text]);
    assert.deepEqual(spans, [
      '0 0-3 Ada person 0.881',
      '0 8-11 Ada person 0.881',
      '1 0-3 Ada person 0.881',
      '1 8-11 Ada person 0.881',
      '1 15-20 Paris city>capital 0.953',
    ]);
    const ids = (...names: string[]): string => names.map((name) => vocabulary.get(name)).join();
    assert.deepEqual(asked, [`2: ${ids('person', 'city')}`, `1: ${ids('village', 'capital')}`]);
  });

  it('gives levels and next best types their shares', async () => {
    const model = await openFake({ run: (feeds) => spanLogits(feeds, 3, table) });
    const plan = planGroups(flat('person', 'city'), model);
    const [reading] = readPassage(
      { id: '', text: 'Paris' },
      0,
      (part) => splitModelWords(part, 'core'),
      (word) => model.tokenizer.ids(word),
      { words: 9, pieces: 9 },
    );
    assert.ok(reading);
    const [span] = await findTypedSpans(model, plan, [reading], flatOnce);
    assert.ok(span);
    const share = 1 / (1 + Math.exp(-2));
    assert.ok(Math.abs((span.levelScores[0] ?? 0) - share) < 1e-6);
    assert.deepEqual(span.alternatives[0]?.path, ['person']);
    assert.ok(Math.abs((span.alternatives[0]?.score ?? 0) - (1 - share)) < 1e-6);
  });

  it('obeys the overlap policy and the thresholds of labels', async () => {
    const model = await openFake({ run: (feeds) => spanLogits(feeds, 3, table) });
    const both = flat('person', 'city');
    const multi = await find(model, both, { threshold: 0.5, overlap: 'multi-label' }, ['Paris']);
    assert.deepEqual(multi, ['0 0-5 Paris city 0.953', '0 0-5 Paris person 0.731']);
    const nested = await find(model, both, { threshold: 0.5, overlap: 'nested' }, ['Paris']);
    assert.deepEqual(nested, ['0 0-5 Paris city 0.953']);
    const own = flat({ name: 'person', threshold: 0.9 }, { name: 'city', threshold: 0.1 });
    assert.deepEqual(await find(model, own), ['0 15-20 Paris city 0.953']);
  });

  it('says the same of a text whatever is in its batch', async () => {
    const model = await openFake({ run: (feeds) => spanLogits(feeds, 3, table) });
    const texts = ['Ada.', `${'in '.repeat(30)}Paris`, text, 'Paris met Ada'];
    const together = await find(model, flat('person', 'city'), flatOnce, texts);
    const alone: string[] = [];
    for (const [index, content] of texts.entries()) {
      const found = await find(model, flat('person', 'city'), flatOnce, [content]);
      alone.push(...found.map((span) => span.replace(/^0/u, String(index))));
    }
    assert.deepEqual(together, alone);
  });

  it('knows both layouts of the token kind by trying', async () => {
    const parts = (feeds: Feeds, isLast: boolean): Tensor => {
      const lengths = Array.from((feeds['text_lengths'] as Tensor).data, Number);
      const [rows, words] = [lengths.length, Math.max(...lengths)];
      const labels = labelsOf(feeds, 0).length;
      const data = new Float32Array(rows * words * labels * 3).fill(-9);
      const paris = vocabulary.get('paris');
      wordsOf(feeds, 0).forEach((word, at) => {
        for (let part = 0; part < 3 && word === paris; part++) {
          data[isLast ? at * labels * 3 + part : (part * rows * words + at) * labels] = 1;
        }
      });
      return { data, dims: isLast ? [rows, words, labels, 3] : [3, rows, words, labels] };
    };
    for (const isLast of [true, false]) {
      const model = await openFake({ kind: 'gliner-token', run: (feeds) => parts(feeds, isLast) });
      assert.deepEqual(await find(model, flat('city', 'person')), ['0 15-20 Paris city 0.731']);
    }
  });

  it('is refused where its graph is of another kind', async () => {
    const refuses = async (options: Parameters<typeof openFake>[0], problem: RegExp) =>
      assert.rejects(openFake(options), (error) => {
        assert.ok(error instanceof ModelError);
        assert.match(error.file, /model\.onnx$/u);
        assert.match(error.message, problem);
        return true;
      });
    const dims = [1, 7, 12, 5];
    const run = (): Tensor => ({ data: new Float32Array(420), dims });
    await refuses({ run }, /shape \[1, 7, 12, 5\], which is not that of the kind gliner-span/u);
    await refuses({ run, kind: 'gliner-token' }, /not that of the kind gliner-token/u);
    await refuses({ run, inputs: { input_ids: 'int64' } }, /there is no "attention_mask"/u);
    const fails = (): Tensor => {
      throw new Error('Gather: out of bounds');
    };
    await refuses({ run: fails }, /cannot read a text: Gather: out of bounds/u);
  });
});
