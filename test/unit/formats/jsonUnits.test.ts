import assert from 'node:assert/strict';
import fc from 'fast-check';
import { unitsOfArray, unitsOfObject } from '../../../src/core/formats/jsonUnits';
import type { Unit } from '../../../src/core/formats/units';
import { runs } from '../scale';
import { bytesOf, chunksOf } from './streams';

async function cut(cutter: typeof unitsOfObject, text: string, size: number): Promise<Unit[]> {
  const units: Unit[] = [];
  for await (const unit of cutter(chunksOf(bytesOf(text), size))) units.push(unit);
  assert.equal(units.map(textOf).join(''), text);
  return units;
}

const textOf = ({ bytes }: Unit): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
const records = (units: readonly Unit[]): Unit[] => units.filter(({ kind }) => kind === 'record');

describe('Streams of JSON', () => {
  const anyLayout = fc.constantFrom(undefined, 1, '\t');

  it('cuts objects into members and arrays into items, in pieces of any size', async () => {
    const anyObject = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue());
    const property = fc.asyncProperty(
      anyObject,
      anyLayout,
      fc.integer({ min: 1, max: 40 }),
      async (object, layout, size) => {
        const members = records(
          await cut(unitsOfObject, JSON.stringify(object, null, layout), size),
        );
        const joined = `{${members.map(textOf).join()}}`;
        assert.deepEqual(JSON.parse(joined), JSON.parse(JSON.stringify(object)));
        assert.equal(members.length, Object.keys(object).length);
        const list = Object.entries(object);
        const items = records(await cut(unitsOfArray, JSON.stringify(list, null, layout), size));
        assert.deepEqual(
          items.map((item) => JSON.parse(textOf(item)) as unknown),
          JSON.parse(JSON.stringify(list)),
        );
      },
    );
    await fc.assert(property, runs(60));
  });

  it('ends at the place where the JSON is broken, and loses nothing', async () => {
    const places: readonly (readonly [text: string, reason: RegExp, good: number])[] = [
      ['{"a": 1, "b" 2}', /colon/u, 1],
      ['{"a": 1, b: 2}', /key/u, 1],
      ['{"a": 1 "b": 2}', /comma/u, 1],
      ['{"a": , "b": 2}', /value/u, 0],
      ['{"a": 1,}', /comma/u, 1],
      ['{"a": 1', /entry/u, 0],
      ['{"a": [1]', /closing brace/u, 1],
      ['{"a": 1} 2', /closing brace/u, 1],
      ['[1]', /no JSON object/u, 0],
    ];
    for (const [text, reason, good] of places) {
      for (const size of [1, 3, 100]) {
        const found = records(await cut(unitsOfObject, text, size));
        assert.match(String(found.at(-1)?.broken?.template), reason, text);
        assert.equal(found.length - 1, good, text);
      }
    }
  });

  it('says the line of each record', async () => {
    const units = records(
      await cut(unitsOfObject, '\ufeff{\n"a": "\\"}",\n\n"b": [\n1\n], "c": 0}\n', 4),
    );
    assert.deepEqual(
      units.map((unit) => [unit.line, textOf(unit)]),
      [
        [2, '"a": "\\"}"'],
        [4, '"b": [\n1\n]'],
        [6, '"c": 0'],
      ],
    );
  });
});
