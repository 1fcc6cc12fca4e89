import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readLines, type Line } from '../../../src/cli/io/lines';
import { runs } from '../scale';

async function* chunked(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
    await Promise.resolve();
  }
}

async function read(
  bytes: Uint8Array,
  options: { encoding?: string; longest?: number; sizes?: readonly number[] } = {},
): Promise<Line[]> {
  const { sizes = [7], ...rest } = options;
  const lines: Line[] = [];
  for await (const line of readLines(chunked(bytes, sizes), { source: 'in.txt', ...rest })) {
    lines.push(line);
  }
  return lines;
}

const texts = (lines: readonly Line[]) =>
  lines.map((line) => ('text' in line ? line.text : line.error.message));

describe('readLines', () => {
  it('splits at LF and CR LF and needs no line break at the end', async () => {
    const lines = await read(Buffer.from('one\r\n\ntwo\nthrée'));
    assert.deepEqual(lines, [
      { number: 1, text: 'one' },
      { number: 2, text: '' },
      { number: 3, text: 'two' },
      { number: 4, text: 'thrée' },
    ]);
  });

  it('reads nothing from an empty input', async () => {
    assert.deepEqual(await read(new Uint8Array()), []);
  });

  it('takes a byte order mark off the first line and off no other', async () => {
    const lines = await read(Buffer.from('\uFEFFa\n\uFEFFb'));
    assert.deepEqual(texts(lines), ['a', '\uFEFFb']);
  });

  it('reads UTF-16 by its mark or by name, however the bytes are cut', async () => {
    const marked = Buffer.from('\uFEFFMünchen\nਊ 東京\n', 'utf16le');
    assert.deepEqual(texts(await read(marked, { sizes: [1] })), ['München', 'ਊ 東京']);
    const swapped = Buffer.from(marked).swap16();
    assert.deepEqual(texts(await read(swapped, { sizes: [3, 5] })), ['München', 'ਊ 東京']);
    const unmarked = Buffer.from('Köln\nx', 'utf16le');
    assert.deepEqual(texts(await read(unmarked, { encoding: 'utf-16le' })), ['Köln', 'x']);
  });

  it('reads other encodings by name', async () => {
    const shiftJis = Uint8Array.from([0x93, 0x8c, 0x8b, 0x9e, 0x0a, 0x41]);
    assert.deepEqual(texts(await read(shiftJis, { encoding: 'shift_jis' })), ['東京', 'A']);
  });

  it('puts the error of a badly encoded line in its place and reads on', async () => {
    const bytes = Buffer.concat([Buffer.from('a\n'), Buffer.from([0xff, 0x0a]), Buffer.from('c')]);
    const lines = await read(bytes);
    assert.deepEqual(
      lines.map(({ number }) => number),
      [1, 2, 3],
    );
    const [, bad] = lines;
    assert.ok(bad !== undefined && 'error' in bad);
    assert.match(bad.error.message, /^in\.txt:2: The line is not valid UTF-8\. .*--encoding/);
  });

  it('puts an error in the place of a line that is too long', async () => {
    const lines = await read(Buffer.from(`a\n${'x'.repeat(50)}\nb\n`), { longest: 20 });
    assert.equal(lines.length, 3);
    assert.match(texts(lines)[1] ?? '', /^in\.txt:2: The line is longer than 20 bytes/);
    assert.equal(texts(lines)[2], 'b');
  });

  it('refuses binary content and unknown encodings with a mend', async () => {
    await assert.rejects(
      read(Uint8Array.from([0x89, 0x50, 0, 0, 1])),
      /in\.txt: .*binary.*--encoding/,
    );
    await assert.rejects(read(Buffer.from('x'), { encoding: 'utf-9' }), /“utf-9” is not a known/);
  });

  it('gives the same lines for every way the bytes arrive', async () => {
    const line = fc.string({ unit: 'binary' }).map((text) => text.replace(/[\r\n\0]/g, ''));
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        async (wanted, sizes) => {
          const text = wanted.join('\n');
          fc.pre(!/\p{Surrogate}/u.test(text) && !text.startsWith('\uFEFF'));
          const got = texts(await read(Buffer.from(text), { sizes }));
          const last = wanted.at(-1) === '' ? wanted.slice(0, -1) : wanted;
          assert.deepEqual(got, last);
        },
      ),
      runs(40),
    );
  });
});
