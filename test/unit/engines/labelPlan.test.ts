import assert from 'node:assert/strict';
import { dynamicNerLabels } from '../../../src/core/labels/dynamicner';
import { LabelList } from '../../../src/core/labels/labelList';
import { Taxonomy } from '../../../src/core/labels/taxonomy';
import type { LabelEncoder } from '../../../src/engines/encoder/labelEncoder';
import { planLabels, type LabelPlan } from '../../../src/engines/encoder/labelPlan';
import { readPack } from '../../../src/engines/encoder/pack';
import { bundledPack } from './packs';

describe('a label list made ready', () => {
  const tree = new Taxonomy([
    {
      name: 'place',
      children: [
        { name: 'water', children: [{ name: 'river' }, { name: 'lake' }] },
        { name: 'city' },
      ],
    },
    { name: 'person' },
  ]);
  const list = LabelList.fromTaxonomy(tree);

  async function plan(labels: LabelList, named?: readonly string[]): Promise<LabelPlan> {
    const { manifest, labelTexts } = await readPack(bundledPack);
    const encoder = {
      encode: (texts: readonly string[]) =>
        Promise.resolve({
          finding: new Float32Array(texts.length * manifest.finding.dimensions),
          typing: new Float32Array(texts.length * manifest.typing.dimensions),
        }),
    } as LabelEncoder;
    return planLabels(labels.toSpec(), manifest, labelTexts, encoder, named);
  }

  it('has for each leaf its own threshold, else that of the nearest type above', async () => {
    assert.equal((await plan(list)).ownThresholds, undefined);
    const strict = list
      .withSettings(['place'], { threshold: 0.6 })
      .withSettings(['place', 'water'], { threshold: 0.7 })
      .withSettings(['place', 'water', 'lake'], { threshold: 0.8 });
    assert.deepEqual((await plan(strict)).ownThresholds, [0.7, 0.8, 0.6, undefined]);
    assert.deepEqual(
      strict.taxonomy.leaves.map(({ path }) => strict.threshold(path)),
      [0.7, 0.8, 0.6, undefined],
    );
  });

  it('finds the types of the pack’s names among its own and the absent ones, in its taxonomy only', async () => {
    const part = ['person > real person > actor', 'location > geo-political entity > city'];
    const paths = part.map((key) => key.split(' > '));
    const own = dynamicNerLabels.taxonomy.leaves.filter(({ path }) => path[2] !== 'actor');
    const withoutActors = dynamicNerLabels.withEnabled(paths[0] ?? [], false);
    const { known, layout, types } = await plan(withoutActors, [...part, 'person > nobody']);
    const city = own.findIndex(({ path }) => path[2] === 'city');
    assert.deepEqual(known?.columns, [types - 1, city, undefined]);
    assert.equal(layout.leaves.length, types - 1);
    assert.ok(known.weight > 0 && known.sharpness > 0);
    assert.equal((await plan(list, part)).known, undefined);
  });

  it('has the same key with other thresholds, and another with other names, texts or places', async () => {
    const { key } = await plan(list);
    const city = ['place', 'city'];
    const keyOf = async (labels: LabelList): Promise<string> => (await plan(labels)).key;
    assert.equal(await keyOf(list.withSettings(city, { threshold: 0.9 })), key);
    assert.notEqual(await keyOf(list.withSettings(city, { description: 'A town' })), key);
    assert.notEqual(await keyOf(list.withEnabled(city, false)), key);
    const flat = LabelList.flat(['river', 'lake', 'city', 'person'].map((name) => ({ name })));
    assert.notEqual(await keyOf(flat), key);
  });
});
