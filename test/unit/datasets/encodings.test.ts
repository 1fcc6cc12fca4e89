import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { Decoding, encodePieces } from '../../../src/host/datasets/encoding';
import { runs } from '../scale';
import { openService } from './openService';

const encodings = ['gbk', 'gb18030', 'big5', 'shiftjis', 'eucjp', 'euckr', 'utf16le', 'utf16be'];

/** Decodes bytes in pieces of that size, and writes what comes out in the encoding again. */
async function thereAndBack(bytes: Uint8Array, encoding: string, size: number): Promise<Buffer> {
  const decoding = new Decoding(encoding);
  async function* decoded(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) {
      yield await Promise.resolve(decoding.write(bytes.subarray(at, at + size)));
    }
    yield decoding.end();
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of encodePieces(decoded(), encoding)) pieces.push(piece);
  assert.ok(decoding.isFaithful);
  return Buffer.concat(pieces);
}

describe('A data set in an encoding', () => {
  for (const encoding of ['gbk', 'shiftjis', 'euckr', 'utf16le', 'utf16be', 'windows1252']) {
    it(`${encoding}: is read in its encoding, and written back in it`, async () => {
      const word =
        { gbk: '北京', shiftjis: '東京', euckr: '서울', windows1252: 'Köln' }[encoding] ?? 'Łódź';
      const mark = encoding.startsWith('utf16') ? '\ufeff' : '';
      const text = `${mark}{"text": "${word} one"}\n{"text": "${word} two"}\n`;
      const bytes = iconv.encode(text, encoding, { addBOM: false });
      // A byte order mark says enough.
      const declared = mark === '' ? { encoding } : {};
      const open = await openService('set.jsonl', bytes, declared);
      try {
        await open.read;
        assert.deepEqual(await open.texts(), [`${word} one`, `${word} two`]);
        await open.apply({ kind: 'changeText', id: 1, start: 0, end: 0, text: 'In ' });
        await open.service.answers.save({ file: open.file, own: true });
        const saved = iconv.decode(await readFile(open.file), encoding, { stripBOM: false });
        assert.equal(saved, text.replace(`${word} two`, `In ${word} two`));
      } finally {
        await open.close();
      }
    });
  }

  for (const encoding of encodings) {
    it(`${encoding}: any bytes come back, cut anywhere`, async () => {
      const anyBytes = fc.oneof(
        fc.uint8Array({ maxLength: 80 }),
        fc
          .tuple(fc.string({ unit: 'grapheme' }), fc.uint8Array({ maxLength: 4 }), fc.string())
          .map(([text, strange, more]) =>
            Buffer.concat([
              iconv.encode(text, encoding),
              strange,
              iconv.encode(`\n"${more}"`, encoding),
            ]),
          ),
      );
      const property = fc.asyncProperty(
        anyBytes,
        fc.integer({ min: 1, max: 30 }),
        async (all, size) => {
          const bytes = encoding.startsWith('utf16') ? all.subarray(0, all.length & ~1) : all;
          assert.deepEqual(await thereAndBack(bytes, encoding, size), Buffer.from(bytes));
        },
      );
      await fc.assert(property, runs(60));
    });

    it(`${encoding}: bytes that are none of it stay, while others are edited`, async () => {
      const strange = encoding.startsWith('utf16')
        ? Buffer.from([0xdc, 0xdc])
        : Buffer.from([0xff]);
      const code = (text: string) => iconv.encode(text, encoding);
      const first = code('{"text": "Ada 東"}\n'.replace('東', encoding === 'euckr' ? '서' : '東'));
      const middle = Buffer.concat([code('{"text": "b '), strange, code(' c"}\n')]);
      const bytes = Buffer.concat([first, middle, code('{"text": "Paris"}\n')]);
      const open = await openService('set.jsonl', bytes, { encoding });
      try {
        assert.equal((await open.read).readOnly, undefined);
        const views = await open.views();
        assert.deepEqual(
          views.map(({ isBad }) => isBad),
          [false, true, false],
        );
        await open.apply({ kind: 'changeText', id: 2, start: 0, end: 5, text: 'Rome' });
        await open.service.answers.save({ file: open.file, own: true });
        const wanted = Buffer.concat([first, middle, code('{"text": "Rome"}\n')]);
        assert.deepEqual(await readFile(open.file), wanted);
      } finally {
        await open.close();
      }
    });
  }

  it('names a character that its encoding does not have', async () => {
    const open = await openService('set.jsonl', '{"text": "Köln"}\n', { encoding: 'windows1252' });
    try {
      await open.read;
      await open.apply({ kind: 'changeText', id: 0, start: 0, end: 0, text: '東' });
      await assert.rejects(open.save(), /“東” cannot be written as windows1252/u);
    } finally {
      await open.close();
    }
  });
});
