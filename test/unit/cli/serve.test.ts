import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage, type RequestOptions } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { serveWith } from '../../../src/cli/commands/serve';
import { Interrupted } from '../../../src/cli/exit';
import { ExtractionServer } from '../../../src/cli/serving/extractionServer';
import { dynamicNerLabels } from '../../../src/core/labels/dynamicner';
import type { PassageResult } from '../../../src/engines/engine';
import { FakeEngine } from './fakeEngine';
import { extract, lines } from './runExtract';
import { run, type Ran, type RunOptions } from './testEnvironment';

interface Served {
  readonly url: string;
  /** Interrupts the server, and tells how it ended. */
  stop(): Promise<Ran>;
}

const running: Served[] = [];

async function serve(
  args: readonly string[] = [],
  options: RunOptions = {},
  engine = new FakeEngine(),
): Promise<Served> {
  const interruption = new AbortController();
  let ended!: Promise<Ran>;
  const url = await new Promise<string>((resolve, reject) => {
    ended = run(['serve', '--port', '0', ...args], {
      ...options,
      modules: [serveWith(() => Promise.resolve(engine))],
      signal: interruption.signal,
      onOutput: (text) => resolve(text.trim()),
    });
    ended.then(({ stderr }) => reject(new Error(stderr)), reject);
  });
  const served = {
    url,
    stop: () => {
      interruption.abort(new Interrupted());
      return ended;
    },
  };
  running.push(served);
  return served;
}

interface Reply {
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly body: string;
}

/** A request of the plainest client, which may say anything in its head. */
async function ask(
  url: string,
  body: string,
  headers: RequestOptions['headers'] = {},
  method = 'POST',
): Promise<Reply> {
  const asked = request(url, { method, headers, agent: false });
  asked.end(body);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode, type: response.headers['content-type'], body: text };
}

function errorOf({ body }: Reply): string {
  return (JSON.parse(body) as { error: string }).error;
}

const plain = { 'content-type': 'text/plain' };
const json = { 'content-type': 'application/json' };

