import assert from 'node:assert/strict';
import { Gazetteer, hashOf, nameKey, stemKey } from '../../../../src/core/decoding/gazetteer';

describe('names and what they usually are', () => {
  const types = ['city', 'person', 'river'];

  /** A gazetteer of names, or keys of stems, with their types and shares of 255. */
  function gazetteer(...senses: readonly (readonly [string, number, number])[]): Gazetteer {
    const rows = senses
      .map(([name, type, share]) => ({
        hash: hashOf(name.startsWith('~') ? name : nameKey(name)),
        type,
        share,
      }))
      .sort((a, b) => a.hash - b.hash);
    const body = new Uint8Array(6 * rows.length);
    const view = new DataView(body.buffer);
    rows.forEach(({ hash, type, share }, at) => {
      view.setUint32(4 * at, hash, true);
      view.setUint8(4 * rows.length + at, type);
      view.setUint8(5 * rows.length + at, share);
    });
    // Bodies do not begin where numbers must: in a file a line of another length comes first.
    const file = new Uint8Array(body.length + 1);
    file.set(body, 1);
    const names = new Gazetteer(types, file.subarray(1));
    assert.deepEqual(names.sensesOf('Bern'), new Gazetteer(types, body).sensesOf('Bern'));
    return names;
  }

  it('compares letters, digits and marks alone, without case, accents and article', () => {
    const same: [string, string][] = [
      ['São Paulo', 'sao paulo'],
      ['The  Hague', 'Hague'],
      ['O’Brien-Smith', "O' Brien Smith"],
      ['Жёлтая река', 'желтая река'],
      ['ガーナ', 'ガーナ'],
      ['대한민국', '대한민국'.normalize('NFD')],
    ];
    for (const [one, other] of same) assert.equal(nameKey(one), nameKey(other));
    assert.notEqual(nameKey('ガーナ'), nameKey('カーナ'));
    assert.notEqual(nameKey('Theodore'), 'odore');
    assert.equal(nameKey(' — '), '');
  });

  it('knows the senses of a name, however it is spelt, and of its plural', () => {
    const names = gazetteer(['Main', 2, 153], ['Main', 0, 51], ['Bern', 0, 255], ['elk', 1, 255]);
    const sensesOf = (name: string): [string, number][] =>
      names.sensesOf(name).map(({ type, share }) => [types[type] ?? '', share]);
    assert.deepEqual(new Set(sensesOf('main').map(String)), new Set(['river,0.6', 'city,0.2']));
    assert.deepEqual(sensesOf('the BERN'), [['city', 1]]);
    assert.deepEqual(sensesOf('Elks'), [['person', 1]]);
    const panel = gazetteer(['Solarmodul', 1, 255], ['Solarmodule', 2, 255], ['Funk', 1, 255]);
    const typeOf = (name: string): number | undefined => panel.sensesOf(name)[0]?.type;
    assert.deepEqual(['Solarmodul', 'Solarmoduls', 'Solarmodulen'].map(typeOf), [1, 1, 1]);
    assert.deepEqual(['Solarmodule', 'Solarmodules'].map(typeOf), [2, 2]);
    assert.equal(typeOf('Funken'), undefined, 'too little would be left');
    const plurals = gazetteer(['Elks', 1, 255], ['Solarmodule', 2, 255], ['Funke', 1, 255]);
    const one = (name: string): number | undefined => plurals.sensesOf(name)[0]?.type;
    assert.deepEqual(['elk', 'Solarmodul', 'Funk', 'El'].map(one), [
      undefined,
      2,
      undefined,
      undefined,
    ]);
    assert.equal(gazetteer(['Plates', 1, 255]).sensesOf('plate')[0]?.type, 1);
    assert.deepEqual(gazetteer(['北京大学城n', 1, 255]).sensesOf('北京大学城'), []);
    const square = gazetteer([stemKey('Красная площадь'), 0, 255]);
    assert.deepEqual(square.sensesOf('Красной площади'), [{ type: 0, share: 1 }]);
    for (const unknown of ['Berne', 'x', '', '...', 's']) assert.deepEqual(sensesOf(unknown), []);
  });

  it('knows nothing where it holds nothing', () => {
    assert.deepEqual(gazetteer().sensesOf('Bern'), []);
  });

  it('is refused where it ends within a name, or has types that are not listed', () => {
    assert.throws(() => new Gazetteer(types, new Uint8Array(7)), /ends within a name/);
    assert.throws(() => gazetteer(['Bern', 3, 255]), /type that is not listed/);
  });
});
