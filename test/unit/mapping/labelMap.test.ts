import assert from 'node:assert/strict';
import type { Entity } from '../../../src/core/entity/entity';
import { parseLabelMap, writeLabelMap } from '../../../src/core/mapping/labelMap';
import { MapLosses } from '../../../src/core/mapping/mapLosses';
import { nameToCompare, suggestMap } from '../../../src/core/mapping/suggestMap';
import { phraseText } from '../../../src/core/messages/phrase';

const entity = (id: string, ...path: string[]): Entity => ({
  id,
  start: 0,
  end: 1,
  path,
  score: 0.5,
  levelScores: path.map(() => 0.5),
  state: 'accepted',
});

const file = `{
  // From our list to theirs.
  "map": {
    "person > actor": "artist",
    "person": "human",
    "film": "work > movie",
    "date": null, // theirs has none
  }
}`;

describe('maps between label lists', () => {
  const map = parseLabelMap(file, 'map.jsonc');

  it('take the nearest entry at or above a type, by whole path or its end', () => {
    const losses = new MapLosses();
    const mapped = map.mapEntities(
      [
        entity('a', 'person', 'actor'),
        entity('b', 'person', 'scholar'),
        entity('c', 'art', 'Film'),
        entity('d', 'date'),
        entity('e', 'ship'),
      ],
      losses,
    );
    assert.deepEqual(
      mapped.map(({ id, path }) => [id, path]),
      [
        ['a', ['artist']],
        ['b', ['human']],
        ['c', ['work', 'movie']],
        ['e', ['ship']],
      ],
    );
    assert.equal('levelScores' in (mapped[0] as Entity), false);
    assert.deepEqual([losses.mapped, losses.removed, losses.unmapped], [3, 1, 1]);
  });

  it('tell what is lost', () => {
    const losses = new MapLosses();
    const one = parseLabelMap('{"map": {"cat": "animal", "dog": "animal", "day": null}}', 'm');
    const all = ['cat', 'dog', 'dog', 'day', 'day', 'oak'].map((name, at) => entity(`${at}`, name));
    one.mapEntities(all, losses);
    assert.deepEqual(
      losses.describe().map((loss) => phraseText(loss)),
      [
        '“day” goes nowhere: 2 entities removed.',
        '“oak” has no entry: 1 entity keeps it.',
        '“cat”, “dog” become one type, “animal”.',
      ],
    );
  });

  it('are read as they were written, notes and all', () => {
    const text = writeLabelMap([
      { from: ['a', 'b'], to: ['c'], note: '61 %\nalike' },
      { from: ['d'], to: null },
    ]);
    assert.match(text, /"a > b": "c", \/\/ 61 % alike\n/u);
    assert.deepEqual(parseLabelMap(text, 'm').entries, [
      { from: ['a', 'b'], to: ['c'] },
      { from: ['d'], to: null },
    ]);
  });

  it('name what is wrong', () => {
    assert.throws(() => parseLabelMap('{"map":\n {"a" "b"}}', 'm'), /m:2: The map is no JSON/u);
    assert.throws(
      () => parseLabelMap('{"map": {"a": 1}}', 'm'),
      /m:"map\.a": The value is no map/u,
    );
    assert.throws(() => parseLabelMap('{}', 'm'), /m:"map"/u);
  });
});

describe('suggestions of a map', () => {
  const type = (name: string, ...vector: number[]) => ({
    path: name.split('/'),
    vector: Float32Array.from(vector),
  });

  it('compare names together with those of their parents', () => {
    assert.equal(nameToCompare(['product', 'vehicle', 'water']), 'water vehicle');
    assert.equal(nameToCompare(['vessel']), 'vessel');
  });

  it('prefer the same path, then the same name, then the nearest vector', () => {
    const suggested = suggestMap(
      [type('x/film', 1, 0), type('y/film', 0, 1), type('book', 0, 1), type('star', -1, 0)],
      [type('film', 1, 0), type('y/film', 1, 0), type('volume', 0.1, 1)],
    );
    assert.deepEqual(
      suggested.map(({ to }) => to?.join('/') ?? null),
      ['film', 'y/film', 'volume', null],
    );
    assert.ok((suggested[2]?.likeness ?? 0) > 0.99 && suggested[0]?.likeness === 1);
  });
});
