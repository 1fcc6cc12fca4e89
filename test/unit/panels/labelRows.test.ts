import assert from 'node:assert/strict';
import type { TypePath } from '../../../src/core/entity/entity';
import { Taxonomy } from '../../../src/core/labels/taxonomy';
import { labelRows } from '../../../src/panels/labelRows';

const taxonomy = new Taxonomy([
  { name: 'person', children: [{ name: 'scholar' }, { name: 'other' }] },
  { name: 'art', children: [{ name: 'other' }] },
]);
const colourOf = ([top, below]: TypePath) =>
  below === 'opera' ? { light: '#111111', dark: '#eeeeee' } : top === 'person' ? 0 : 1;
const scholar = { path: ['person', 'scholar'] };

describe('labelRows', () => {
  it('counts a type with its children, over all documents, in the order of the list', () => {
    const rows = labelRows(
      taxonomy.roots,
      [[scholar, { path: ['person', 'other'] }], [scholar]],
      colourOf,
    );
    assert.deepEqual(rows, [
      { path: ['person'], count: 3, colour: 0 },
      { path: ['person', 'scholar'], count: 2, colour: 0 },
      { path: ['person', 'other'], count: 1, colour: 0 },
      { path: ['art'], count: 0, colour: 1 },
      { path: ['art', 'other'], count: 0, colour: 1 },
    ]);
  });

  it('shows types that the list does not have, at its end', () => {
    const rows = labelRows(taxonomy.roots, [[{ path: ['art', 'opera'] }]], colourOf);
    assert.deepEqual(rows.slice(-2), [
      { path: ['art', 'other'], count: 0, colour: 1 },
      { path: ['art', 'opera'], count: 1, colour: { light: '#111111', dark: '#eeeeee' } },
    ]);
  });
});
