import assert from 'node:assert/strict';
import { typeTree } from '../../../webview/dataset/bars/typeTree';

describe('the types of a data set as a tree', () => {
  it('sums what is below, parents first, the most frequent first', () => {
    const tree = typeTree([
      { path: ['location', 'city'], count: 3, accepted: 1 },
      { path: ['person'], count: 2, accepted: 2 },
      { path: ['Location', 'country'], count: 4, accepted: 0 },
      { path: ['location'], count: 1, accepted: 1 },
    ]);
    assert.deepEqual(
      tree.map(({ path, count, accepted }) => [path.join('/'), count, accepted]),
      [
        ['location', 8, 2],
        ['Location/country', 4, 0],
        ['location/city', 3, 1],
        ['person', 2, 2],
      ],
    );
  });

  it('is empty where nothing is', () => {
    assert.deepEqual(typeTree([]), []);
  });
});
