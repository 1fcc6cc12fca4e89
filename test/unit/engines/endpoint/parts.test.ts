import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InputError } from '../../../../src/core/errors';
import { proxyFor } from '../../../../src/engines/endpoint/agents';
import { BudgetError, EndpointError } from '../../../../src/engines/endpoint/errors';
import type { EndpointEvent } from '../../../../src/engines/endpoint/events';
import { isLoopback, readProfile } from '../../../../src/engines/endpoint/profile';
import { pauseAfter, readRetryAfter } from '../../../../src/engines/endpoint/retries';
import { RunAccount } from '../../../../src/engines/endpoint/runAccount';
import { Turns } from '../../../../src/engines/endpoint/turns';
import { mapInOrder } from '../../../../src/engines/inOrder';
import { phrase } from '../../../../src/core/messages/phrase';
import { runs } from '../../scale';
import { askOnce, questionsAt } from '../../../servers/ask';
import { answer, ChatServer } from '../../../servers/chatServer';

describe('profiles of endpoints', () => {
  it('fill in what is left out, and name what does not fit', () => {
    const profile = readProfile('mine', { url: 'http://127.0.0.1:8000/v1', model: 'm' });
    assert.deepEqual(profile, {
      url: 'http://127.0.0.1:8000/v1',
      model: 'm',
      stream: true,
      concurrency: 8,
      connectSeconds: 10,
      totalSeconds: 120,
      tries: 4,
      choice: 'auto',
    });
    for (const [value, message] of [
      [{ url: 'ftp://x/', model: 'm' }, /^mine:"url"/u],
      [{ url: 'http://x/' }, /^mine:"model"/u],
      [{ url: 'http://x/', model: 'm', concurrency: 0 }, /^mine:"concurrency"/u],
      [{ url: 'http://x/', model: 'm', key: 'sk' }, /^mine/u],
      ['http://x/', /^mine/u],
    ] as const) {
      assert.throws(
        () => readProfile('mine', value),
        (error) => error instanceof InputError && message.test(error.message),
      );
    }
  });

  it('know what stays on the machine', () => {
    for (const url of ['http://localhost:1/v1', 'http://127.3.2.1/', 'http://[::1]:8/v1']) {
      assert.ok(isLoopback(url), url);
    }
    for (const url of [
      'http://localhost.evil.org/',
      'http://10.0.0.1/',
      'http://127.0.0.1.nip.io/',
    ]) {
      assert.ok(!isLoopback(url), url);
    }
  });

  it('go through the proxy of the environment', () => {
    const variables = {
      HTTPS_PROXY: 'http://proxy:1',
      http_proxy: 'http://proxy:2',
      NO_PROXY: 'inside.org, .lab.net:443',
    };
    for (const [url, proxy] of [
      ['https://api.example.com/v1', 'http://proxy:1'],
      ['http://api.example.com/v1', 'http://proxy:2'],
      ['https://inside.org/v1', undefined],
      ['https://a.inside.org/v1', undefined],
      ['https://notinside.org/v1', 'http://proxy:1'],
      ['https://gpu.lab.net/v1', undefined],
      ['http://127.0.0.1:8000/v1', undefined],
    ] as const) {
      assert.equal(proxyFor(url, variables), proxy, url);
    }
    assert.equal(proxyFor('https://x.org/', { NO_PROXY: '*', ALL_PROXY: 'http://p' }), undefined);
    assert.equal(proxyFor('https://x.org/', { ALL_PROXY: 'http://p' }), 'http://p');
    assert.equal(proxyFor('https://x.org/', {}), undefined);
  });
});

