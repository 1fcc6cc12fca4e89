import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Format, PassageData } from '../../../src/core/formats/format';
import { detectFormat, formats } from '../../../src/core/formats/formats';
import { phraseText } from '../../../src/core/messages/phrase';
import { runs } from '../scale';
import { anyPassage } from './arbitraries';
import { bytesOf, chunksOf, readAll, readPassages, textOf, write } from './streams';

/** Passages with words, whose entities have some too: blank ones are the tests of each format. */
const passageOfWords = anyPassage
  .filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
  .map((passage) => ({
    ...passage,
    entities: passage.entities.filter(({ start, end }) =>
      /[\p{L}\p{N}]/u.test(passage.text.slice(start, end)),
    ),
  }));

const withSpans = formats.filter(({ name }) => name !== 'text');

/** Entities as their mentions without blanks, and the last name of their path. */
function mentionsOf({ text, entities }: PassageData): string[] {
  return entities
    .map(({ start, end, path }) => `${bare(text.slice(start, end))} ${path.at(-1) ?? ''}`)
    .sort();
}

/** The same without case: a mention that was found at another place can be written otherwise there. */
function likeMentionsOf(passage: PassageData): string[] {
  return mentionsOf(passage)
    .map((mention) => mention.toLowerCase())
    .sort();
}

function bare(text: string): string {
  // eslint-disable-next-line no-control-regex -- Python counts these separators as white space
  return text.replaceAll(/[\s\u{1c}-\u{1f}\x85]+/gu, '');
}

/** What was told as lost when the passages were written. */
async function lossesOf(format: Format, passages: readonly PassageData[]): Promise<Set<string>> {
  const kinds = new Set<string>();
  const onNote = ({ kind, lost }: { kind: string; lost: boolean }) => {
    if (lost) kinds.add(kind);
  };
  await textOf(format.write(passages, { onNote }));
  return kinds;
}

describe('every format', () => {
  for (const format of withSpans) {
    it(`${format.name}: reads again what it wrote, or said that it would be lost`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(passageOfWords, { maxLength: 3 }), async (passages) => {
          const written = await write(format, passages);
          const lost = await lossesOf(format, passages);
          const all = await readPassages(format, chunksOf(bytesOf(written), 13));
          const read = lost.has('empty') ? all.filter(({ text }) => bare(text) !== '') : all;
          if (!lost.has('empty')) assert.equal(read.length, passages.length);
          const nonEmpty = passages.filter(({ text }) => bare(text) !== '');
          const kept = lost.has('empty') ? nonEmpty : passages;
          assert.deepEqual(
            read.map(({ text }) => bare(text)),
            kept.map(({ text }) => bare(text)),
          );
          if (!lost.has('blanks') && !lost.has('empty')) {
            assert.deepEqual(
              read.map(({ text }) => text),
              passages.map(({ text }) => text),
            );
          }
          if (!['nested', 'touching', 'blanks'].some((kind) => lost.has(kind))) {
            const mentions = lost.has('places') ? likeMentionsOf : mentionsOf;
            assert.deepEqual(read.map(mentions), kept.map(mentions));
          }
          // What a format told as lost can change the lines; conversations keep the order of first mentions.
          if (lost.size === 0 && format.name !== 'universalner') {
            assert.equal(await write(format, all), written);
          }
        }),
        runs(15),
      );
    });

    it(`${format.name}: leaves an unchanged file byte for byte, and finds its format`, async () => {
      const samples = fc.sample(fc.array(anyPassage, { minLength: 2, maxLength: 4 }), 4);
      for (const passages of samples) {
        const written = await write(format, passages);
        for (const content of [written, `\ufeff${written}`, written.replaceAll('\n', '\r\n')]) {
          const bytes = bytesOf(content);
          const same = await textOf(format.edit(chunksOf(bytes, 9), { replaced: new Map() }));
          assert.equal(same, content);
          for (const record of await readAll(format, chunksOf(bytes, 5))) {
            if (record.kind === 'bad') assert.fail(phraseText(record.problem.message));
          }
        }
      }
      const [head] = [await write(format, [plain])];
      assert.equal(detectFormat(bytesOf(head ?? ''))?.name, format.name);
    });

    it(`${format.name}: changes, removes and adds passages, and no other`, async () => {
      const passages = ['Ada was here', 'Bo came', 'Cy left'].map((text, number) => ({
        ...plain,
        id: `p${number}`,
        text,
        entities: [{ ...ada, end: text.indexOf(' ') }],
      }));
      const written = await write(format, passages);
      const read = await readPassages(format, written);
      const relabelled = (at: number) => ({
        ...read[at],
        text: read[at]?.text ?? '',
        entities: (read[at]?.entities ?? []).map((entity) => ({ ...entity, path: ['city'] })),
      });
      const edits = {
        replaced: new Map([
          [0, null],
          [1, relabelled(1)],
        ]),
        inserted: new Map([[3, [{ text: 'Di sang', entities: [{ ...ada, end: 2 }] }]]]),
      };
      const content = await textOf(format.edit(chunksOf(bytesOf(written), 7), edits));
      const after = await readPassages(format, content);
      assert.deepEqual(
        after.map(({ text }) => text),
        ['Bo came', 'Cy left', 'Di sang'],
      );
      assert.deepEqual(after.map(mentionsOf), [['Bo city'], ['Cy person'], ['Di person']]);
    });
  }

  it('gives its passages to every other', async () => {
    for (const from of withSpans) {
      const [one] = await readPassages(from, await write(from, [plain]));
      assert.ok(one);
      for (const to of withSpans) {
        const [two] = await readPassages(to, await write(to, [one]));
        assert.equal(two?.text, plain.text, `${from.name} → ${to.name}`);
        assert.deepEqual(two && mentionsOf(two), mentionsOf(plain), `${from.name} → ${to.name}`);
      }
    }
  });

  it('never throws for what it cannot read', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...formats),
        fc.constantFrom(...formats),
        fc.array(anyPassage, { maxLength: 2 }),
        fc.nat(),
        fc.uint8Array({ maxLength: 6 }),
        async (one, other, passages, place, noise) => {
          const bytes = bytesOf(await write(one, passages));
          const at = bytes.length === 0 ? 0 : place % bytes.length;
          const content = new Uint8Array([
            ...bytes.subarray(0, at),
            ...noise,
            ...bytes.subarray(at + 2),
          ]);
          for (const record of await readAll(other, chunksOf(content, 17))) {
            assert.ok(record.source.end >= record.source.start);
          }
        },
      ),
      runs(60),
    );
  });
});

const ada = { id: 'a', start: 0, end: 3, path: ['person'], state: 'suggested' as const };
const plain: PassageData = {
  text: 'Ada met Bo in Rome',
  entities: [ada, { ...ada, id: 'b', start: 14, end: 18, path: ['city'] }],
};
