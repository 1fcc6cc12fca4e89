import assert from 'node:assert/strict';
import {
  disagreementOf,
  informationOf,
  reviewOrder,
  type ReviewItem,
} from '../../../src/core/learning/reviewOrder';

const item = (id: string, score: number, more: Partial<ReviewItem> = {}): ReviewItem => ({
  id,
  mention: id,
  path: [id],
  score,
  margin: 1,
  disagreement: 0,
  ...more,
});
const order = (items: readonly ReviewItem[]) => reviewOrder(items, 0.5).map(({ id }) => id);

describe('the order of a review', () => {
  it('begins with what is least sure', () => {
    assert.deepEqual(order([item('sure', 0.98), item('unsure', 0.52), item('fair', 0.7)]), [
      'unsure',
      'fair',
      'sure',
    ]);
  });

  it('counts a narrow margin and different opinions as much as a doubtful score', () => {
    const items = [
      item('plain', 0.9),
      item('narrow', 0.9, { margin: 0.05 }),
      item('torn', 0.9, { disagreement: 0.8 }),
    ];
    assert.deepEqual(order(items), ['narrow', 'torn', 'plain']);
  });

  it('puts off what is like one before it', () => {
    const same = { mention: 'Rome', path: ['city'] };
    const items = [
      item('a', 0.5, same),
      item('b', 0.51, { ...same, mention: 'ROME' }),
      item('c', 0.6),
      item('d', 0.55, { path: ['city'] }),
    ];
    assert.deepEqual(order(items), ['a', 'c', 'd', 'b']);
  });

  it('keeps the order of equals and loses none', () => {
    const items = Array.from({ length: 30 }, (_, at) => item(String(at), 0.8));
    assert.deepEqual(
      order(items),
      items.map(({ id }) => id),
    );
  });

  it('measures information and disagreement in 0 to 1', () => {
    assert.equal(informationOf({ score: 0.3, margin: undefined, disagreement: 0 }, 0.3), 1);
    assert.equal(informationOf({ score: 1, margin: undefined, disagreement: 0 }, 0.5), 0);
    const a = [{ path: ['x'], score: 1 }];
    assert.equal(disagreementOf(a, a), 0);
    assert.equal(disagreementOf(a, [{ path: ['y'], score: 1 }]), 1);
    assert.equal(disagreementOf(a, [{ path: ['x'], score: 0.5 }]), 0.25);
  });
});
