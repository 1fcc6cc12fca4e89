import assert from 'node:assert/strict';
import { groupPassages } from '../../../src/engines/passages';
import type { Passage } from '../../../src/engines/engine';

const passage = (id: number, text = 'text'): Passage => ({ id: String(id), text });
const limits = () => ({ passages: 3, units: 100 });

async function groups(
  passages: Iterable<Passage> | AsyncIterable<Passage>,
  signal?: AbortSignal,
): Promise<string[]> {
  const found: string[] = [];
  for await (const group of groupPassages(passages, limits, signal)) {
    found.push(group.map(({ id }) => id).join(' '));
  }
  return found;
}

describe('groupPassages', () => {
  it('fills groups in order', async () => {
    assert.deepEqual(await groups([1, 2, 3, 4, 5, 6, 7].map((id) => passage(id))), [
      '1 2 3',
      '4 5 6',
      '7',
    ]);
  });

  it('closes a group whose texts are long enough', async () => {
    assert.deepEqual(await groups([passage(1, 'x'.repeat(100)), passage(2), passage(3)]), [
      '1',
      '2 3',
    ]);
  });

  it('makes no group of nothing', async () => {
    assert.deepEqual(await groups([]), []);
  });

  it('gives out what it has when the source makes wait', async () => {
    let release: () => void = () => assert.fail('too early');
    async function* slow(): AsyncGenerator<Passage> {
      yield passage(1);
      yield passage(2);
      await new Promise<void>((resolve) => (release = resolve));
      yield passage(3);
    }
    const reader = groupPassages(slow(), limits);
    const first = await reader.next();
    assert.deepEqual(
      first.value?.map(({ id }) => id),
      ['1', '2'],
    );
    release();
    const second = await reader.next();
    assert.deepEqual(
      second.value?.map(({ id }) => id),
      ['3'],
    );
    assert.equal((await reader.next()).done, true);
  });

  it('reads no further ahead than one passage', async () => {
    let asked = 0;
    function* endless(): Generator<Passage> {
      for (;;) yield passage(++asked);
    }
    const reader = groupPassages(endless(), limits);
    await reader.next();
    assert.equal(asked, 4);
    await reader.return(undefined);
  });

  it('rejects with the signal’s reason, also while the source makes wait, and closes the source', async () => {
    let closed = false;
    const waiting: AsyncIterable<Passage> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise<never>(() => undefined),
        return: () => {
          closed = true;
          return Promise.resolve({ done: true, value: undefined });
        },
      }),
    };
    const controller = new AbortController();
    const work = groups(waiting, controller.signal);
    controller.abort(new Error('enough'));
    await assert.rejects(work, /enough/);
    assert.ok(closed);
    await assert.rejects(groups([passage(1)], controller.signal), /enough/);
  });

  it('passes the source’s error on after what came before it', async () => {
    async function* broken(): AsyncGenerator<Passage> {
      yield passage(1);
      await Promise.resolve();
      throw new Error('line 2 is bad');
    }
    await assert.rejects(groups(broken()), /line 2 is bad/);
  });
});