describe('serve', () => {
  afterEach(async () => {
    await Promise.all(running.splice(0).map((served) => served.stop()));
  });

  it('answers lines of JSON and of text as extract does, and a bad line in its place', async () => {
    const { url } = await serve();
    const input = '{"text": "Anna 😀 Berta", "id": "x", "mine": 1}\nno JSON\n{"text": "Rome"}\n';
    const reply = await ask(`${url}/extract`, input);
    assert.equal(reply.status, 200);
    assert.equal(reply.type, 'application/x-ndjson');
    assert.equal(reply.body, (await extract(['--from', 'jsonl'], { stdin: input })).stdout);
    assert.match(reply.body, /^\{"id":"x".*\n\{"line":2,"error":/u);
    const text = 'Anna met\n\nBerta.';
    const lineByLine = await ask(`${url}/extract`, text, plain);
    assert.equal(lineByLine.body, (await extract([], { stdin: text })).stdout);
    assert.equal((await ask(`${url}/extract`, '')).body, '');
  });

  it('answers one passage, which may be written over several lines', async () => {
    const { url } = await serve(['--offsets', 'utf16', '--level', 'coarse', '--threshold', '0.5']);
    const reply = await ask(`${url}/extract`, '{\n  "text": "😀 Maximilian"\n}', json);
    assert.equal(reply.status, 200);
    assert.equal(reply.type, 'application/json');
    const { entities } = JSON.parse(reply.body) as { entities: Record<string, unknown>[] };
    assert.equal(entities[0]?.['start'], 3);
    assert.equal(entities[0]?.['label'], 'person');
    for (const [body, error] of [
      ['{', /no JSON .*Send \{"text"/u],
      ['{"texts": 1}', /"text"/u],
      ['', /no JSON/u],
    ] as const) {
      const refused = await ask(`${url}/extract`, body, json);
      assert.equal(refused.status, 400, body);
      assert.match(errorOf(refused), error);
    }
  });

  it('answers a line while the client has more to say', async () => {
    const { url } = await serve();
    const asked = request(`${url}/extract`, { method: 'POST' });
    asked.write('{"text": "Anna"}\n');
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    const answered: string[] = [];
    for await (const chunk of response) {
      answered.push(String(chunk));
      // Only what came back for the first line makes the client say the second.
      if (answered.length === 1) asked.end('{"text": "Berta"}\n');
    }
    assert.equal(lines(answered[0] ?? '').length, 1);
    assert.match(answered.join(''), /"Anna".*\n.*"Berta"/u);
  });

  it('answers many at once, each with its own', async () => {
    const { url } = await serve();
    const bodies = Array.from({ length: 20 }, (_, at) => `Person${'x'.repeat(at)}\n`.repeat(30));
    const replies = await Promise.all(bodies.map((body) => ask(`${url}/extract`, body, plain)));
    for (const [at, { body }] of replies.entries()) {
      const texts = lines(body).map((line) => (line as { text: string }).text);
      assert.equal(`${texts.join('\n')}\n`, bodies[at]);
    }
  });

  it('keeps out who does not know the token, and web pages', async () => {
    const variables = { TOKEN: 'sesame' };
    const { url } = await serve(['--token-env', 'TOKEN'], { variables });
    const body = '{"text": "Anna"}\n';
    for (const authorization of [undefined, 'Bearer no', 'Bearer sesame2', 'sesame']) {
      const headers = authorization === undefined ? {} : { authorization };
      const reply = await ask(`${url}/extract`, body, headers);
      assert.equal(reply.status, 401, authorization);
      assert.match(errorOf(reply), /Authorization: Bearer/u);
    }
    const right = { authorization: 'Bearer sesame' };
    assert.equal((await ask(`${url}/extract`, body, right)).status, 200);
    assert.equal((await ask(`${url}/health`, '', {}, 'GET')).status, 200);
    const rebound = await ask(`${url}/extract`, body, { ...right, host: 'evil.example:80' });
    assert.equal(rebound.status, 403);
    const page = await ask(`${url}/extract`, body, { ...right, origin: 'https://evil.example' });
    assert.equal(page.status, 403);
    const local = { ...right, host: 'localhost:1', origin: 'http://localhost:3000' };
    assert.equal((await ask(`${url}/extract`, body, local)).status, 200);
  });

  it('refuses what is too large, whether it is announced or not, and other paths and methods', async () => {
    const { url } = await serve(['--most-megabytes', '1']);
    const large = `${'Anna '.repeat(250_000)}\n`;
    const announced = await ask(`${url}/extract`, large, {
      ...plain,
      'content-length': large.length,
    });
    assert.equal(announced.status, 413);
    assert.match(errorOf(announced), /larger than 1 MB/u);
    const chunked = await ask(`${url}/extract`, large, {
      ...plain,
      'transfer-encoding': 'chunked',
    });
    assert.equal(chunked.status, 413);
    assert.equal((await ask(`${url}/extract`, '', {}, 'GET')).status, 405);
    const lost = await ask(url, '', {}, 'GET');
    assert.equal(lost.status, 404);
    assert.match(errorOf(lost), /POST \/extract/u);
  });

  it('says that the engine failed, and answers the next request', async () => {
    class Failing extends FakeEngine {
      override extract(...args: Parameters<FakeEngine['extract']>) {
        if (!failing) return super.extract(...args);
        throw new Error('The endpoint is away.');
      }
    }
    let failing = true;
    const { url } = await serve([], {}, new Failing());
    const reply = await ask(`${url}/extract`, '{"text": "Anna"}\n');
    assert.equal(reply.status, 500);
    assert.equal(errorOf(reply), 'The endpoint is away.');
    failing = false;
    assert.equal((await ask(`${url}/extract`, '{"text": "Anna"}\n')).status, 200);
  });

  it('stops working for a client that has gone', async () => {
    const aborted: unknown[] = [];
    class Endless extends FakeEngine {
      override async *extract(
        _passages: unknown,
        { signal }: Parameters<FakeEngine['extract']>[1],
      ): AsyncGenerator<PassageResult> {
        began();
        await new Promise((_resolve, reject) =>
          signal?.addEventListener('abort', () => reject(signal.reason as Error)),
        ).catch((error: unknown) => aborted.push(error));
        yield { id: '1', entities: [] };
      }
    }
    let began!: () => void;
    const beginning = new Promise<void>((resolve) => (began = resolve));
    const { url } = await serve([], {}, new Endless());
    const asked = request(`${url}/extract`, { method: 'POST' });
    asked.on('error', () => undefined);
    asked.end('{"text": "Anna"}\n');
    await beginning;
    asked.destroy();
    while (aborted.length === 0) await setImmediate();
  });

  it('ends with 130 after the requests under way, and frees the engine', async () => {
    const engine = new FakeEngine();
    const served = await serve([], {}, engine);
    const asked = request(`${served.url}/extract`, { method: 'POST' });
    asked.write('{"text": "Anna"}\n');
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    const ended = served.stop();
    asked.end('{"text": "Berta"}\n');
    let body = '';
    for await (const chunk of response) body += String(chunk);
    assert.equal(lines(body).length, 2);
    const { code, stdout, stderr } = await ended;
    assert.equal(code, 130);
    assert.equal(stdout, `${served.url}\n`);
    assert.match(stderr, /encoder fake answers POST .*\/extract/u);
    assert.match(stderr, /It ends after the requests under way, in 5 seconds at most\./u);
    assert.ok(engine.disposed);
    await assert.rejects(ask(served.url, ''), /ECONNREFUSED/u);
  });

  it('breaks off what does not end in time', async () => {
    class Silent extends FakeEngine {
      override async *extract(): AsyncGenerator<PassageResult> {
        await new Promise(() => undefined);
        yield { id: '1', entities: [] };
      }
    }
    const server = new ExtractionServer(
      {
        engine: new Silent(),
        settings: { folder: '.' },
        labels: dynamicNerLabels,
        level: undefined,
        work: { labels: dynamicNerLabels.toSpec() },
      },
      {
        port: 0,
        token: undefined,
        mostAtOnce: 1,
        mostBytes: 100,
        version: '1',
        stderr: process.stderr,
      },
    );
    const url = await server.listen();
    const asked = assert.rejects(ask(`${url}/extract`, '{"text": "Anna"}\n'), /socket hang up/u);
    while (server.busy === 0) await setImmediate();
    const other = await ask(`${url}/extract`, '{"text": "Anna"}\n');
    assert.equal(other.status, 503);
    await server.close(1);
    await asked;
  });

  it('says why it cannot begin', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const modules = [serveWith(() => Promise.resolve(new FakeEngine()))];
    const taken = await run(['serve', '--port', String(port)], { modules });
    other.close();
    assert.equal(taken.code, 1);
    assert.match(taken.stderr, /Port \d+ is in use\. Name another with --port/u);
    const unset = await run(['serve', '--token-env', 'NOT_SET'], { modules });
    assert.equal(unset.code, 1);
    assert.match(unset.stderr, /NOT_SET holds no token/u);
    assert.equal((await run(['serve', '--port', '70000'], { modules })).code, 2);
    assert.equal((await run(['serve', 'file.txt'], { modules })).code, 2);
  });
});
