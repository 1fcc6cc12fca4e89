import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ChatServer } from '../../servers/chatServer';
import { oracle } from '../../servers/oracle';
import { extract, lines } from './runExtract';

const texts = ['Anna met Bert in Rome.', 'Cyril saw Oslo.', 'Dina left Kyiv for Bonn.'];
const gold = texts.map((text) => ({
  text,
  entities: [...text.matchAll(/\p{Lu}\p{L}+/gu)].map(({ index, 0: mention }) => ({
    start: index,
    end: index + mention.length,
    path: ['location', 'geo entity', 'city'],
  })),
}));

describe('extract with an endpoint', () => {
  let folder: string;
  let server: ChatServer;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'cascade-'));
    server = await ChatServer.start(oracle(gold));
    writeFileSync(path.join(folder, 'in.txt'), `${texts.join('\n')}\n`);
  });
  afterEach(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const mentions = (stdout: string): string[] =>
    (lines(stdout) as { text: string; entities: { start: number; end: number }[] }[]).flatMap(
      ({ text, entities }) => entities.map(({ start, end }) => text.slice(start, end)),
    );
  const all = ['Anna', 'Bert', 'Rome', 'Cyril', 'Oslo', 'Dina', 'Kyiv', 'Bonn'];
  const settings = (content: object): void =>
    writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(content));
  const endpoint = () => ({ url: server.url, model: 'm', choice: 'none' });

  it('given by its URL does both stages', async () => {
    const args = ['--engine', 'cascade', '--endpoint', server.url, '--endpoint-model', 'm'];
    args.push('--classifier-model', 'large');
    const { code, stdout, stderr } = await extract(
      [...args, '--labels', 'thing', '--samples', '2', '--stats', '--no-cache', 'in.txt'],
      { folder },
    );
    assert.equal(code, 0, stderr);
    assert.deepEqual(mentions(stdout), all);
    assert.match(stderr, /model: cascade m \+ large\n/u);
    assert.match(stderr, /tokens: \d+ of questions/u);
    const extractions = server.requests.filter(({ body }) =>
      texts.includes(body.messages?.at(-1)?.content ?? ''),
    );
    assert.equal(extractions.length, 2 * texts.length);
    for (const request of server.requests) {
      assert.equal(request.body.model, extractions.includes(request) ? 'm' : 'large');
    }
  });

  it('of a profile mixes with the encoder, with the key of its variable', async () => {
    settings({ 'dynamicner.endpoints': { mine: { ...endpoint(), keyVariable: 'MY_KEY' } } });
    const args = ['--config', 'settings.json', '--engine', 'cascade', '--extractor', 'encoder'];
    args.push('--classifier', 'endpoint:mine', '--labels', 'thing', '--no-cache', '--trace');
    const keyless = await extract([...args, 'in.txt'], { folder });
    assert.equal(keyless.code, 1);
    assert.match(keyless.stderr, /mine: The environment variable MY_KEY is not set/u);
    const variables = { MY_KEY: 'sk-1' };
    const { code, stdout, stderr } = await extract([...args, 'in.txt'], { folder, variables });
    assert.equal(code, 0, stderr);
    assert.deepEqual(mentions(stdout), all);
    assert.ok(server.requests.every(({ headers }) => headers.authorization === 'Bearer sk-1'));
    assert.match(stderr, /user: The ##Anna## in the sentence/u);
    assert.doesNotMatch(stderr, /sk-1/u);
  });

  it('of a workspace sends neither text nor a variable that the command line does not name', async () => {
    mkdirSync(path.join(folder, '.vscode'));
    const workspace = (profile: object): void =>
      writeFileSync(
        path.join(folder, '.vscode', 'settings.json'),
        JSON.stringify({
          'dynamicner.endpoints': { mine: { ...endpoint(), ...profile } },
          'dynamicner.engine': {
            protocol: 'cascade',
            extractor: { by: 'endpoint:mine', samples: 1 },
            classifier: { by: 'endpoint:mine' },
          },
        }),
      );
    const args = ['--config', '.vscode/settings.json', '--labels', 'thing', '--no-cache'];
    const variables = { MY_KEY: 'sk-1' };
    const run = (...more: string[]) => extract([...args, ...more, 'in.txt'], { folder, variables });

    workspace({ url: 'https://models.example:8000/v1' });
    for (const more of [
      [],
      ['--engine', 'cascade', '--endpoint', server.url, '--endpoint-model', 'm'],
      ['--classifier', 'encoder', '--endpoint-key', 'MY_KEY'],
    ]) {
      const away = await run(...more);
      assert.equal(away.code, 1);
      assert.match(away.stderr, /would send the text to models\.example:8000/u);
      assert.match(away.stderr, /--endpoint mine/u);
    }

    workspace({ keyVariable: 'MY_KEY' });
    const withKey = await run('--engine', 'cascade');
    assert.equal(withKey.code, 1);
    assert.match(withKey.stderr, /would send the variable MY_KEY to 127\.0\.0\.1/u);
    assert.equal(server.requests.length, 0);

    const { code, stdout, stderr } = await run('--endpoint-key', 'MY_KEY');
    assert.equal(code, 0, stderr);
    assert.deepEqual(mentions(stdout), all);
    assert.ok(server.requests.every(({ headers }) => headers.authorization === 'Bearer sk-1'));
  });

  it('stops at its budget, keeps its answers, and resumes', async () => {
    settings({
      'dynamicner.endpoints': { mine: { ...endpoint(), concurrency: 1 } },
      'dynamicner.engine': {
        protocol: 'cascade',
        extractor: { by: 'endpoint:mine', samples: 1 },
        classifier: { by: 'endpoint:mine' },
      },
    });
    const args = ['--config', 'settings.json', '--labels', 'thing', '--cache', 'answers'];
    args.push('--out', 'out.jsonl', '--most-requests', '5', '--stats');
    const first = await extract([...args, 'in.txt'], { folder });
    assert.equal(first.code, 1);
    assert.match(first.stderr, /budget of 5 requests is used up/u);
    assert.match(first.stderr, /requests: 5, /u);
    let code = first.code as number;
    for (let run = 0; run < 5 && code !== 0; run++) {
      code = (await extract([...args, '--resume', 'in.txt'], { folder })).code;
    }
    assert.equal(code, 0);
    assert.deepEqual(mentions(readFileSync(path.join(folder, 'out.jsonl'), 'utf8')), all);
    // Nothing was asked twice: a question for each sentence and for each entity.
    assert.equal(server.requests.length, texts.length + all.length);
  });

  it('says what does not fit', async () => {
    for (const [args, message, code] of [
      [['--engine', 'cascade', '--extractor', 'endpoint'], /Name the endpoint with --endpoint/u, 2],
      [['--engine', 'encoder', '--extractor', 'encoder'], /need --engine cascade/u, 2],
      [['--engine', 'cascade', '--extractor', 'gpt'], /extractor\.by: not encoder/u, 2],
      [['--engine', 'cascade', '--verify', '0.6,0.2'], /low is not below high/u, 2],
      [['--engine', 'cascade', '--verify', '0.6'], /Give a number from 0 to 1/u, 2],
      [['--engine', 'cascade', '--extractor', 'endpoint:x'], /There is no endpoint “x”/u, 1],
      [['--engine', 'cascade', '--extractor', 'vscode:x'], /in VS Code alone/u, 1],
      [['--engine', 'cascade', '--endpoint', 'http://127.0.0.1:9/v1'], /"model"/u, 1],
    ] as const) {
      const result = await extract([...args, 'in.txt'], { folder });
      assert.match(result.stderr, message);
      assert.equal(result.code, code);
    }
  });
});
