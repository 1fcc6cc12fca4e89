import assert from 'node:assert/strict';
import type { Entity } from '../../../src/core/entity/entity';
import { dynamicNerLabels } from '../../../src/core/labels/dynamicner';
import { LabelList } from '../../../src/core/labels/labelList';
import { EncoderEngine } from '../../../src/engines/encoder/encoderEngine';
import { bundledPack } from './packs';

const text =
  'Ada Lovelace moved from London to Turin. Later HMS Beagle sailed to the Galápagos Islands.';

async function entitiesOf(engine: EncoderEngine, list: LabelList): Promise<readonly Entity[]> {
  for await (const { entities } of engine.extract([{ id: 'a', text }], { labels: list.toSpec() })) {
    return entities;
  }
  return [];
}

function told(entities: readonly Entity[]): string[] {
  return entities.map(({ start, end, path, score = 0 }) =>
    [start, end, path.join('>'), score.toFixed(3)].join(' '),
  );
}

describe('what an engine remembers of spans', function () {
  this.timeout(120_000);

  it('gives what an engine without memory gives, for one list after another', async () => {
    const flat = (...names: readonly string[]): LabelList =>
      LabelList.flat(names.map((name) => ({ name })));
    const city = ['location', 'geo-political entity', 'city'];
    const lists = [
      dynamicNerLabels,
      dynamicNerLabels.withSettings(city, { threshold: 0.9 }),
      dynamicNerLabels.withSettings(city, { description: 'A large town with a mayor' }),
      dynamicNerLabels.withEnabled(['person'], false),
      flat('person', 'town', 'ship'),
      flat('person', 'town', 'vessel'),
      dynamicNerLabels,
    ];
    const remembering = await EncoderEngine.load(bundledPack);
    try {
      const first = told(await entitiesOf(remembering, lists[0] as LabelList));
      assert.ok(first.length >= 4, first.join('\n'));
      const { encoded } = remembering.counters;
      for (const [index, list] of lists.entries()) {
        const fresh = await EncoderEngine.load(bundledPack);
        const expected = told(await entitiesOf(fresh, list));
        await fresh.dispose();
        assert.deepEqual(told(await entitiesOf(remembering, list)), expected, `list ${index}`);
      }
      assert.equal(remembering.counters.encoded, encoded, 'no text was read again');
    } finally {
      await remembering.dispose();
    }
  });
});
