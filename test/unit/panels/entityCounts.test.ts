import assert from 'node:assert/strict';
import { Taxonomy } from '../../../src/core/labels/taxonomy';
import { EntityCounter } from '../../../src/panels/labels/entityCounts';

const taxonomy = new Taxonomy([
  { name: 'Person', children: [{ name: 'scholar' }, { name: 'other' }] },
  { name: 'art', children: [{ name: 'other' }] },
]);
const scholar = { path: ['person', 'scholar'] };

describe('EntityCounter', () => {
  it('counts a type with those below it, over all documents, by the names of the list', () => {
    const documents = [[scholar, { path: ['person', 'other'] }], [scholar]];
    assert.deepEqual(new EntityCounter().count(taxonomy, documents), {
      counts: { Person: 3, 'Person\nscholar': 2, 'Person\nother': 1 },
      others: [],
    });
  });

  it('tells types that the list does not have, the most frequent first', () => {
    const opera = { path: ['art', 'opera'] };
    const { counts, others } = new EntityCounter().count(taxonomy, [
      [{ path: ['ship'] }, opera, opera],
    ]);
    assert.deepEqual(others, [
      { path: ['art', 'opera'], count: 2 },
      { path: ['ship'], count: 1 },
    ]);
    assert.equal(counts['art'], 2);
  });

  it('counts a document again only when its entities are another array', () => {
    const counter = new EntityCounter();
    const entities = [scholar];
    counter.count(taxonomy, [entities]);
    entities.push(scholar);
    assert.equal(counter.count(taxonomy, [entities]).counts['Person'], 1);
    assert.equal(counter.count(taxonomy, [[...entities]]).counts['Person'], 2);
  });
});
