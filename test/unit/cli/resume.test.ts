import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { extract } from './runExtract';

const input = ['{"text":"Anna"}', 'broken', '{"text":"Berta"}', '{"text":"Clara"}'].join('\n');

describe('extract --resume', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'resume-'));
    writeFileSync(path.join(folder, 'in.jsonl'), input);
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const at = (name: string) => path.join(folder, name);
  const args = ['--from', 'jsonl', '--out', 'out.jsonl', 'in.jsonl'];

  it('goes on where an earlier run stopped, in the middle of a line too', async () => {
    assert.equal((await extract(args, { folder })).code, 1);
    const whole = readFileSync(at('out.jsonl'), 'utf8');
    const firstTwo = whole.split('\n').slice(0, 2).join('\n').length + 1;
    for (const bytes of [0, firstTwo, firstTwo + 9, whole.length]) {
      rmSync(at('out.jsonl'), { force: true });
      writeFileSync(at('out.jsonl.part'), whole.slice(0, bytes));
      const { code, stderr } = await extract(['--resume', ...args], { folder });
      assert.equal(code, 1);
      assert.match(stderr, /in\.jsonl:2/);
      assert.equal(readFileSync(at('out.jsonl'), 'utf8'), whole);
      assert.equal(existsSync(at('out.jsonl.part')), false);
    }
  });

  it('keeps what is done when a run stops, and says so', async () => {
    const stopped = await extract(['--strict', ...args], { folder });
    assert.equal(stopped.code, 1);
    assert.match(stopped.stderr, /1 lines? .*kept in .*out\.jsonl\.part; --resume/);
    assert.equal(existsSync(at('out.jsonl')), false);
    writeFileSync(at('in.jsonl'), input.replace('broken', '{"text":"Dora"}'));
    const resumed = await extract(['--resume', ...args], { folder });
    assert.equal(resumed.code, 0);
    assert.equal(readFileSync(at('out.jsonl'), 'utf8').split('\n').length, 5);
  });

  it('refuses to go on with another input', async () => {
    writeFileSync(at('out.jsonl.part'), '{"text":"Emma","entities":[]}\n');
    const { code, stderr } = await extract(['--resume', ...args], { folder });
    assert.equal(code, 1);
    assert.match(stderr, /out\.jsonl\.part:1: The line is not what this input gives/);
  });

  it('does nothing where the output is complete, and needs a file', async () => {
    await extract(args, { folder });
    const again = await extract(['--resume', ...args], { folder });
    assert.equal(again.code, 0);
    assert.match(again.stderr, /out\.jsonl is complete/);
    assert.equal((await extract(['--resume', 'in.jsonl'], { folder })).code, 2);
  });
});
