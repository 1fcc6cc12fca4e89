import assert from 'node:assert/strict';
import fc from 'fast-check';
import { jsonlFormat } from '../../../src/core/formats/jsonl';
import { dynamicNerTaxonomy } from '../../../src/core/labels/dynamicner';
import { phraseText } from '../../../src/core/messages/phrase';
import { runs } from '../scale';
import { anyPassage } from './arbitraries';
import { bytesOf, chunksOf, readAll, readPassages, spansOf, textOf, write } from './streams';
import { describeProblem, type Problem } from '../../../src/core/problem';

const one = (line: string, options = {}) => readAll(jsonlFormat, line, options);

describe('jsonlFormat', () => {
  it('counts code points unless told to count UTF-16 units', async () => {
    const line = (start: number, end: number) =>
      JSON.stringify({ text: '🧭 Oslo', entities: [{ start, end, label: 'city' }] });
    for (const [start, end, offsets] of [
      [2, 6, 'code-points'],
      [3, 7, 'utf16'],
    ] as const) {
      const [passage] = await readPassages(jsonlFormat, line(start, end), { offsets });
      assert.deepEqual(passage && spansOf(passage), [[3, 7, 'city']]);
      const [chunk] = passage ? [await textOf(jsonlFormat.write([passage], { offsets }))] : [];
      assert.equal(chunk, `${line(start, end)}\n`);
    }
  });

  it('keeps unknown keys of passages and entities, ids that are numbers, states and sources', async () => {
    const passage = {
      id: 7,
      text: 'Oslo',
      lang: 'no',
      entities: [
        {
          start: 0,
          end: 4,
          label: 'city',
          path: ['location', 'geo-political entity', 'city'],
          score: 0.5,
          state: 'accepted',
          source: { engine: 'encoder', model: 'small' },
          comment: 'sure',
          wikidata: 'Q585',
        },
      ],
      labels: ['travel'],
      meta: { page: 3 },
    };
    const [read] = await readPassages(jsonlFormat, JSON.stringify(passage));
    assert.ok(read);
    assert.deepEqual(read.problems, []);
    assert.equal(read.id, '7');
    assert.equal(read.entities[0]?.state, 'accepted');
    assert.deepEqual(read.entities[0]?.extra, { wikidata: 'Q585' });
    assert.deepEqual(JSON.parse(await write(jsonlFormat, [read])), passage);
  });

  it('writes the name of the asked level as the label and the path to the deepest', async () => {
    const entity = {
      start: 0,
      end: 4,
      label: 'city',
      medium: 'geo-political entity',
      coarse: 'location',
    };
    const read = await readPassages(
      jsonlFormat,
      JSON.stringify({ text: 'Oslo', entities: [entity] }),
    );
    assert.deepEqual(read[0] && spansOf(read[0]), [[0, 4, 'location/geo-political entity/city']]);
    const written = await textOf(jsonlFormat.write(read, { level: 0 }));
    assert.match(written, /"label":"location","path":\["location","geo-political entity","city"\]/);
  });

  it('resolves bare names by the taxonomy and leaves ambiguous ones ambiguous', async () => {
    const entities = ['species', 'biological', 'politican'].map((label, start) => ({
      start,
      end: start + 1,
      label,
    }));
    const [read] = await readPassages(jsonlFormat, JSON.stringify({ text: 'abc', entities }), {
      taxonomy: dynamicNerTaxonomy,
    });
    assert.deepEqual(read && spansOf(read), [
      [0, 1, 'science entity/biological/species'],
      [1, 2, 'biological'],
      [2, 3, 'politican'],
    ]);
    assert.equal(read?.entities[1]?.candidates?.length, 2);
    assert.deepEqual(
      read?.problems.map(({ kind, field, line }) => [kind, field, line]),
      [
        ['ambiguous-type', 'entities[1].label', 1],
        ['unknown-type', 'entities[2].label', 1],
      ],
    );
    assert.match(saidOf(read?.problems[1]), /“politician”/);
  });

  it('yields a bad line in its place with its line, column, field and a mend', async () => {
    const records = await one(
      '{"text":"a"}\r\n\r\n{"text":"b",}\r\n[1]\n{"txt":"c"}\n{"text":5}\n{"text":"d"}',
    );
    assert.deepEqual(
      records.map((record) => [
        record.index,
        record.source.line,
        record.kind === 'bad' ? record.problem.kind : record.text,
      ]),
      [
        [0, 1, 'a'],
        [1, 3, 'syntax'],
        [2, 4, 'passage'],
        [3, 5, 'passage'],
        [4, 6, 'passage'],
        [5, 7, 'd'],
      ],
    );
    const [, bad] = records;
    assert.ok(bad?.kind === 'bad');
    assert.match(saidOf(bad.problem), /column 13/);
    assert.equal(bad.problem.line, 3);
  });

  it('names line and field of every bad offset, and keeps the entity in the file', async () => {
    const entities = [
      { start: 0, end: 9, label: 'x' },
      { start: 2, end: 2, label: 'x' },
      { start: -1, end: 1, label: 'x' },
      { start: 0.5, end: 1, label: 'x' },
      { end: 1, label: 'x' },
      { start: 0, end: 1 },
      'x',
      { start: 0, end: 1, label: 'kept' },
    ];
    const line = JSON.stringify({ text: 'a🧭b', entities });
    const [read] = await readPassages(jsonlFormat, `\n${line}`);
    assert.ok(read);
    assert.deepEqual(
      read.problems.map(({ field, line: number }) => [field, number]),
      [
        ['entities[0].end', 2],
        ['entities[1].end', 2],
        ['entities[2].start', 2],
        ['entities[3].start', 2],
        ['entities[4].start', 2],
        ['entities[5].label', 2],
        ['entities[6]', 2],
      ],
    );
    assert.deepEqual(spansOf(read), [[0, 1, 'kept']]);
    const again = JSON.parse(await write(jsonlFormat, [read])) as { entities: unknown[] };
    assert.deepEqual(again.entities, [entities[7], ...entities.slice(0, 7)]);
    const [inside] = await readPassages(
      jsonlFormat,
      JSON.stringify({ text: 'a🧭b', entities: [{ start: 2, end: 4, label: 'x' }] }),
      { offsets: 'utf16' },
    );
    assert.match(saidOf(inside?.problems[0]), /surrogate pair/);
    const [units] = await readPassages(
      jsonlFormat,
      JSON.stringify({ text: 'a🧭b', entities: [{ start: 3, end: 4, label: 'x' }] }),
    );
    assert.match(saidOf(units?.problems[0]), /UTF-16/);
  });

  it('keeps lone surrogates of escapes and says which line is not UTF-8', async () => {
    const [read] = await readPassages(jsonlFormat, '{"text":"a\\ud83d b","entities":[]}');
    assert.equal(read?.text, 'a\ud83d b');
    assert.equal(await write(jsonlFormat, [read]), '{"text":"a\\ud83d b","entities":[]}\n');
    const latin = new Uint8Array([...bytesOf('{"text":"a"}\n{"text":"'), 0xe9, ...bytesOf('"}\n')]);
    const records = await readAll(jsonlFormat, [latin]);
    assert.deepEqual(
      records.map(({ kind, source }) => [kind, source.line]),
      [
        ['passage', 1],
        ['bad', 2],
      ],
    );
  });

  it('yields a passage before the input goes on', async () => {
    let given = 0;
    async function* endless(): AsyncGenerator<Uint8Array, void> {
      for (;;) {
        given++;
        yield bytesOf('{"text":"one"}\n{"text":');
        await Promise.resolve();
        yield bytesOf('"two"}\n');
      }
    }
    const texts: string[] = [];
    for await (const record of jsonlFormat.read(endless())) {
      texts.push(record.kind === 'passage' ? record.text : record.kind);
      if (texts.length === 1) assert.equal(given, 1);
      if (texts.length === 4) break;
    }
    assert.deepEqual(texts, ['one', 'two', 'one', 'two']);
    assert.equal(given, 2);
  });

  it('gives byte ranges that hold exactly the line, whatever the chunks, marks and line ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyPassage, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('\n', '\r\n', '\n\n', '\r\n \r\n'),
        fc.boolean(),
        fc.boolean(),
        fc.integer({ min: 1, max: 7 }),
        async (passages, lineEnd, mark, last, size) => {
          const lines = await Promise.all(passages.map((passage) => write(jsonlFormat, [passage])));
          const trimmed = lines.map((line) => line.trimEnd());
          const content = (mark ? '\ufeff' : '') + trimmed.join(lineEnd) + (last ? lineEnd : '');
          const bytes = bytesOf(content);
          const records = await readPassages(jsonlFormat, chunksOf(bytes, size));
          assert.deepEqual(records.map(spansOf), passages.map(spansOf));
          assert.deepEqual(
            records.map(({ text }) => text),
            passages.map(({ text }) => text),
          );
          assert.deepEqual(
            records.map(({ source }) =>
              new TextDecoder('utf-8', { ignoreBOM: true }).decode(
                bytes.subarray(source.start, source.end),
              ),
            ),
            trimmed,
          );
          const same = jsonlFormat.edit(chunksOf(bytes, size), { replaced: new Map() });
          assert.equal(await textOf(same), content);
        },
      ),
      runs(100),
    );
  });

  it('edits passages in place: other lines and other keys stay byte for byte', async () => {
    const content =
      '\ufeff{"id": "a",  "n": 1.0, "text": "Oslo", "entities": []}\r\n\r\nnot json\r\n{"text":"b"}';
    const [first] = await readAll(jsonlFormat, content);
    assert.ok(first?.kind === 'passage');
    const entity = { id: 'x', start: 0, end: 4, path: ['city'], state: 'added' as const };
    const edited = (replaced: Map<number, typeof first | null>, inserted = new Map()) =>
      textOf(jsonlFormat.edit(chunksOf(bytesOf(content), 5), { replaced, inserted }));
    const added = { text: 'new', entities: [] };
    assert.equal(
      await edited(new Map([[0, { ...first, entities: [entity] }]]), new Map([[3, [added]]])),
      '\ufeff{"id": "a",  "n": 1.0, "text": "Oslo", "entities": [{"start": 0, "end": 4, "label": "city", "state": "added"}]}' +
        '\r\n\r\nnot json\r\n{"text":"b"}\r\n{"text":"new","entities":[]}',
    );
    assert.equal(
      await edited(new Map([[1, null]]), new Map([[1, [added]]])),
      '\ufeff{"id": "a",  "n": 1.0, "text": "Oslo", "entities": []}\r\n\r\n{"text":"new","entities":[]}\r\n{"text":"b"}',
    );
    const { id, ...nameless } = first;
    assert.equal(id, 'a');
    assert.match(await edited(new Map([[0, nameless]])), /^\ufeff\{"n": 1\.0, /);
  });
});

function saidOf(problem: Problem | undefined): string {
  return problem === undefined ? '' : phraseText(describeProblem(problem));
}
