import assert from 'node:assert/strict';
import { bioFormat, conll2003Format, fewNerdFormat } from '../../../src/core/formats/conll';
import { readTags, writeTags, type TagScheme } from '../../../src/core/formats/tagSchemes';
import { tokenise } from '../../../src/core/formats/tokens';
import { bytesOf, chunksOf, readPassages, spansOf, textOf, write } from './streams';

describe('tag schemes', () => {
  const chunks = [
    { first: 0, end: 1, type: 'PER' },
    { first: 1, end: 3, type: 'PER' },
    { first: 4, end: 5, type: 'LOC' },
  ];

  it('write and read the same chunks', () => {
    const expected: Record<string, string> = {
      bio: 'B-PER B-PER I-PER O B-LOC',
      iob1: 'I-PER B-PER I-PER O I-LOC',
      bioes: 'S-PER B-PER E-PER O S-LOC',
      bilou: 'U-PER B-PER L-PER O U-LOC',
    };
    for (const [scheme, tags] of Object.entries(expected)) {
      assert.equal(writeTags(5, chunks, scheme as TagScheme).join(' '), tags);
      const read = readTags(tags.split(' '), scheme as TagScheme);
      assert.deepEqual(read, { chunks, problems: [] });
    }
  });

  it('read broken sequences as CoNLL’s evaluation does, and report each', () => {
    const read = readTags(['O', 'I-PER', 'I-LOC', 'B-LOC'], 'bio');
    assert.deepEqual(read.chunks, [
      { first: 1, end: 2, type: 'PER' },
      { first: 2, end: 3, type: 'LOC' },
      { first: 3, end: 4, type: 'LOC' },
    ]);
    assert.deepEqual(
      read.problems.map(({ token }) => token),
      [1, 2],
    );
    assert.equal(readTags(['B-PER', 'O'], 'bioes').problems.length, 1);
    assert.equal(readTags(['B-PER'], 'bilou').problems.length, 1);
  });
});

describe('tag columns', () => {
  it('make tokens by the rules of DynamicNER’s conversion', () => {
    const words = (text: string, lang?: string) =>
      tokenise({ text, ...(lang === undefined ? {} : { lang }) }, []).map(({ start, end }) =>
        text.slice(start, end),
      );
    assert.deepEqual(words("Zoë's 2-day trip_1!"), [
      'Zoë',
      "'",
      's',
      '2',
      '-',
      'day',
      'trip_1',
      '!',
    ]);
    assert.deepEqual(words('東京 3 泊', 'ja'), ['東', '京', '3', '泊']);
    assert.deepEqual(words('서울에'), ['서', '울', '에']);
    assert.deepEqual(words('🧭 e\u0301'), ['🧭', 'e', '\u0301']);
  });

  it('keep other columns, and the tags that did not change', async () => {
    const content =
      '-DOCSTART- -X- -X- O\r\n\r\nAda NNP B-NP B-PER\r\nran VBD B-VP O\r\n\r\nBo NNP B-NP O\r\n';
    const read = await readPassages(conll2003Format, content);
    assert.deepEqual(read.map(spansOf), [[[0, 3, 'PER']], []]);
    const [first] = read;
    assert.ok(first?.entities[0]);
    const changed = { ...first, entities: [{ ...first.entities[0], path: ['real person'] }] };
    const edits = { replaced: new Map([[0, changed]]) };
    assert.equal(
      await textOf(conll2003Format.edit(chunksOf(bytesOf(content), 5), edits)),
      content.replace('B-PER', 'B-real_person'),
    );
  });

  it('name the line of a broken sequence and of a line without tag', async () => {
    const [one] = await readPassages(bioFormat, '\nAda O\nran I-PER\n');
    assert.deepEqual(
      one?.problems.map(({ kind, line }) => [kind, line]),
      [['tag-sequence', 3]],
    );
    const records = [];
    for await (const record of bioFormat.read([bytesOf('Ada O\n\nran O\nfast\n')])) {
      records.push(record.kind === 'bad' ? record.problem.line : 'passage');
    }
    assert.deepEqual(records, ['passage', 4]);
  });

  it('read the two levels of Few-NERD', async () => {
    const [one] = await readPassages(fewNerdFormat, 'Ada\tperson-scholar\nran\tO\n');
    assert.deepEqual(one && spansOf(one), [[0, 3, 'person/scholar']]);
    assert.equal(await write(fewNerdFormat, one ? [one] : []), 'Ada\tperson-scholar\nran\tO\n');
  });
});
