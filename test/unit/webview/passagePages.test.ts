import assert from 'node:assert/strict';
import type { ShownPassage } from '../../../src/core/messages/datasetPanel';
import { PassagePages } from '../../../webview/dataset/list/passagePages';

function passage(number: number, text: string): ShownPassage {
  return {
    id: number,
    number,
    text,
    spans: [],
    problems: [],
    editable: true,
    status: 'open',
    flag: false,
    comment: '',
  };
}

/** Pages whose answers come when the test says so. */
function pagesToAnswer() {
  const asked: ((texts: readonly string[]) => void)[] = [];
  let arrived = 0;
  const pages = new PassagePages(
    () =>
      new Promise((resolve) => {
        asked.push((texts) => resolve(texts.map((text, number) => passage(number, text))));
      }),
    () => arrived++,
    (error) => assert.fail(String(error)),
  );
  const answer = async (...texts: string[]): Promise<void> => {
    asked.shift()?.(texts);
    await new Promise(setImmediate);
  };
  return { pages, answer, waiting: () => asked.length, arrived: () => arrived };
}

describe('the passages a page has asked for', () => {
  it('stay to be seen when they may have changed, but do not count as known', async () => {
    const { pages, answer, arrived } = pagesToAnswer();
    assert.equal(pages.isFresh(0), false);
    pages.want(0, 1);
    await answer('one and two', 'three');
    assert.equal(pages.isFresh(0), true);
    pages.invalidate();
    assert.equal(pages.get(0)?.text, 'one and two');
    assert.equal(pages.isFresh(0), false);
    const ready = pages.ready(0);
    await answer('one', 'and two', 'three');
    assert.equal((await ready)?.text, 'one');
    assert.equal(pages.isFresh(2), true);
    assert.equal(arrived(), 2);
  });

  it('are asked for again when they changed while they were on their way', async () => {
    const { pages, answer, waiting, arrived } = pagesToAnswer();
    const ready = pages.ready(0);
    pages.invalidate();
    await answer('old');
    assert.equal(pages.get(0), undefined);
    assert.equal(arrived(), 0);
    assert.equal(waiting(), 1);
    await answer('new');
    assert.equal((await ready)?.text, 'new');
    assert.equal(waiting(), 0);
  });
});
