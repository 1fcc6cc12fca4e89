import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AnswerFolder } from '../../../../src/engines/endpoint/answerStore';
import { BudgetError, EndpointError } from '../../../../src/engines/endpoint/errors';
import { describeEvent, type EndpointEvent } from '../../../../src/engines/endpoint/events';
import { RunAccount } from '../../../../src/engines/endpoint/runAccount';
import { TurnsByEndpoint } from '../../../../src/engines/endpoint/turns';
import { askOnce, modelAt, questionsAt } from '../../../servers/ask';
import { answer, ChatServer, type ChatHandler } from '../../../servers/chatServer';

const echo: ChatHandler = (request, response) =>
  answer(request, response, `echo ${request.body.messages?.at(-1)?.content}`);

/** Waits until something holds, which the test's time limit bounds. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
}

describe('questions to an endpoint', () => {
  let server: ChatServer;
  let folder: string;
  beforeEach(async () => {
    server = await ChatServer.start(echo);
    folder = mkdtempSync(path.join(tmpdir(), 'answers-'));
  });
  afterEach(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('carry what the options say', async () => {
    await askOnce(questionsAt({ url: server.url, headers: { 'x-team': 'ner' } }), 'Hi', {
      temperature: 0.7,
      maxTokens: 33,
      seed: 2,
      logprobs: 5,
      sample: 2,
    });
    const [{ path: asked, headers, body } = { path: '', headers: {}, body: {} }] = server.requests;
    assert.equal(asked, '/v1/chat/completions');
    assert.equal(headers['x-team'], 'ner');
    assert.deepEqual(body, {
      model: 'test',
      messages: [{ role: 'user', content: 'Hi' }],
      temperature: 0.7,
      max_tokens: 33,
      seed: 2,
      logprobs: true,
      top_logprobs: 5,
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it('in flight are asked once, samples of them each', async () => {
    const account = new RunAccount();
    const questions = questionsAt({ url: server.url });
    await Promise.all(
      [0, 1, 2, 0, 1, 2, 0].map((sample) => askOnce(questions, 'Hi', { account, sample })),
    );
    assert.equal(server.requests.length, 3);
    const { questions: all, requests, shared } = account.statistics;
    assert.deepEqual([all, requests, shared], [7, 3, 4]);
  });

  it('keep to the limit of requests at once, all models of an endpoint together', async () => {
    server.handle((request, response) => {
      setTimeout(() => void echo(request, response, 0), 15);
    });
    const turns = new TurnsByEndpoint();
    const models = ['large', 'small'].map((model) =>
      questionsAt({ url: server.url, model }, { concurrency: 3, turns: turns.of('mine', 3) }),
    );
    await Promise.all(
      models.flatMap((questions) =>
        Array.from({ length: 6 }, (_, index) => askOnce(questions, `q${index}`)),
      ),
    );
    assert.equal(server.requests.length, 12);
    assert.equal(server.mostRunning, 3);
  });

  it('go in their order where they wait', async () => {
    const questions = questionsAt({ url: server.url }, { concurrency: 1 });
    const context = { account: new RunAccount(), signal: new AbortController().signal };
    const asked = [5, 3, 9, 1, 3].map((order, index) =>
      questions.ask([{ role: 'user', content: `${order} ${index}` }], {}, { ...context, order }),
    );
    await Promise.all(asked);
    assert.deepEqual(
      server.requests.map(({ body }) => body.messages?.[0]?.content).slice(1),
      ['1 3', '3 1', '3 4', '5 0', '9 2'].filter(
        (content) => content !== server.requests[0]?.body.messages?.[0]?.content,
      ),
    );
  });

  it('close their sockets when cancelled', async () => {
    server.handle((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(': thinking\n\n');
    });
    const controller = new AbortController();
    const asked = askOnce(questionsAt({ url: server.url }), 'Hi', { signal: controller.signal });
    await until(() => server.running === 1);
    const reason = new Error('changed my mind');
    controller.abort(reason);
    await assert.rejects(asked, reason);
    await until(() => server.closedEarly === 1 && server.connections === 0);
  });

  it('leave the queue when cancelled, and others in flight go on', async () => {
    let release = (): void => undefined;
    server.handle((request, response) => {
      release = () => void echo(request, response, 0);
    });
    const questions = questionsAt({ url: server.url }, { concurrency: 1 });
    const [first, second] = [new AbortController(), new AbortController()];
    const one = askOnce(questions, 'Hi', { signal: first.signal });
    const same = askOnce(questions, 'Hi', { signal: second.signal });
    const waiting = askOnce(questions, 'other', { signal: first.signal });
    await until(() => server.running === 1);
    first.abort(new Error('stop'));
    await assert.rejects(one, /stop/u);
    await assert.rejects(waiting, /stop/u);
    release();
    assert.equal((await same).text, 'echo Hi');
    assert.equal(server.requests.length, 1);
  });

  it('stop at a budget of requests, and go on from kept answers', async () => {
    const store = new AnswerFolder(folder);
    const questions = questionsAt({ url: server.url }, { concurrency: 1, store });
    const run = async (budget: number): Promise<number> => {
      const account = new RunAccount({ requests: budget });
      let done = 0;
      try {
        for (; done < 10; done++) await askOnce(questions, `q${done}`, { account });
      } catch (error) {
        assert.ok(error instanceof BudgetError);
        assert.match(error.message, new RegExp(`budget of ${budget} requests is used up`, 'u'));
      }
      return done;
    };
    assert.equal(await run(4), 4);
    assert.equal(server.requests.length, 4);
    assert.equal(await run(4), 8);
    assert.equal(await run(4), 10);
    assert.equal(server.requests.length, 10);
  });

  it('stop at a budget of tokens', async () => {
    const account = new RunAccount({ tokens: 30 });
    const questions = questionsAt({ url: server.url });
    await askOnce(questions, '1', { account });
    await askOnce(questions, '2', { account });
    await assert.rejects(askOnce(questions, '3', { account }), /budget of 30 tokens/u);
    const { promptTokens, completionTokens } = account.statistics;
    assert.deepEqual([promptTokens, completionTokens], [20, 10]);
  });

  it('do not stop at the budget of another run', async () => {
    server.handle((_, response) => {
      response.writeHead(503);
      response.end();
    });
    const questions = questionsAt(
      { url: server.url },
      { retries: { tries: 3, firstMilliseconds: 9 } },
    );
    const poor = askOnce(questions, 'Hi', { account: new RunAccount({ requests: 1 }) });
    const rich = askOnce(questions, 'Hi', { account: new RunAccount() });
    await until(() => server.requests.length > 0);
    server.handle(echo);
    await assert.rejects(poor, BudgetError);
    assert.equal((await rich).text, 'echo Hi');
  });

  it('wait for all when the server asks for a pause', async () => {
    let isBusy = true;
    server.handle((request, response, number) => {
      if (!isBusy) return echo(request, response, number);
      isBusy = false;
      response.writeHead(429, { 'retry-after-ms': '600' });
      response.end();
    });
    const events: { kind: string; at: number }[] = [];
    const began = performance.now();
    const questions = questionsAt(
      { url: server.url },
      {
        concurrency: 2,
        listener: ({ kind }) => events.push({ kind, at: performance.now() - began }),
      },
    );
    const first = askOnce(questions, 'a');
    await until(() => events.some(({ kind }) => kind === 'failed'));
    await Promise.all([first, askOnce(questions, 'b')]);
    const failed = events.findIndex(({ kind }) => kind === 'failed');
    for (const { at } of events.slice(failed + 1)) {
      // The pause begins a moment before it is told of, on a busy machine a long one.
      assert.ok(at >= (events[failed]?.at ?? 0) + 300, `asked again after ${at} ms`);
    }
  });

  it('are told without the key', async () => {
    const events: EndpointEvent[] = [];
    const key = 'sk-secret';
    server.handle((request, response, number) => {
      if (number > 1) return echo(request, response, number);
      response.writeHead(500);
      response.end(`no, ${key}`);
    });
    const listener = (event: EndpointEvent): void => void events.push(event);
    await askOnce(questionsAt({ url: server.url }, { listener }, { key }), 'Hi');
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['asked', 'failed', 'asked', 'answered'],
    );
    const log = events.map(describeEvent).join('\n');
    assert.doesNotMatch(log + JSON.stringify(events), /sk-secret/u);
    assert.match(log, /user: Hi/u);
    assert.match(log, /try 2/u);
    assert.match(log, /echo Hi/u);
    assert.match(log, /again in \d+ ms/u);
  });

  it('learn what the server refuses', async () => {
    server.handle((request, response) => {
      const refused = ['seed', 'stream_options', 'temperature', 'max_tokens'].find(
        (name) => name in request.body,
      );
      if (refused === undefined) return answer(request, response, 'fine');
      const hint = refused === 'max_tokens' ? "Use 'max_completion_tokens' instead." : '';
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({ error: { message: `Unsupported parameter: '${refused}'. ${hint}` } }),
      );
    });
    const questions = questionsAt({ url: server.url });
    const options = { seed: 1, maxTokens: 9 };
    assert.equal((await askOnce(questions, 'a', options)).text, 'fine');
    assert.equal(server.requests.length, 5);
    assert.equal((await askOnce(questions, 'b', options)).text, 'fine');
    assert.equal(server.requests.length, 6);
    assert.equal(server.requests[5]?.body['max_completion_tokens'], 9);
  });

  it('list the models of a server, and say so where there is none', async () => {
    server.handle((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"object": "list", "data": [{"id": "b"}, {"id": "a"}]}');
    });
    assert.deepEqual(await modelAt({ url: server.url }).listModels(), ['a', 'b']);
    assert.equal(server.requests[0]?.path, '/v1/models');
    await server.stop();
    await assert.rejects(modelAt({ url: server.url }).listModels(), EndpointError);
  });

  it('reads logprobs of streams', async () => {
    const content = [
      { token: 'ci', logprob: -0.1, top_logprobs: [{ token: 'to', logprob: -2 }] },
      { token: 'ty', logprob: 0, top_logprobs: null },
    ];
    server.handle((request, response) =>
      answer(request, response, 'city', { logprobs: { content } }),
    );
    assert.deepEqual((await askOnce(questionsAt({ url: server.url }))).logprobs, [
      { token: 'ci', logprob: -0.1, rivals: [{ token: 'to', logprob: -2 }] },
      { token: 'ty', logprob: 0, rivals: [] },
    ]);
  });

  it('estimates tokens where the server counts none', async () => {
    server.handle((request, response) =>
      answer(request, response, '12345678', { usage: undefined }),
    );
    const { usage } = await askOnce(questionsAt({ url: server.url }), 'abcd');
    assert.deepEqual(usage, { promptTokens: 1, completionTokens: 2 });
  });
});
