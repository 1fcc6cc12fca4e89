import assert from 'node:assert/strict';
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
});
