import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { InputError } from '../../../src/core/errors';
import {
  editTaxonomy,
  editTaxonomyFile,
  pathChangesOf,
  pathChangesOfAll,
  type TaxonomyData,
} from '../../../src/core/labels/taxonomyFile/editTaxonomyFile';
import { readTaxonomyFile } from '../../../src/core/labels/taxonomyFile/readTaxonomyFile';
import {
  applyTextChanges,
  type TaxonomyEdit,
} from '../../../src/core/labels/taxonomyFile/taxonomyEdit';
import { typeData } from '../../../src/core/labels/taxonomyFile/taxonomyFile';
import { runs } from '../scale';
import { choices, chooseEdit, habits, types, writeByHand } from './taxonomyTexts';

function dataOf(text: string): TaxonomyData {
  const { types: read, levels, error } = readTaxonomyFile(text);
  assert.equal(error, undefined, text);
  return { levels, types: read.map(typeData) };
}

const edited = (text: string, edit: TaxonomyEdit) =>
  applyTextChanges(text, editTaxonomyFile(text, edit));

const file = `{
  // What we look for.
  "levels": ["coarse", "fine"],
  "types": [
    { "name": "person", "children": ["scholar", "actor"] }, // people
    /* works */
    {
      "threshold": 0.4,
      "name": "art",
      "children": [
        { "name": "film" }, // moving pictures
        // on paper
        { "name": "novel" },
        { "name": "song" }
      ]
    }
  ]
}
`;

