import assert from 'node:assert/strict';
import type { DatasetFilter } from '../../../src/core/messages/datasetPanel';
import { queryOf } from '../../../src/panels/dataset/queries';

const everything: DatasetFilter = {
  text: '',
  type: null,
  state: null,
  score: null,
  annotator: null,
  mark: null,
  sort: 'file',
};

describe('the filter of the data-set editor', () => {
  it('asks nothing where everything is to be shown as it stands', () => {
    assert.equal(queryOf(everything), undefined);
  });

  it('asks of one span its type, state and score at once', () => {
    const filter: DatasetFilter = {
      ...everything,
      type: ['location', 'city'],
      state: 'accepted',
      score: { from: 0.2, to: 0.6 },
    };
    assert.deepEqual(queryOf(filter), {
      entity: {
        path: ['location', 'city'],
        states: ['accepted', 'corrected', 'added'],
        least: 0.2,
        most: 0.6,
      },
    });
  });

  it('asks for spans of a type as they are counted: without the rejected ones', () => {
    const query = queryOf({ ...everything, type: ['location'] });
    const states = ['suggested', 'accepted', 'corrected', 'added'];
    assert.deepEqual(query, { entity: { path: ['location'], states } });
    const rejected = queryOf({ ...everything, type: ['location'], state: 'rejected' });
    assert.deepEqual(rejected?.entity?.states, ['rejected']);
  });

  it('asks of the passage its text, annotator, marks and order', () => {
    const asked = (part: Partial<DatasetFilter>): unknown => queryOf({ ...everything, ...part });
    assert.deepEqual(asked({ text: 'Ada' }), { text: { find: 'Ada' } });
    assert.deepEqual(asked({ annotator: 'bob' }), { annotator: 'bob' });
    assert.deepEqual(asked({ mark: 'flagged' }), { flag: true });
    assert.deepEqual(asked({ mark: 'commented' }), { comment: true });
    assert.deepEqual(asked({ mark: 'skipped' }), { status: ['skipped'] });
    assert.deepEqual(asked({ mark: 'problem' }), { problems: true });
    assert.deepEqual(asked({ state: 'none' }), { hasEntities: false });
    assert.deepEqual(asked({ sort: 'uncertainty' }), { order: 'uncertainty' });
  });
});