describe('pauses between tries', () => {
  const failure = (retryAfterMilliseconds?: number) =>
    new EndpointError('busy', 'host', phrase`busy`, phrase`Wait.`, { retryAfterMilliseconds });

  it('double, with half of them random', () => {
    const pause = (attempt: number, random: number) =>
      pauseAfter(failure(), attempt, { tries: 9, firstMilliseconds: 100, random: () => random });
    assert.deepEqual([pause(1, 0), pause(1, 1), pause(3, 0), pause(3, 1)], [50, 100, 200, 400]);
    assert.equal(pauseAfter(failure(), 9, { tries: 9 }), undefined);
    assert.equal(pauseAfter(new Error('x'), 1, { tries: 9 }), undefined);
    const most = { tries: 99, mostMilliseconds: 700, random: () => 1 };
    assert.equal(pauseAfter(failure(), 50, most), 700);
    assert.equal(pauseAfter(failure(701), 1, most), undefined);
    assert.ok((pauseAfter(failure(600), 1, most) ?? 0) >= 600);
  });

  it('are read from headers', () => {
    const read = (headers: Record<string, string>): number | undefined =>
      readRetryAfter(new Headers(headers), Date.parse('2026-01-01T00:00:00Z'));
    assert.equal(read({ 'retry-after': '2' }), 2000);
    assert.equal(read({ 'retry-after-ms': '30', 'retry-after': '2' }), 30);
    assert.equal(read({ 'retry-after': 'Thu, 01 Jan 2026 00:00:05 GMT' }), 5000);
    assert.equal(read({ 'retry-after': 'Thu, 01 Jan 2015 00:00:05 GMT' }), 0);
    assert.equal(read({ 'retry-after': 'soon' }), undefined);
    assert.equal(read({}), undefined);
  });
});

describe('turns', () => {
  it('never let more work run than they may, and let all of it run', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.record({ order: fc.nat(9), fails: fc.boolean() }), { maxLength: 30 }),
        async (most, pieces) => {
          const turns = new Turns(most);
          let running = 0;
          let ran = 0;
          await Promise.allSettled(
            pieces.map(({ order, fails }) =>
              turns.run(order, async () => {
                running++;
                assert.ok(running <= most);
                await new Promise(setImmediate);
                running--;
                ran++;
                if (fails) throw new Error('failed');
              }),
            ),
          );
          assert.equal(ran, pieces.length);
        },
      ),
      runs(30),
    );
  });
});

