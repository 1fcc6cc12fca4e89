import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import iconv from 'iconv-lite';
import type { PassageData } from '../../../src/core/formats/format';
import { formats } from '../../../src/core/formats/formats';
import { collect } from '../../../src/core/formats/wholeFile';
import { openService } from './openService';

const passages: readonly PassageData[] = [
  'Ada lived in London .',
  '😀 and Ada .',
  'Berlin is big .',
].map((text, index) => {
  const start = text.search(/Ada|Berlin/u);
  const end = start + (index === 2 ? 6 : 3);
  const path = [index === 2 ? 'city' : 'person'];
  return { text, entities: [{ id: `e${index}`, start, end, path, state: 'suggested' }] };
});

describe('A data set of every format', () => {
  for (const format of formats) {
    it(`${format.name}: is read record by record as it is read as a whole, and saved`, async () => {
      const bytes = await collect(format.write(passages));
      const whole: unknown[] = [];
      for await (const record of format.read([bytes], { passages: 'paragraphs' })) {
        assert.equal(record.kind, 'passage');
        if (record.kind === 'passage')
          whole.push([record.text, record.entities, record.problems.length]);
      }
      const open = await openService(`set${format.extensions[0]}`, bytes, { format: format.name });
      try {
        await open.read;
        const views = await open.views();
        assert.deepEqual(
          views.map(({ passage, problems }) => [passage.text, passage.entities, problems.length]),
          whole,
        );
        await open.apply({ kind: 'remove', ids: [1] });
        const last = { kind: 'changeText', id: 2, start: 0, end: 6, text: 'Bonn' } as const;
        await open.apply(last);
        const fresh = { text: 'London calls .', entities: [] };
        await open.apply({ kind: 'insert', after: 0, passages: [fresh] });
        const saved = new TextEncoder().encode(await open.save());
        const texts: string[] = [];
        for await (const record of format.read([saved], { passages: 'paragraphs' })) {
          assert.equal(record.kind, 'passage', format.name);
          if (record.kind === 'passage') texts.push(record.text.trim());
        }
        assert.deepEqual(texts, ['Ada lived in London .', 'London calls .', 'Bonn is big .']);
        await open.service.answers.undo(null);
        await open.service.answers.undo(null);
        await open.service.answers.undo(null);
        assert.deepEqual(new TextEncoder().encode(await open.save()), bytes);
      } finally {
        await open.close();
      }
    });
  }

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

  it('with bytes that are none of its encoding is shown and not edited', async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"text": "a '),
      Buffer.from([0xff, 0x20]),
      Buffer.from('b"}\n'),
    ]);
    const open = await openService('set.jsonl', bytes, { encoding: 'gbk' });
    try {
      const { readOnly } = await open.read;
      assert.match(readOnly?.template ?? '', /cannot be edited/u);
      await assert.rejects(open.apply({ kind: 'remove', ids: [0] }), /cannot be edited/u);
    } finally {
      await open.close();
    }
  });

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
