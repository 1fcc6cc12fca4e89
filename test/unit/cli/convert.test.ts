import assert from 'node:assert/strict';
import { run } from './testEnvironment';

const passage = {
  id: 's1',
  text: '🧭 Ada met Ada in Rome',
  entities: [
    { start: 2, end: 5, label: 'scholar', score: 0.5 },
    { start: 17, end: 21, label: 'city' },
  ],
};
const line = `${JSON.stringify(passage)}\n`;

describe('convert', () => {
  it('brings a data set to DynamicNER and back, and tells what was lost', async () => {
    const there = await run(['convert', '--to', 'dynamicner'], { stdin: line });
    assert.equal(there.code, 0);
    const file = JSON.parse(there.stdout) as Record<string, { entity: string[] }>;
    assert.deepEqual(file['s1']?.entity, ['Ada', 'Rome']);
    assert.match(there.stderr, /^lost \(1 passage\): .*score/im);
    const back = await run(['convert', '--to', 'jsonl'], { stdin: there.stdout });
    const entities = passage.entities.map(({ start, end, label }) => ({ start, end, label }));
    assert.deepEqual(JSON.parse(back.stdout), { ...passage, entities });
  });

  it('writes the names of a level, and offsets in UTF-16', async () => {
    const coarse = await run(['convert', '--to', 'jsonl', '--level', 'coarse'], { stdin: line });
    const { entities } = JSON.parse(coarse.stdout) as { entities: { label: string }[] };
    assert.deepEqual(
      entities.map(({ label }) => label),
      ['person', 'location'],
    );
  });

  it('takes text out of a data set and lines of text in', async () => {
    const out = await run(['convert', '--to', 'text'], { stdin: line });
    assert.equal(out.stdout, `${passage.text}\n`);
    assert.match(out.stderr, /lost \(1 passage\): Plain text has no entities/);
    const lines = await run(['convert', '--from', 'text', '--to', 'jsonl'], { stdin: 'a\nb\n' });
    assert.equal(lines.stdout, '{"text":"a","entities":[]}\n{"text":"b","entities":[]}\n');
  });

  it('puts errors in their place and ends with 1', async () => {
    const { code, stdout, stderr } = await run(['convert', '--from', 'jsonl', '--to', 'jsonl'], {
      stdin: `[]\n${line}`,
    });
    assert.equal(code, 1);
    assert.match(stdout, /^\{"line":1,"error":"/);
    assert.equal(stdout.split('\n').length, 3);
    assert.match(stderr, /<stdin>:1/);
  });

  it('wants to know the output format', async () => {
    const { code, stderr } = await run(['convert'], { stdin: line });
    assert.equal(code, 2);
    assert.match(stderr, /--to/);
  });
});
