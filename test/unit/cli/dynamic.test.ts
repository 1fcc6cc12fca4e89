import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readClassification } from '../../../src/core/finetuning/classification';
import { readConversations } from '../../../src/core/finetuning/conversation';
import { run } from './testEnvironment';

const passages = ['scholar', 'city', 'film', 'company', 'river', 'scholar', 'city', 'scholar']
  .map((label, at) => {
    const text = `Mention${at} is one of them`;
    return JSON.stringify({ id: String(at), text, entities: [{ start: 0, end: 8, label }] });
  })
  .join('\n');

describe('dynamic', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'dynamic-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('writes a version of the entities and prints the metrics of each round', async () => {
    const args = ['dynamic', '--seed', '3', '--report', 'json', '--out', 'v.jsonl'];
    const { code, stdout, stderr } = await run(args, { stdin: passages, folder });
    assert.equal(code, 0, stderr);
    const report = JSON.parse(stdout) as {
      rounds: { round: number; before: { cohesion: number } }[];
    };
    assert.deepEqual(
      report.rounds.map(({ round }) => round),
      [1, 2, 3, 4],
    );
    const lines = readFileSync(path.join(folder, 'v.jsonl'), 'utf8').trim().split('\n');
    const made = lines.map((line) => JSON.parse(line) as { labels: string[]; entities: object[] });
    assert.equal(made.length, 8);
    assert.deepEqual((made[0]?.entities[0] as { originalPath?: string[] }).originalPath, [
      'person',
      'real person',
      'scholar',
    ]);
    assert.ok((made[0]?.labels.length ?? 0) >= 3);
    await run([...args.slice(0, -1), 'again.jsonl'], { stdin: passages, folder });
    assert.equal(readFileSync(path.join(folder, 'again.jsonl'), 'utf8'), `${lines.join('\n')}\n`);
  });

  it('asks questions, which it reads again as a SWIFT file', async () => {
    const questions = await run(['dynamic', '--level', 'question', '--rounds', '1'], {
      stdin: passages,
      folder,
    });
    assert.match(questions.stderr, /1 mix granularities/u);
    const examples = readConversations(questions.stdout, 'stdout').map(readClassification);
    assert.ok(examples.length > 8 && examples.every((example) => example !== undefined));
    writeFileSync(path.join(folder, 'swift.json'), questions.stdout);
    const again = await run(['dynamic', '--rounds', '3..4', 'swift.json'], { folder });
    assert.equal(again.code, 0, again.stderr);
    assert.equal(readConversations(again.stdout, 'stdout').length, examples.length);
    assert.match(again.stderr, /before +\d+[^]*3 remove options[^]*4 merge into miscellaneous/u);
  });

  it('takes the synonyms of a file', async () => {
    writeFileSync(path.join(folder, 's.json'), '{"river": ["stream of water"], "film": "flick"}');
    let found = '';
    for (let seed = 1; seed <= 8; seed++) {
      const args = ['dynamic', '--rounds', '2..2', '--published', '--seed', String(seed)];
      found += (await run([...args, '--synonyms', 's.json'], { stdin: passages, folder })).stdout;
    }
    assert.match(found, /stream of water|flick/u);
    assert.doesNotMatch(found, /movie/u);
  });

  it('says how it is used', async () => {
    for (const rounds of ['5', '3..2', 'all']) {
      assert.equal((await run(['dynamic', '--rounds', rounds], { stdin: passages })).code, 2);
    }
    writeFileSync(
      path.join(folder, 'e.json'),
      '[{"conversations": [{"from": "user", "value": "A text"}, {"from": "assistant", "value": "##A## text"}]}]',
    );
    const { code, stderr } = await run(['dynamic', 'e.json'], { folder });
    assert.equal(code, 1);
    assert.match(stderr, /e\.json:"\[0\]": The conversation is no classification/u);
  });

  it('measures the cohesion of vectors', async () => {
    const args = ['dynamic', '--semantic', '--report', 'json', '--out', 'v.jsonl'];
    const { code, stdout, stderr } = await run(args, { stdin: passages, folder });
    assert.equal(code, 0, stderr);
    const { semantic } = JSON.parse(stdout) as { semantic: number[] };
    assert.ok((semantic[0] ?? 0) > 0 && (semantic[0] ?? 2) <= 1);
  });
});
