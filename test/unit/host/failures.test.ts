import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DisposedError, ModelError } from '../../../src/engines/errors';
import { HostClient } from '../../../src/host/client';
import { HostError } from '../../../src/host/errors';
import { PROTOCOL_VERSION } from '../../../src/host/protocol';
import { phraseText } from '../../../src/core/messages/phrase';
import { fakeHost } from './fakeHost';
import { buildHost, root } from './hostScript';

/** Everything that can go wrong between a client and its process, with programs that misbehave. */
describe('HostClient', function () {
  this.timeout(120_000);
  const clients: HostClient[] = [];
  afterEach(() => Promise.all(clients.splice(0).map((client) => client.dispose())));

  function clientOf(
    script: string,
    options: { startSeconds?: number; silentSeconds?: number } = {},
  ): HostClient {
    const model = { folder: '/nowhere/pack' };
    const client = new HostClient({ script, model, startSeconds: 60, ...options });
    clients.push(client);
    return client;
  }
  const segment = (client: HostClient, signal?: AbortSignal): Promise<unknown> =>
    client.segment({ text: 'Ada.', languageId: 'plaintext' }, signal);
  const answer = `onRequest(({ id }) => say({ id, result: { offsets: [0, 4], lexed: true } }));`;

  it('says so when the program is missing', async () => {
    const script = path.join(root, 'out/unit/none.js');
    await assert.rejects(segment(clientOf(script)), (error) => {
      assert.ok(error instanceof HostError);
      assert.match(error.message, /exit code 1\. It said: .*Cannot find module/s);
      assert.ok(error.message.includes(script));
      return true;
    });
  });

  it('says so when the program fails at once, with what it said', async () => {
    await assert.rejects(
      segment(clientOf(fakeHost(`throw new Error('no GLIBC_2.99');`))),
      /exit code 1\. It said: .*no GLIBC_2\.99/s,
    );
  });

  it('gives up on a program that starts too slowly, and ends it', async () => {
    const mark = path.join(root, 'out/unit/fake', `slow-${process.pid}`);
    const script = fakeHost(
      `setTimeout(hello, 30000); require('fs').writeFileSync(${JSON.stringify(mark)}, String(process.pid));`,
    );
    const client = clientOf(script, { startSeconds: 3 });
    await assert.rejects(segment(client), /did not answer within 3 s of its start/);
    assert.equal(await client.pid(), undefined);
    if (existsSync(mark)) {
      const pid = Number(readFileSync(mark, 'utf8'));
      await gone(pid);
      rmSync(mark);
    }
  });

  it('waits for a program that starts slowly, but in time', async () => {
    const client = clientOf(fakeHost(`setTimeout(hello, 500); ${answer}`));
    assert.deepEqual(await segment(client), { offsets: [0, 4], lexed: true });
  });

  it('rejects another version of the protocol', async () => {
    const script = fakeHost(`say({ method: 'hello', params: { protocol: 99, pid: 1 } });`);
    const named = new RegExp(`speaks version 99 of the protocol, not ${PROTOCOL_VERSION}\\.`);
    await assert.rejects(segment(clientOf(script)), named);
  });

  it('says so when the program greets with garbage', async () => {
    const script = fakeHost(`process.stdout.write('Hello!\\n'); setInterval(() => {}, 1000);`);
    await assert.rejects(segment(clientOf(script)), /cannot be read: .*"Hello!"/);
  });

  it('tries a request once more on a new process after garbage, then gives up', async () => {
    const counter = path.join(root, 'out/unit/fake', `count-${process.pid}`);
    rmSync(counter, { force: true });
    const script = fakeHost(
      `hello(); require('fs').appendFileSync(${JSON.stringify(counter)}, 'x');
       onRequest(() => process.stdout.write('free(): invalid pointer'));`,
    );
    await assert.rejects(segment(clientOf(script)), /cannot be read: .*free\(\): invalid pointer/);
    assert.equal(readFileSync(counter, 'utf8'), 'xx');
    rmSync(counter);
  });

  it('is served by the second process when the first one crashes', async () => {
    const mark = path.join(root, 'out/unit/fake', `once-${process.pid}`);
    rmSync(mark, { force: true });
    const script = fakeHost(
      `const fs = require('fs'); const second = fs.existsSync(${JSON.stringify(mark)});
       fs.writeFileSync(${JSON.stringify(mark)}, ''); hello();
       onRequest(({ id }) => second ? say({ id, result: { offsets: [], lexed: true } }) : process.abort());`,
    );
    assert.deepEqual(await segment(clientOf(script)), { offsets: [], lexed: true });
    rmSync(mark);
  });

  it('gives up when the second process crashes too, and starts anew for the next request', async () => {
    const client = clientOf(
      fakeHost(`hello(); onRequest(() => process.kill(process.pid, 'SIGKILL'));`),
    );
    await assert.rejects(segment(client), /was ended by SIGKILL/);
    await assert.rejects(segment(client), /was ended by SIGKILL/);
  });

  it('ends a process that hangs while a request waits', async () => {
    const client = clientOf(fakeHost(`hello(); onRequest(() => { for (;;); });`), {
      silentSeconds: 1,
    });
    await assert.rejects(segment(client), /has been silent for 1 s/);
  });

  it('lets a busy process work as long as it answers', async () => {
    const script = fakeHost(
      `hello(); onRequest(({ id, method }) =>
         method === 'ping' ? say({ id, result: null }) :
         setTimeout(() => say({ id, result: { offsets: [], lexed: true } }), 4000));`,
    );
    const client = clientOf(script, { silentSeconds: 2 });
    assert.deepEqual(await segment(client), { offsets: [], lexed: true });
  });

  it('stops waiting when the signal says so, also while the process starts', async () => {
    const reason = new Error('enough');
    const silent = clientOf(fakeHost(`hello(); onRequest(() => {});`));
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 300);
    await assert.rejects(segment(silent, controller.signal), reason);
    const starting = clientOf(fakeHost(`setInterval(() => {}, 1000);`));
    const other = new AbortController();
    setTimeout(() => other.abort(reason), 300);
    await assert.rejects(segment(starting, other.signal), reason);
  });

  it('rejects what waits when it is disposed, and ends the process', async () => {
    const client = clientOf(fakeHost(`hello(); onRequest(() => {});`));
    const waiting = assert.rejects(segment(client), DisposedError);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const pid = await client.pid();
    assert.ok(pid !== undefined);
    await client.dispose();
    await waiting;
    await gone(pid);
    await assert.rejects(segment(client), DisposedError);
  });

  it('can be disposed while the process starts', async () => {
    const client = clientOf(fakeHost(`setInterval(() => {}, 1000);`));
    const waiting = assert.rejects(segment(client), DisposedError);
    await client.dispose();
    await waiting;
  });

  it('passes a model error on with its file, and serves what needs no model', async () => {
    const client = clientOf(await buildHost());
    await assert.rejects(client.load(), (error) => {
      assert.ok(error instanceof ModelError);
      assert.equal(error.file, '/nowhere/pack');
      assert.match(phraseText(error.problem), /missing/);
      assert.deepEqual(error.wording.args, [error.file, error.problem, error.mend]);
      return true;
    });
    assert.deepEqual(await segment(client), { offsets: [0, 4], lexed: true });
    const labels = { kind: 'flat', id: 'x', labels: [] } as const;
    await assert.rejects(
      client.extract([], labels, {}, () => undefined),
      ModelError,
    );
  });
});

/** Resolves once no process has the id any more. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
