import assert from 'node:assert/strict';
import { phraseText } from '../../../src/core/messages/phrase';
import * as fc from 'fast-check';
import { dynamicNerTaxonomy } from '../../../src/core/labels/dynamicner';
import { builtInLists, dataOfBuiltIn } from '../../../src/core/labels/builtInLists';
import { editTaxonomyFile } from '../../../src/core/labels/taxonomyFile/editTaxonomyFile';
import { writeTaxonomyFile } from '../../../src/core/labels/taxonomyFile/exportTypes';
import { readTaxonomyFile } from '../../../src/core/labels/taxonomyFile/readTaxonomyFile';
import { applyTextChanges } from '../../../src/core/labels/taxonomyFile/taxonomyEdit';
import {
  siblingGroups,
  similarSiblings,
} from '../../../src/core/labels/taxonomyFile/similarSiblings';
import { findTaxonomyProblems } from '../../../src/core/labels/taxonomyFile/taxonomyProblems';
import type { TaxonomyFile } from '../../../src/core/labels/taxonomyFile/taxonomyFile';
import { findAlike } from '../../../src/core/similarity/alikeVectors';
import { runs } from '../scale';
import { habits, types, writeByHand } from './taxonomyTexts';

/** Everything found in a text; `vectors` are those of names. */
function problemsOf(text: string, vectors?: (name: string) => Float32Array, from = 0.9) {
  const find = (file: TaxonomyFile) => {
    if (vectors === undefined) return findTaxonomyProblems(file);
    const groups = siblingGroups(file.types);
    const all = findAlike(
      groups.map((group) => group.map(({ name }) => vectors(name))),
      from,
    );
    const pairs = [...all].flatMap((pair) => pair ?? []);
    return findTaxonomyProblems(file, similarSiblings(groups, pairs));
  };
  return find(readTaxonomyFile(text)).map(({ kind, offset, length, fixes }) => ({
    kind,
    at: text.slice(offset, offset + length),
    fixed: fixes.map(({ edit }) => {
      const after = applyTextChanges(text, editTaxonomyFile(text, edit));
      return find(readTaxonomyFile(after)).map((one) => one.kind);
    }),
  }));
}

describe('findTaxonomyProblems', () => {
  const cases: [text: string, kind: string, at: string][] = [
    ['{"types": [{"name": " "}]}', 'empty-name', '" "'],
    ['{"types": ["film", "Film"]}', 'repeated-path', '"Film"'],
    ['{"types": ["transortation"]}', 'spelling', '"transortation"'],
    ['{"types": [{"name": "a", "children": ["c"]}, "b"]}', 'skipped-level', '"b"'],
    ['{"levels": ["coarse", " "], "types": ["a"]}', 'level-names', '["coarse", " "]'],
    [
      '{"types": [{"name": "a", "children": ["x"]}, {"name": "b", "children": ["X"]}]}',
      'same-for-scorer',
      '"X"',
    ],
    [
      '{"types": [{"name": "a", "shortcut": "q"}, {"name": "b", "shortcut": "Q"}]}',
      'repeated-shortcut',
      '"Q"',
    ],
    ['{"types": [{"name": "a", "formerly": ["b", "c"]}, "b"]}', 'unclear-alias', '["b", "c"]'],
    ['{"types": [{"name": "a", "threshold": "high"}]}', 'bad-value', '"high"'],
    ['{"types": [{"name": "a", "colour": {"light": "red"}}]}', 'bad-value', '{"light": "red"}'],
  ];
  for (const [text, kind, at] of cases) {
    it(`names and mends ${kind} at ${at}`, () => {
      const found = problemsOf(text);
      assert.deepEqual(
        found.map((one) => [one.kind, one.at]),
        [[kind, at]],
      );
      const [{ fixed } = { fixed: [] }] = found;
      assert.ok(fixed.length > 0, 'there is no quick fix');
      for (const kinds of fixed) assert.ok(!kinds.includes(kind as never), kinds.join());
    });
  }

  it('names siblings that the model hardly tells apart, with the one that is nearest', () => {
    const text = '{"types": ["film", "song", "movie", "picture"]}';
    const vectors = (name: string): Float32Array =>
      name === 'song' ? Float32Array.of(0, 2) : Float32Array.of(1, name.length / 100);
    const found = problemsOf(text, vectors);
    assert.deepEqual(
      found.map(({ kind, at }) => [kind, at]),
      [
        ['similar-siblings', '"movie"'],
        ['similar-siblings', '"picture"'],
      ],
    );
    const apart = '{"types": ["film", {"name": "song", "children": ["film", "movie"]}, "movie 2"]}';
    assert.deepEqual(
      problemsOf(apart, (name) => vectors(name.slice(0, 4))).filter(
        ({ kind }) => kind === 'similar-siblings',
      ).length,
      2,
    );
    assert.deepEqual(
      problemsOf(
        text,
        (name) => Float32Array.of(Number(name === 'film'), Number(name !== 'film')),
        1.1,
      ),
      [],
    );
  });

  it('finds in DynamicNER’s taxonomy only what its scorer cannot tell apart', () => {
    const [builtIn] = builtInLists;
    assert.ok(builtIn);
    const file = readTaxonomyFile(writeTaxonomyFile(dataOfBuiltIn(builtIn)));
    assert.deepEqual(
      file.list.taxonomy.roots.map(({ name }) => name),
      dynamicNerTaxonomy.roots.map(({ name }) => name),
    );
    const found = findTaxonomyProblems(file);
    assert.deepEqual([...new Set(found.map(({ kind }) => kind))], ['same-for-scorer']);
    assert.ok(found.some(({ message }) => phraseText(message).includes('biological')));
    assert.equal(file.list.label(['person'])?.examples?.[0], 'Marie Curie');
  });

  it('finds nothing wrong in the other built-in lists but names that recur', () => {
    for (const builtIn of builtInLists.slice(1)) {
      const text = writeTaxonomyFile(dataOfBuiltIn(builtIn));
      const kinds = problemsOf(text).map(({ kind }) => kind);
      assert.deepEqual(
        kinds.filter((kind) => kind !== 'same-for-scorer'),
        [],
        builtIn.id,
      );
    }
  });

  it('has fixes that can be made, whatever the file', () => {
    fc.assert(
      fc.property(types, habits, (data, odd) => {
        const text = writeByHand([...data, ...data.slice(0, 1)], odd);
        for (const { fixes } of findTaxonomyProblems(readTaxonomyFile(text))) {
          for (const { edit } of fixes) {
            const after = applyTextChanges(text, editTaxonomyFile(text, edit));
            assert.equal(readTaxonomyFile(after).error, undefined);
          }
        }
      }),
      runs(50),
    );
  }).timeout(120_000);
});
