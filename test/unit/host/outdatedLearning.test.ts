import assert from 'node:assert/strict';
import { LabelList } from '../../../src/core/labels/labelList';
import type { AdapterSet } from '../../../src/core/learning/adapterSet';
import type { OutdatedPack } from '../../../src/core/learning/outdated';
import { HostClient } from '../../../src/host/client';
import { HostEngine } from '../../../src/host/hostEngine';
import { collect, plain } from '../engines/engineSuite';
import { buildHost, packFolder } from './hostScript';

const list = LabelList.flat([{ name: 'person' }, { name: 'place' }]);
const text = 'Ada Lovelace left London for Paris.';
const london = { start: text.indexOf('London'), end: text.indexOf('London') + 'London'.length };

describe('a process with what was learned for another version of its model', function () {
  this.timeout(600_000);
  let client: HostClient;
  before(async () => {
    client = new HostClient({ script: await buildHost(), model: { folder: packFolder } });
  });
  after(() => client.dispose());

  async function entitiesOf(engine: HostEngine, labels: LabelList): Promise<unknown> {
    const asked = { labels: labels.toSpec() };
    return plain((await collect(engine, [{ id: 'a', text }], asked)).results);
  }

  it('does without it where somebody is told, and refuses it elsewhere', async () => {
    const model = await client.load();
    const told: (readonly OutdatedPack[])[] = [];
    const engine = new HostEngine(client, model, (_, outdated) => told.push(outdated));
    const entities = [{ ...london, path: ['person'], state: 'accepted' as const }];
    const learned = await engine.learn([{ id: 'a', text, entities }], { labels: list.toSpec() });
    const outdated: AdapterSet = {
      packs: learned.packs.map((pack) => ({ ...pack, version: `${pack.version}-before` })),
    };

    const alone = await entitiesOf(engine, list);
    assert.notDeepEqual(await entitiesOf(engine, list.withLearned(learned)), alone);
    assert.deepEqual(told, []);
    assert.deepEqual(await entitiesOf(engine, list.withLearned(outdated)), alone);
    const { name, version } = model;
    assert.deepEqual(told, [[{ name, version, learnedFor: `${version}-before` }]]);

    const strict = new HostEngine(client, model);
    await assert.rejects(
      entitiesOf(strict, list.withLearned(outdated)),
      new RegExp(`learned is for version ${version}-before`, 'u'),
    );
  });
});
