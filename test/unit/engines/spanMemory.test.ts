import assert from 'node:assert/strict';
import type { Entity } from '../../../src/core/entity/entity';
import { dynamicNerLabels } from '../../../src/core/labels/dynamicner';
import type { OverlapPolicy } from '../../../src/core/entity/overlap';
import { LabelList } from '../../../src/core/labels/labelList';
import { EncoderEngine } from '../../../src/engines/encoder/encoderEngine';
import { bundledPack } from './packs';

const text =
  'Ada Lovelace moved from London to Turin. Later HMS Beagle sailed to the Galápagos Islands.';

async function entitiesOf(
  engine: EncoderEngine,
  list: LabelList,
  overlap: OverlapPolicy = 'flat',
): Promise<readonly Entity[]> {
  const options = { labels: list.toSpec(), overlap };
  for await (const { entities } of engine.extract([{ id: 'a', text }], options)) return entities;
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
      flat('person', 'town', 'vessel').withSettings(['vessel'], { threshold: 0.99 }),
      flat('island', 'vessel', 'person', 'town'),
      flat('town', 'island'),
      flat('person', ...Array.from({ length: 80 }, (_, number) => `thing ${number}`), 'town'),
      flat('person', ...Array.from({ length: 80 }, (_, number) => `thing ${number}`), 'city'),
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

  it('serves every threshold and overlap policy', async () => {
    const list = LabelList.flat([{ name: 'person' }, { name: 'place' }, { name: 'town' }]);
    const engine = await EncoderEngine.load(bundledPack);
    try {
      const cases = [0.2, 0.9].flatMap((threshold) =>
        (['flat', 'nested', 'multi-label'] as const).map((overlap) => ({ threshold, overlap })),
      );
      const expected = new Map<string, string[]>();
      for (const one of [...cases, ...cases]) {
        const own = list.withSettings(['place'], { threshold: one.threshold });
        const key = JSON.stringify(one);
        const found = told(await entitiesOf(engine, own, one.overlap));
        let alone = expected.get(key);
        if (alone === undefined) {
          const fresh = await EncoderEngine.load(bundledPack);
          alone = told(await entitiesOf(fresh, own, one.overlap));
          await fresh.dispose();
          expected.set(key, alone);
        }
        assert.deepEqual(found, alone, key);
      }
    } finally {
      await engine.dispose();
    }
  });

  it('counts in what is learned, and forgets it with that', async () => {
    const list = LabelList.flat([{ name: 'person' }, { name: 'place' }]);
    const engine = await EncoderEngine.load(bundledPack);
    try {
      const before = told(await entitiesOf(engine, list));
      const london = text.indexOf('London');
      const passage = {
        id: 'a',
        text,
        entities: [
          {
            start: london,
            end: london + 'London'.length,
            path: ['person'],
            state: 'accepted' as const,
          },
        ],
      };
      const learned = await engine.learn([passage], { labels: list.toSpec() });
      const after = told(await entitiesOf(engine, list.withLearned(learned)));
      assert.notDeepEqual(after, before);
      assert.deepEqual(told(await entitiesOf(engine, list)), before);
      const strict = list.withSettings(['place'], { threshold: 1 }).withLearned(learned);
      const without = after.filter((one) => !one.includes('place'));
      assert.deepEqual(told(await entitiesOf(engine, strict)), without);
    } finally {
      await engine.dispose();
    }
  });
});