describe('editTaxonomyFile', () => {
  it('gives the tree that the edit means, whatever the text looks like', () => {
    fc.assert(
      fc.property(types, habits, choices, (data, odd, choice) => {
        fc.pre(data.length > 0);
        const text = writeByHand(data, odd);
        assert.deepEqual(dataOf(text).types, data);
        const edit = chooseEdit(data, choice);
        let wanted: TaxonomyData | undefined;
        try {
          wanted = editTaxonomy({ types: data, levels: [] }, edit);
        } catch (error) {
          assert.ok(error instanceof InputError);
          assert.throws(() => editTaxonomyFile(text, edit), InputError);
          return;
        }
        const after = edited(text, edit);
        assert.deepEqual(dataOf(after), wanted, `${text}\n→\n${after}`);
        if (edit.kind !== 'add' && edit.kind !== 'setLevels') return;
        // Nothing is taken away, so that every comment stays.
        const comments = (one: string) => one.match(/one, two|three|four/gu)?.length ?? 0;
        assert.equal(comments(after), comments(text), `${text}\n→\n${after}`);
      }),
      runs(100),
    );
  }).timeout(120_000);

  it('moves a type with its comments, and leaves its old path behind', () => {
    const after = edited(file, {
      kind: 'move',
      types: [
        ['art', 'novel'],
        ['art', 'film'],
      ],
      parent: ['person'],
      index: 1,
    });
    assert.equal(
      after,
      `{
  // What we look for.
  "levels": ["coarse", "fine"],
  "types": [
    { "name": "person", "children": ["scholar", { "name": "film", "formerly": ["art > film"] }, // moving pictures
      // on paper
      { "name": "novel", "formerly": ["art > novel"] }, "actor"] }, // people
    /* works */
    {
      "threshold": 0.4,
      "name": "art",
      "children": [
        { "name": "song" }
      ]
    }
  ]
}
`,
    );
  });

  it('puts new fields where they belong, in the layout of the file', () => {
    const described = edited(file, {
      kind: 'set',
      types: [['person'], ['art'], ['person', 'actor']],
      field: 'description',
      value: 'One.',
    });
    assert.ok(described.includes('{ "name": "person", "description": "One.", "children": ['));
    assert.ok(described.includes('      "name": "art",\n      "description": "One.",\n'));
    assert.ok(described.includes('"scholar", { "name": "actor", "description": "One." }]'));
    const back = edited(described, {
      kind: 'set',
      types: [['person'], ['art']],
      field: 'description',
      value: undefined,
    });
    assert.equal(back, file.replace('"actor"', '{ "name": "actor", "description": "One." }'));
  });

  it('unites types: names, synonyms, examples, children and former paths', () => {
    const types = [
      { name: 'film', synonyms: ['picture'], children: [{ name: 'drama' }] },
      {
        name: 'movie',
        description: 'Pictures that move.',
        synonyms: ['Picture', 'flick'],
        formerly: [['cinema']],
        children: [{ name: 'drama', examples: ['Carmen'] }, { name: 'comedy' }],
      },
    ];
    const edit: TaxonomyEdit = { kind: 'merge', types: [['movie']], into: ['film'] };
    assert.deepEqual(editTaxonomy({ levels: [], types }, edit).types, [
      {
        name: 'film',
        description: 'Pictures that move.',
        synonyms: ['picture', 'movie', 'flick'],
        formerly: [['movie'], ['cinema']],
        children: [
          { name: 'drama', examples: ['Carmen'], formerly: [['movie', 'drama']] },
          { name: 'comedy' },
        ],
      },
    ]);
    assert.deepEqual(pathChangesOf(types, edit), [
      { from: ['movie'], to: ['film'] },
      { from: ['movie', 'drama'], to: ['film', 'drama'] },
      { from: ['movie', 'comedy'], to: ['film', 'comedy'] },
    ]);
  });

  it('says what became of the paths below a removed or renamed type', () => {
    const types = [{ name: 'a', children: [{ name: 'b', children: [{ name: 'c' }] }] }];
    assert.deepEqual(pathChangesOf(types, { kind: 'remove', types: [['a', 'b']] }), [
      { from: ['a', 'b'], to: ['a'] },
      { from: ['a', 'b', 'c'], to: ['a'] },
    ]);
    assert.deepEqual(pathChangesOf(types, { kind: 'remove', types: [['a']] }), [
      { from: ['a'], to: undefined },
      { from: ['a', 'b'], to: undefined },
      { from: ['a', 'b', 'c'], to: undefined },
    ]);
    assert.deepEqual(pathChangesOf(types, { kind: 'rename', type: ['a'], name: 'x' }).at(-1), {
      from: ['a', 'b', 'c'],
      to: ['x', 'b', 'c'],
    });
  });

  it('says what became of paths after several edits', () => {
    const types = [{ name: 'a', children: [{ name: 'b' }] }, { name: 'c' }];
    assert.deepEqual(
      pathChangesOfAll(types, [
        { kind: 'move', types: [['a', 'b']], parent: ['c'] },
        { kind: 'rename', type: ['c'], name: 'd' },
        { kind: 'rename', type: ['d', 'b'], name: 'e' },
        { kind: 'rename', type: ['a'], name: 'f' },
        { kind: 'rename', type: ['f'], name: 'a' },
      ]),
      [
        { from: ['a', 'b'], to: ['d', 'e'] },
        { from: ['c'], to: ['d'] },
      ],
    );
  });

  it('does not take over an alias that another type’s path hid', () => {
    const types = [
      { name: 'a', children: [{ name: 'b' }] },
      { name: 'c', children: [{ name: 'd' }, { name: 'b', formerly: [['c', 'd']] }] },
    ];
    const edit: TaxonomyEdit = { kind: 'merge', types: [[1]], into: [0] };
    const { taxonomy } = readTaxonomyFile(
      JSON.stringify(editTaxonomy({ levels: [], types }, edit)),
    ).list;
    assert.deepEqual(taxonomy.formerNode(['c', 'd'])?.path, ['a', 'd']);
    assert.deepEqual(taxonomy.formerNode(['c', 'b'])?.path, ['a', 'b']);
  });

  it('finds every type by each path that it ever had', () => {
    fc.assert(
      fc.property(types, fc.array(choices, { maxLength: 4 }), (data, steps) => {
        let now: TaxonomyData = { levels: [], types: data };
        for (const step of steps) {
          if (now.types.length === 0) return;
          const edit = chooseEdit(now.types, step);
          // Settings may give any alias, and a type that is added may take any path.
          if (edit.kind === 'set' || edit.kind === 'add' || edit.kind === 'split') continue;
          let next: TaxonomyData;
          try {
            next = editTaxonomy(now, edit);
          } catch {
            continue;
          }
          const { taxonomy } = readTaxonomyFile(JSON.stringify(next)).list;
          for (const { from, to } of pathChangesOf(now.types, edit)) {
            if (to === undefined || taxonomy.node(from) !== undefined) continue;
            const found = taxonomy.formerNode(from)?.path;
            assert.deepEqual(found, to, JSON.stringify([now, edit, next]));
          }
          now = next;
        }
      }),
      runs(100),
    );
  }).timeout(120_000);

  it('refuses names that are empty or taken, and places that are not there', () => {
    const refused: TaxonomyEdit[] = [
      { kind: 'rename', type: ['person'], name: ' ' },
      { kind: 'rename', type: ['person'], name: 'ART' },
      { kind: 'rename', type: ['persona'], name: 'people' },
      { kind: 'add', parent: ['art'], type: { name: 'film' } },
      { kind: 'move', types: [['art']], parent: ['art', 'film'] },
      { kind: 'merge', types: [['art']], into: ['art', 'film'] },
      { kind: 'set', types: [['art']], field: 'threshold', value: 1.5 },
    ];
    for (const edit of refused) {
      assert.throws(() => editTaxonomyFile(file, edit), InputError, JSON.stringify(edit));
    }
    assert.throws(
      () => editTaxonomyFile('{"types": [', refused[0] as TaxonomyEdit),
      /line|:1|Correct/u,
    );
  });

  it('begins a file that is empty', () => {
    const edit: TaxonomyEdit = { kind: 'add', parent: [], type: { name: 'film' } };
    assert.equal(edited('', edit), '{\n  "types": [\n    { "name": "film" }\n  ]\n}\n');
    assert.equal(edited('{}', edit), '{"types": [{ "name": "film" }]}');
  });
});
