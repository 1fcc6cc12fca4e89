import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readTaxonomyFile } from '../../../src/core/labels/taxonomyFile/readTaxonomyFile';
import { findTaxonomyProblems } from '../../../src/core/labels/taxonomyFile/taxonomyProblems';
import {
  siblingGroups,
  similarSiblings,
} from '../../../src/core/labels/taxonomyFile/similarSiblings';
import { allTypes } from '../../../src/core/labels/taxonomyFile/taxonomyFile';
import { runs } from '../scale';
import { habits, types, writeByHand } from './taxonomyTexts';

/** Pieces that break JSON, or the shape of a taxonomy file, where they are put. */
const pieces = fc.constantFrom(
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '//',
    '/*',
    '*/',
    '\\',
    '\n',
    '\u0000',
    '\ufeff',
    '-',
    '1e9',
  ],
  ...['null', '{}', '[[[[', '"name"', '"children": 3,', '"threshold": 7,', '"types": {},', '😀'],
);

const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.nat(12),
  piece: fc.option(pieces),
});

describe('readTaxonomyFile', () => {
  it('gives a message or a tree for any text, never an exception', () => {
    fc.assert(
      fc.property(
        types,
        habits,
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        (data, odd, mutations) => {
          let text = writeByHand(data, odd);
          for (const { at, removed, piece } of mutations) {
            const offset = Math.floor(at * text.length);
            text = text.slice(0, offset) + (piece ?? '') + text.slice(offset + removed);
          }
          const file = readTaxonomyFile(text);
          if (file.error !== undefined) {
            assert.equal(file.types.length, 0);
            assert.ok(file.error.offset <= text.length && file.error.line > 0);
            return;
          }
          for (const { offset, length, fields } of allTypes(file.types)) {
            for (const place of [{ offset, length }, ...Object.values(fields)]) {
              assert.ok(place.offset + place.length <= text.length);
            }
          }
          const groups = siblingGroups(file.types);
          const pairs = groups.map((_, group) => ({ group, index: 1, nearest: 0, cosine: 1 }));
          const similar = similarSiblings(groups, pairs);
          assert.equal(similar.length, groups.length);
          for (const { offset, length } of findTaxonomyProblems(file, similar)) {
            assert.ok(offset >= 0 && length > 0 && offset + length <= text.length);
          }
        },
      ),
      runs(200),
    );
  }).timeout(120_000);

  it('reads comments, bare names and places, and leaves out what is wrong', () => {
    const text = `// mine
{ "name": "Films", "levels": ["kind"],
  "types": ["film", { "name": "song", "threshold": 2, "color": "red" }, "film", { "synonyms": ["x"] }, 7,] }`;
    const file = readTaxonomyFile(text);
    assert.equal(file.name, 'Films');
    assert.deepEqual(file.list.taxonomy.levelNames, ['kind']);
    assert.deepEqual(
      file.types.map(({ name, offset, length }) => [name, text.slice(offset, offset + length)]),
      [
        ['film', '"film"'],
        ['song', '{ "name": "song", "threshold": 2, "color": "red" }'],
        ['film', '"film"'],
        ['', '{ "synonyms": ["x"] }'],
        ['', '7'],
      ],
    );
    assert.deepEqual(
      file.list.labels.map(({ name }) => name),
      ['film', 'song'],
    );
    assert.deepEqual(
      file.problems.map(({ kind, offset, length }) => [kind, text.slice(offset, offset + length)]),
      [
        ['bad-value', '2'],
        ['unknown-field', '"color"'],
        ['bad-value', '7'],
      ],
    );
  });

  it('says where a broken file breaks, and what another kind of list is', () => {
    const broken = readTaxonomyFile('{\n  "types": [ "film" "song" ]\n}');
    assert.deepEqual([broken.error?.line, broken.error?.column], [2, 21]);
    assert.match(readTaxonomyFile('{"person": ["actor"]}').error?.message.template ?? '', /types/u);
    assert.match(readTaxonomyFile('[1]').error?.message.template ?? '', /types/u);
    const deep = readTaxonomyFile('{"types": ' + '['.repeat(100_000));
    assert.equal(deep.error?.line, 1);
    assert.deepEqual(readTaxonomyFile(' // nothing yet\n').types, []);
  });

  it('counts how deep brackets stand, but not those in names and comments', () => {
    const open = '['.repeat(300);
    const harmless = `{"types": [/* ${open} */ {"name": "${open}\\"${open}"}] // ${open}\n}`;
    const file = readTaxonomyFile(harmless);
    assert.equal(file.error, undefined);
    assert.equal(file.types[0]?.name, `${open}"${open}`);
    assert.equal(readTaxonomyFile(`{"types": ${open}`).error?.offset, 210 - 1);
  });
});
