import assert from 'node:assert/strict';
import type { AdapterSet } from '../../../src/core/learning/adapterSet';
import { outdatedPacks, withoutOutdated } from '../../../src/core/learning/outdated';

const set: AdapterSet = {
  packs: [
    { pack: 'small', version: '2.0.0', width: 1, labels: [] },
    { pack: 'many', version: '1.0.0', width: 1, labels: [] },
    { pack: 'gone', version: '1.0.0', width: 1, labels: [] },
  ],
};

describe('what was learned for another version of a pack', () => {
  it('is found, and left out', () => {
    const outdated = outdatedPacks(set, [
      { name: 'small', version: '2.1.0' },
      { name: 'many', version: '1.0.0' },
      { name: 'new', version: '1.0.0' },
    ]);
    assert.deepEqual(outdated, [{ name: 'small', version: '2.1.0', learnedFor: '2.0.0' }]);
    assert.deepEqual(
      withoutOutdated(set, outdated).packs.map(({ pack }) => pack),
      ['many', 'gone'],
    );
  });

  it('is none where the version is the same, or the model is no pack', () => {
    assert.deepEqual(outdatedPacks(set, [{ name: 'small', version: '2.0.0' }]), []);
    assert.deepEqual(outdatedPacks(set, []), []);
    assert.deepEqual(withoutOutdated(set, []), set);
  });
});
