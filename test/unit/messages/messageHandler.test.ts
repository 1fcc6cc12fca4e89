import assert from 'node:assert/strict';
import * as z from 'zod/mini';
import { MessageHandler, RequestError, type Port } from '../../../src/core/messages/messageHandler';

/** Two ports joined by a wire that delivers later, as structured clones. */
function wire(): [Port, Port] {
  const listeners: [Set<(m: unknown) => void>, Set<(m: unknown) => void>] = [new Set(), new Set()];
  const port = (own: 0 | 1): Port => ({
    post: (message) => {
      setImmediate(() => listeners[own === 0 ? 1 : 0].forEach((l) => l(structuredClone(message))));
    },
    onMessage: (listener) => {
      listeners[own].add(listener);
      return { dispose: () => void listeners[own].delete(listener) };
    },
  });
  return [port(0), port(1)];
}

const contract = {
  double: { params: z.number(), result: z.number() },
  fail: { params: z.optional(z.void()), result: z.string() },
};
const none = {};

describe('MessageHandler', () => {
  it('answers requests in whatever order they finish', async () => {
    const [a, b] = wire();
    const asker = new MessageHandler(a, none, none, contract);
    new MessageHandler(
      b,
      contract,
      {
        double: async (n) => {
          await new Promise((done) => setTimeout(done, n === 1 ? 20 : 0));
          return 2 * n;
        },
        fail: () => 'never asked',
      },
      none,
    );
    assert.deepEqual(
      await Promise.all([asker.request('double', 1), asker.request('double', 2)]),
      [2, 4],
    );
  });

  it('hands the other end’s error to the asker', async () => {
    const [a, b] = wire();
    const asker = new MessageHandler(a, none, none, contract);
    new MessageHandler(
      b,
      contract,
      {
        double: (n) => n,
        fail: () => {
          throw new Error('the file is gone');
        },
      },
      none,
    );
    await assert.rejects(asker.request('fail', undefined), /"fail": the file is gone/);
  });

  it('refuses parameters and results of the wrong type, naming the request', async () => {
    const [a, b] = wire();
    const asker = new MessageHandler(a, none, none, contract);
    new MessageHandler(
      b,
      contract,
      { double: () => 'two' as unknown as number, fail: () => 'x' },
      none,
    );
    await assert.rejects(asker.request('double', 'one' as unknown as number), RequestError);
    await assert.rejects(asker.request('double', 1), /answer to "double"/);
  });

  it('refuses names outside the contract, also those every object has', async () => {
    const [a, b] = wire();
    const replies: unknown[] = [];
    a.onMessage((message) => replies.push(message));
    new MessageHandler(b, contract, { double: (n) => n, fail: () => 'x' }, none);
    a.post({ kind: 'request', id: 1, name: 'constructor', params: 1 });
    a.post({ kind: 'request', id: 'no number', name: 'double', params: 1 });
    a.post('not a message');
    await new Promise((done) => setTimeout(done, 20));
    assert.deepEqual(replies, [
      { kind: 'failure', id: 1, message: '"constructor" is not known here.' },
    ]);
  });

  it('leaves no request waiting when it is disposed', async () => {
    const [a] = wire();
    const asker = new MessageHandler(a, none, none, contract);
    const answer = asker.request('double', 1);
    asker.dispose();
    await assert.rejects(answer, /not answered before the other side was closed/);
  });
});