describe('work in order', () => {
  it('yields in order, reads no further ahead than it may, and tells failures in their turn', async () => {
    let read = 0;
    const source = function* () {
      for (let number = 0; number < 20; number++) {
        read++;
        yield number;
      }
    };
    const seen: number[] = [];
    const work = async (number: number): Promise<number> => {
      await new Promise((resolve) => setTimeout(resolve, (number * 7) % 5));
      if (number === 12) throw new Error('twelve');
      return number;
    };
    await assert.rejects(async () => {
      for await (const number of mapInOrder(source(), 4, work)) {
        seen.push(number);
        assert.ok(read <= number + 6, `${read} were read at ${number}`);
      }
    }, /twelve/u);
    assert.deepEqual(seen, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('yields what is ready while its source makes wait', async () => {
    let release = (): void => assert.fail('too early');
    async function* source(): AsyncGenerator<number> {
      yield 1;
      await new Promise<void>((resolve) => (release = resolve));
      yield 2;
    }
    const results = mapInOrder(source(), 4, (number) => Promise.resolve(number));
    assert.deepEqual(await results.next(), { done: false, value: 1 });
    release();
    assert.deepEqual(await results.next(), { done: false, value: 2 });
    assert.equal((await results.next()).done, true);
  });

  it('stops the rest when the reader leaves or the signal says so', async () => {
    const signals: AbortSignal[] = [];
    const work = (number: number, _: number, signal: AbortSignal): Promise<number> => {
      signals.push(signal);
      return number === 0 ? Promise.resolve(0) : new Promise(() => undefined);
    };
    for await (const number of mapInOrder([0, 1, 2], 3, work)) {
      assert.equal(number, 0);
      break;
    }
    assert.ok(signals.length > 0 && signals.every(({ aborted }) => aborted));
    const controller = new AbortController();
    const results = mapInOrder([0, 1], 3, work, controller.signal);
    await results.next();
    const next = results.next();
    controller.abort(new Error('enough'));
    await assert.rejects(next, /enough/u);
  });
});

describe('choices', () => {
  const names = ['city', 'country'];

  /** A server that knows one way of being held to choices; others it ignores or refuses. */
  async function serverOf(knows: string, refuses: boolean): Promise<ChatServer> {
    return ChatServer.start((request, response) => {
      const { body } = request;
      const structured = body['structured_outputs'] as { choice: string[] } | undefined;
      const format = body['response_format'] as
        { json_schema: { schema: { properties: { answer: { enum: string[] } } } } } | undefined;
      const grammar = body['grammar'] as string | undefined;
      const known: Record<string, (() => string) | undefined> = {
        structured_outputs: structured && (() => structured.choice[1] ?? ''),
        guided_choice:
          'guided_choice' in body
            ? () => String((body['guided_choice'] as string[])[1])
            : undefined,
        grammar: grammar === undefined ? undefined : () => /\| "(.*)"$/u.exec(grammar)?.[1] ?? '',
        json_schema:
          format &&
          (() => JSON.stringify({ answer: format.json_schema.schema.properties.answer.enum[1] })),
      };
      const asked = Object.keys(known).find((name) => known[name] !== undefined);
      if (asked !== undefined && asked !== knows && refuses) {
        response.writeHead(400, { 'content-type': 'application/json' });
        response.end('{"error": {"message": "I do not know that."}}');
        return;
      }
      answer(request, response, (asked === knows ? known[asked]?.() : undefined) ?? 'Hello!');
    });
  }

  for (const knows of ['structured_outputs', 'guided_choice', 'grammar', 'json_schema', 'none']) {
    for (const refuses of [true, false]) {
      it(`are found out: ${knows}, others ${refuses ? 'refused' : 'ignored'}`, async () => {
        const server = await serverOf(knows, refuses);
        try {
          const questions = questionsAt({ url: server.url, choice: 'auto' });
          const { text } = await askOnce(questions, 'What is it?', { choice: names });
          assert.equal(text, knows === 'none' ? 'Hello!' : 'country');
          const before = server.requests.length;
          await askOnce(questions, 'And that?', { choice: names });
          assert.equal(server.requests.length, before + 1, 'it was found out again');
        } finally {
          await server.stop();
        }
      });
    }
  }

  it('are found out on the account of whoever asks, and in the trace', async () => {
    const server = await serverOf('grammar', true);
    try {
      const events: EndpointEvent[] = [];
      const questions = questionsAt(
        { url: server.url, choice: 'auto' },
        { listener: (event) => void events.push(event) },
      );
      const account = new RunAccount();
      await askOnce(questions, 'What is it?', { choice: names, account });
      const { questions: asked, requests, failed, promptTokens } = account.statistics;
      // structured_outputs and guided_choice are refused, grammar is found, then the question itself.
      assert.deepEqual([asked, requests, failed], [1, 4, 2]);
      assert.equal(requests, server.requests.length);
      assert.equal(promptTokens, 20);
      assert.equal(events.filter(({ kind }) => kind === 'asked').length, 4);
      assert.equal(events.filter(({ kind }) => kind === 'failed').length, 2);
    } finally {
      await server.stop();
    }
  });

  it('stop at a budget, which is no reason for another run to stop', async () => {
    const server = await serverOf('grammar', true);
    try {
      const questions = questionsAt({ url: server.url, choice: 'auto' });
      const poor = new RunAccount({ requests: 2 });
      const rich = new RunAccount();
      const [first, second] = await Promise.allSettled([
        askOnce(questions, 'What is it?', { choice: names, account: poor }),
        askOnce(questions, 'And that?', { choice: names, account: rich }),
      ]);
      assert.ok(first.status === 'rejected' && first.reason instanceof BudgetError);
      assert.ok(second.status === 'fulfilled' && second.value.text === 'country');
      assert.equal(poor.statistics.requests, 2);
    } finally {
      await server.stop();
    }
  });
});
