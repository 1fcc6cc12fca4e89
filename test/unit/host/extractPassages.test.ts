import assert from 'node:assert/strict';
import type { Entity } from '../../../src/core/entity/entity';
import type { Engine, PassageResult } from '../../../src/engines/engine';
import { extractPassages } from '../../../src/host/extractPassages';

/** An engine that finds so many entities in each passage. */
function finding(entities: number): Engine {
  return {
    name: 'fake',
    model: 'fake',
    capabilities: { freeLabels: true, paid: false, remote: false },
    async *extract(passages) {
      for await (const { id } of passages) {
        const all = Array.from({ length: entities }, (_, start): Entity => {
          return { id: `${id}-${start}`, start, end: start + 1, path: ['x'], state: 'suggested' };
        });
        yield { id, entities: all };
      }
    },
    rankTypes: () => Promise.resolve([]),
    dispose: () => Promise.resolve(),
  };
}

async function notices(entities: number, passages: number): Promise<readonly PassageResult[][]> {
  const told: PassageResult[][] = [];
  const params = {
    run: 1,
    passages: Array.from({ length: passages }, (_, index) => ({ id: String(index), text: 'x' })),
    labels: 'none',
  };
  const labels = { kind: 'flat', id: 'none', labels: [] } as const;
  await extractPassages(finding(entities), params, labels, new AbortController().signal, (one) => {
    told.push([...one.results]);
    return Promise.resolve();
  });
  return told;
}

describe('extractPassages', () => {
  it('tells all results, in order, never many entities at a time', async () => {
    const told = await notices(7, 300);
    assert.deepEqual(
      told.flat().map(({ id }) => id),
      Array.from({ length: 300 }, (_, index) => String(index)),
    );
    for (const results of told) {
      const entities = results.reduce((sum, one) => sum + one.entities.length, 0);
      assert.ok(entities < 100 + 7, `${entities} entities in one notice`);
    }
  });

  it('tells never many passages at a time where there is nothing in them', async () => {
    for (const results of await notices(0, 300)) assert.ok(results.length <= 64);
  });
});
