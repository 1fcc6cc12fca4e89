import assert from 'node:assert/strict';
import { Taxonomy } from '../../../src/core/labels/taxonomy';
import { labelRows } from '../../../src/panels/labelRows';

const taxonomy = new Taxonomy([
  { name: 'person', children: [{ name: 'scholar' }, { name: 'other' }] },
  { name: 'art', children: [{ name: 'other' }] },
]);
const scholar = { path: ['person', 'scholar'] };

describe('labelRows', () => {
  it('counts a type with its children, over all documents, in the order of the list', () => {
    const rows = labelRows(taxonomy.roots, [[scholar, { path: ['person', 'other'] }], [scholar]]);
    assert.deepEqual(rows, [
      { path: ['person'], count: 3, slot: 1 },
      { path: ['person', 'scholar'], count: 2, slot: 1 },
      { path: ['person', 'other'], count: 1, slot: 1 },
      { path: ['art'], count: 0, slot: 2 },
      { path: ['art', 'other'], count: 0, slot: 2 },
    ]);
  });

  it('shows types that the list does not have, at its end', () => {
    const rows = labelRows(taxonomy.roots, [[{ path: ['art', 'opera'] }]]);
    assert.deepEqual(rows.slice(-2), [
      { path: ['art', 'other'], count: 0, slot: 2 },
      { path: ['art', 'opera'], count: 1, slot: 12 },
    ]);
  });
});
