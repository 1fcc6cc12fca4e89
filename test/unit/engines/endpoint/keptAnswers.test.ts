import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  AnswerFolder,
  questionKey,
  type AnswerStore,
} from '../../../../src/engines/endpoint/answerStore';
import { askOnce, questionsAt } from '../../../servers/ask';
import { answer, ChatServer, type ChatHandler } from '../../../servers/chatServer';

const echo: ChatHandler = (request, response) =>
  answer(request, response, `echo ${request.body.messages?.at(-1)?.content}`);

describe('answers of an endpoint', () => {
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

  it('are looked up so that no question overtakes an earlier one', async () => {
    const store: AnswerStore = {
      get: (key) => delays.pop()?.then(() => undefined) ?? Promise.reject(new Error(key)),
      set: () => Promise.resolve(),
      clear: () => Promise.resolve(),
    };
    const wait = (milliseconds: number) =>
      new Promise((resolve) => setTimeout(resolve, milliseconds));
    const delays = [wait(0), wait(10), wait(30)];
    const questions = questionsAt({ url: server.url }, { concurrency: 1, store });
    await Promise.all(['first', 'second', 'third'].map((text) => askOnce(questions, text)));
    assert.deepEqual(
      server.requests.map(({ body }) => body.messages?.[0]?.content),
      ['first', 'second', 'third'],
    );
    await assert.rejects(askOnce(questions, 'a store that fails'), /^Error: [0-9a-f]{64}$/u);
    delays.push(wait(0));
    assert.equal((await askOnce(questions, 'fourth')).text, 'echo fourth');
  });

  describe('kept on disk', () => {
    const kept = {
      text: 'a\n😀',
      finish: 'whole',
      usage: { promptTokens: 1, completionTokens: 2 },
    } as const;

    it('are the same for another process, and for no other question', async () => {
      const key = questionKey('m', [{ role: 'user', content: 'x' }], { seed: 1 }, 0);
      await new AnswerFolder(folder).set(key, kept);
      assert.deepEqual(await new AnswerFolder(folder).get(key), kept);
      const others = [
        questionKey('n', [{ role: 'user', content: 'x' }], { seed: 1 }, 0),
        questionKey('m', [{ role: 'system', content: 'x' }], { seed: 1 }, 0),
        questionKey('m', [{ role: 'user', content: 'x' }], { seed: 2 }, 0),
        questionKey('m', [{ role: 'user', content: 'x' }], { seed: 1 }, 1),
        questionKey('m', [{ role: 'user', content: 'x' }], { seed: 1, maxTokens: 3 }, 0),
      ];
      assert.equal(new Set([key, ...others]).size, 6);
      for (const other of others)
        assert.equal(await new AnswerFolder(folder).get(other), undefined);
      const again = questionKey('m', [{ content: 'x', role: 'user' }], { seed: 1 }, 0);
      assert.equal(again, key);
    });

    it('survive a torn line', async () => {
      const store = new AnswerFolder(folder);
      await store.set('aa01', kept);
      await store.set('aa02', kept);
      const file = path.join(folder, 'aa.jsonl');
      writeFileSync(file, `${readFileSync(file, 'utf8').slice(0, -20)}\n{"key":"aa03"}\n`);
      const reopened = new AnswerFolder(folder);
      assert.deepEqual(await reopened.get('aa01'), kept);
      assert.equal(await reopened.get('aa02'), undefined);
      assert.equal(await reopened.get('aa03'), undefined);
    });

    it('are bounded: the oldest go', async () => {
      const mostBytes = 256 * 1000;
      const store = new AnswerFolder(folder, mostBytes);
      for (let number = 0; number < 100; number++) await store.set(`aa${number}`, kept);
      assert.ok(statSync(path.join(folder, 'aa.jsonl')).size <= 1000);
      const reopened = new AnswerFolder(folder, mostBytes);
      assert.deepEqual(await reopened.get('aa99'), kept);
      assert.equal(await reopened.get('aa0'), undefined);
    });

    it('are cleared', async () => {
      const store = new AnswerFolder(folder);
      await store.set('aa', kept);
      await store.clear();
      assert.equal(await store.get('aa'), undefined);
      await store.set('bb', kept);
      assert.deepEqual(readdirSync(folder), ['bb.jsonl']);
    });

    it('do no harm where they cannot be written', async () => {
      const file = path.join(folder, 'file');
      writeFileSync(file, '');
      const store = new AnswerFolder(path.join(file, 'below'));
      const questions = questionsAt({ url: server.url }, { store });
      assert.equal((await askOnce(questions, 'Hi')).text, 'echo Hi');
    });
  });
});
