import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { Interrupted } from '../../../src/cli/exit';
import { extract, lines } from './runExtract';

describe('extract', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'extract-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string | Uint8Array) =>
    writeFileSync(path.join(folder, name), text);

  it('writes one line for each line of text, offsets in code points', async () => {
    const { code, stdout } = await extract([], { stdin: '🧭 met Marie\n\nnothing\n' });
    assert.equal(code, 0);
    assert.deepEqual(lines(stdout), [
      {
        text: '🧭 met Marie',
        entities: [
          {
            start: 6,
            end: 11,
            label: 'scholar',
            path: ['person', 'real person', 'scholar'],
            score: 0.6235,
            source: { engine: 'encoder', model: 'fake' },
          },
        ],
      },
      { text: '', entities: [] },
      { text: 'nothing', entities: [] },
    ]);
  });

  it('counts UTF-16 units when asked to', async () => {
    const { stdout } = await extract(['--offsets', 'utf16'], { stdin: '🧭 met Marie' });
    assert.match(stdout, /"start":7,"end":12/);
  });

  it('reads files in order and standard input as -', async () => {
    write('a.txt', 'Anna');
    write('b.jsonl', '{"id":"x","text":"Berta","mine":7}\n');
    const { stdout } = await extract(['a.txt', '-', 'b.jsonl'], { folder, stdin: 'Clara' });
    const found = lines(stdout) as { text: string; id?: string; mine?: number }[];
    assert.deepEqual(
      found.map(({ text }) => text),
      ['Anna', 'Clara', 'Berta'],
    );
    assert.equal(found[2]?.id, 'x');
    assert.equal(found[2]?.mine, 7);
  });

  it('wants a file where standard input is a terminal', async () => {
    const { code, stderr } = await extract([]);
    assert.equal(code, 2);
    assert.match(stderr, /Name a file/);
  });

  it('puts an error in the place of a bad line, goes on, and ends with 1', async () => {
    const stdin = '{"text":"Anna"}\n{"text":\n{"text":"Berta"}\n';
    const { code, stdout, stderr } = await extract(['--from', 'jsonl'], { stdin });
    assert.equal(code, 1);
    const [first, bad, last] = lines(stdout) as Record<string, unknown>[];
    assert.equal(first?.['text'], 'Anna');
    assert.equal(bad?.['line'], 2);
    assert.match(String(bad?.['error']), /not JSON/);
    assert.equal(last?.['text'], 'Berta');
    assert.match(stderr, /^error: <stdin>:2: The line is not JSON/);
  });

  it('stops at the first bad line with --strict, after what came before', async () => {
    const stdin = '{"text":"Anna"}\n{"text":\n{"text":"Berta"}\n';
    const { code, stdout, stderr } = await extract(['--from', 'jsonl', '--strict'], { stdin });
    assert.equal(code, 1);
    assert.equal(lines(stdout).length, 1);
    assert.match(stderr, /<stdin>:2/);
  });

  it('names a missing file and reads the others', async () => {
    write('b.txt', 'Berta');
    const { code, stdout, stderr } = await extract(['a.txt', 'b.txt'], { folder });
    assert.equal(code, 1);
    assert.equal(lines(stdout).length, 1);
    assert.match(stderr, /^error: a\.txt: There is no such file\./);
  });

  it('says that a file is binary, and that an empty file is nothing', async () => {
    write('a.txt', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 0]));
    write('b.txt', '');
    const { code, stdout, stderr } = await extract(['a.txt', 'b.txt'], { folder });
    assert.equal(code, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /a\.txt: This is a binary file/);
    assert.doesNotMatch(stderr, /b\.txt/);
  });

  it('takes labels as names and as a level', async () => {
    const named = await extract(['--labels', 'ship, port'], { stdin: 'Anna' });
    assert.match(named.stdout, /"label":"ship"/);
    const coarse = await extract(['--level', 'coarse'], { stdin: 'Anna' });
    assert.match(coarse.stdout, /"label":"person","path":\["person","real person","scholar"\]/);
    const second = await extract(['--level', '2'], { stdin: 'Anna' });
    assert.match(second.stdout, /"label":"real person"/);
  });

  it('refuses levels, thresholds and parts that do not exist, and engines without their endpoint', async () => {
    const wrong = [
      ['--level', 'deep'],
      ['--level', '4'],
      ['--threshold', '1.5'],
      ['--only', 'names'],
      ['--engine', 'cascade'],
      ['--to', 'xml'],
      ['--nested', '--multi-label'],
      ['--labels', ' , '],
    ];
    for (const args of wrong) {
      const { code, stdout, stderr } = await extract(args, { stdin: 'Anna' });
      assert.equal(code, 2, args.join(' '));
      assert.equal(stdout, '');
      assert.match(stderr, /^error: /, args.join(' '));
    }
  });

  it('keeps what humans decided and replaces suggestions', async () => {
    const passage = {
      text: 'Anna met Berta and Clara',
      entities: [
        { start: 0, end: 4, label: 'pilot', state: 'accepted' },
        {
          start: 9,
          end: 14,
          label: 'scholar',
          path: ['person', 'real person', 'scholar'],
          state: 'rejected',
        },
        { start: 15, end: 18, label: 'word', score: 0.9 },
      ],
    };
    const { stdout } = await extract([], { stdin: `${JSON.stringify(passage)}\n` });
    const [{ entities } = { entities: [] }] = lines(stdout) as {
      entities: { start: number; label: string; state?: string }[];
    }[];
    assert.deepEqual(
      entities.map(({ start, label, state }) => [start, label, state]),
      [
        [0, 'pilot', 'accepted'],
        [9, 'scholar', 'rejected'],
        [19, 'scholar', undefined],
      ],
    );
  });

  it('writes a file that appears only when it is complete', async () => {
    const done = await extract(['--out', 'out.jsonl', '-'], { folder, stdin: 'Anna\n' });
    assert.deepEqual([done.code, done.stdout], [0, '']);
    assert.match(readFileSync(path.join(folder, 'out.jsonl'), 'utf8'), /"text":"Anna"/);
    const stdin = '{"text":\n';
    await extract(['--out', 'bad.jsonl', '--strict', '--from', 'jsonl', '-'], { folder, stdin });
    assert.deepEqual(readdirSync(folder), ['out.jsonl']);
  });

  it('answers a line before the input ends, also a bad one', async () => {
    const stdin = new PassThrough();
    const seen: string[] = [];
    const ran = extract(['--from', 'jsonl'], {
      stdin,
      onOutput: (text) => {
        seen.push(text);
        if (seen.length === 1) stdin.write('broken\n');
        if (seen.length === 2) stdin.end('{"text":"Berta"}\n');
      },
    });
    stdin.write('{"text":"Anna"}\n');
    const { code, stdout } = await ran;
    assert.equal(code, 1);
    assert.equal(lines(stdout).length, 3);
    assert.match(seen[0] ?? '', /Anna/);
    assert.match(seen[1] ?? '', /"line":2/);
  });

  it('ends with 130 when it is interrupted, whole lines written', async () => {
    const interruption = new AbortController();
    const stdin = new PassThrough();
    stdin.write('Anna\n');
    const { code, stdout } = await extract([], {
      stdin,
      signal: interruption.signal,
      onOutput: () => interruption.abort(new Interrupted()),
    });
    assert.equal(code, 130);
    assert.equal(lines(stdout).length, 1);
  });
});
