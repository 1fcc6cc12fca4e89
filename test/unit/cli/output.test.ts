import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { OutputClosed } from '../../../src/cli/exit';
import { FileOutput, openOutput, StreamOutput } from '../../../src/cli/io/output';

describe('StreamOutput', () => {
  it('waits for its reader', async () => {
    const stream = new PassThrough({ highWaterMark: 4 });
    const output = new StreamOutput(stream);
    let written = false;
    const writing = output.write('12345678').then(() => (written = true));
    await setImmediate();
    assert.equal(written, false);
    stream.read();
    await writing;
    assert.equal(written, true);
  });

  it('says that the reader has gone, at the write or after it', async () => {
    const broken = new Writable({
      write(_chunk, _encoding, done) {
        done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
      },
    });
    const output = new StreamOutput(broken);
    await output.write('a').catch(() => undefined);
    await setImmediate();
    await assert.rejects(output.write('b'), OutputClosed);
    await assert.rejects(output.close(), OutputClosed);
  });
});

describe('FileOutput', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'output-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('gives the file its name only at the end', async () => {
    const file = path.join(folder, 'out.jsonl');
    writeFileSync(file, 'old\n');
    const output = openOutput('out.jsonl', folder, new PassThrough());
    await output.write('new\n');
    assert.equal(readFileSync(file, 'utf8'), 'old\n');
    await output.close();
    assert.equal(readFileSync(file, 'utf8'), 'new\n');
    assert.deepEqual(readdirSync(folder), ['out.jsonl']);
  });

  it('leaves nothing behind when it is given up', async () => {
    const output = new FileOutput(path.join(folder, 'out.jsonl'));
    await output.write('half');
    await output.discard();
    assert.deepEqual(readdirSync(folder), []);
  });

  it('refuses a folder before anything is written', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'output-'));
    assert.throws(() => openOutput(folder, '/', new PassThrough()), /This is a folder/u);
    assert.deepEqual(readdirSync(folder), []);
    rmSync(folder, { recursive: true });
  });

  it('names the file that cannot be written', async () => {
    const output = new FileOutput(path.join(folder, 'missing', 'out.jsonl'));
    await assert.rejects(
      output.write('a').then(() => output.close()),
      /missing.out\.jsonl: The output cannot be written .*--out/,
    );
  });
});
