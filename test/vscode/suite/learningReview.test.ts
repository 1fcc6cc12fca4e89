import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answering, closeAll, extract, loadEncoder, openText } from './support';

const review = (): Thenable<unknown> =>
  vscode.commands.executeCommand('dynamicner.reviewUncertain');

describe('Review Uncertain Entities', () => {
  before(loadEncoder);
  afterEach(closeAll);

  it('walks the suggestions until each is decided, the least sure first', async () => {
    const editor = await openText(
      'Marie Curie met Niels Bohr in Paris, and Ada Lovelace in London.',
    );
    const session = await extract();
    const scores = new Map(session.entities.map(({ start, score }) => [start, score ?? 1]));
    assert.ok(scores.size >= 3);
    const seen: number[] = [];
    const keys = ['accept', 'reject', 'skip'];
    const shown = await answering(
      {
        showQuickPick: (items) => {
          seen.push(editor.document.offsetAt(editor.selection.start));
          const key = keys[seen.length - 1] ?? 'accept';
          return (items as { key: string }[]).find((item) => item.key === key);
        },
      },
      review,
    );
    assert.deepEqual(shown, ['There is nothing left to review.']);
    assert.equal(new Set(seen).size, scores.size);
    const states = session.entities.map(({ state }) => state);
    assert.equal(session.rejectedCount, 1);
    assert.equal(states.filter((state) => state === 'suggested').length, 1);
    assert.equal(states.filter((state) => state === 'accepted').length, scores.size - 2);
  });

  it('stops when the question is dismissed', async () => {
    await openText('Marie Curie met Niels Bohr in Paris.');
    const session = await extract();
    const before = session.entityCount;
    const shown = await answering({}, review);
    assert.deepEqual(shown, []);
    assert.equal(session.entities.filter(({ state }) => state === 'suggested').length, before);
  });
});
