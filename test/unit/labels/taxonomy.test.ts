import assert from 'node:assert/strict';
import { dynamicNerTaxonomy as taxonomy } from '../../../src/core/labels/dynamicner';
import { Taxonomy, pathAtLevel } from '../../../src/core/labels/taxonomy';
import { InputError } from '../../../src/core/errors';

const names = (nodes: readonly { readonly name: string }[]) => nodes.map(({ name }) => name);
const paths = (nodes: readonly { readonly path: readonly string[] }[]) =>
  nodes.map(({ path }) => path.join('/'));

describe('Taxonomy', () => {
  it('holds the 8, 31 and 155 types of DynamicNER', () => {
    assert.deepEqual(
      taxonomy.levels.map((level) => level.length),
      [8, 31, 155],
    );
    assert.equal(taxonomy.depth, 3);
    assert.deepEqual(taxonomy.levelNames, ['coarse', 'medium', 'fine']);
    assert.equal(taxonomy.leaves.length, 155);
    assert.equal(taxonomy.nodes.length, 194);
  });

  it('finds types by path whatever their case, blanks, underscores and known misspellings', () => {
    const path = ['location', 'geo-political entity', 'state or province'];
    assert.deepEqual(taxonomy.node(path)?.path, path);
    for (const spelling of ['State or Province', 'state_or_province', ' STATE  OR PROVINCE ']) {
      assert.deepEqual(taxonomy.node(['Location', 'Geo-Political Entity', spelling])?.path, path);
    }
    assert.equal(
      taxonomy.node(['Facility', 'Transortation Facility', 'Airport'])?.path[1],
      'transportation facility',
    );
  });

  it('keeps the names that stand at several places ambiguous', () => {
    const expected: Record<string, string[]> = {
      miscellaneous: [
        'miscellaneous',
        'miscellaneous/miscellaneous',
        'miscellaneous/miscellaneous/miscellaneous',
      ],
      biological: ['product/weapon/biological', 'science entity/biological'],
      address: ['location/address', 'location/address/address'],
      'other product': ['product/other product', 'product/other product/other product'],
      'other facility': ['facility/other facility', 'facility/other facility/other facility'],
      'other art': ['art/other art', 'art/other art/other art'],
      'other scientific entity': [
        'science entity/other scientific entity',
        'science entity/other scientific entity/other scientific entity',
      ],
    };
    for (const [name, candidates] of Object.entries(expected)) {
      const resolution = taxonomy.resolve(name.toUpperCase());
      assert.ok(resolution.kind === 'ambiguous', name);
      assert.deepEqual(paths(resolution.candidates), candidates);
    }
    const ambiguous = new Set(
      taxonomy.nodes
        .map(({ name }) => name)
        .filter((name) => taxonomy.resolve(name).kind === 'ambiguous'),
    );
    assert.deepEqual([...ambiguous].sort(), Object.keys(expected).sort());
  });

  it('resolves names, paths in strings, whole paths, ends of paths, and names at a level', () => {
    const whole = ['science entity', 'biological', 'species'];
    for (const given of [
      'species',
      'Biological > Species',
      'science entity->biological->species',
    ]) {
      const resolution = taxonomy.resolve(given);
      assert.ok(resolution.kind === 'found', given);
      assert.deepEqual(resolution.node.path, whole);
    }
    const fine = taxonomy.resolve('biological', 2);
    assert.ok(fine.kind === 'found');
    assert.deepEqual(fine.node.path, ['product', 'weapon', 'biological']);
    const top = taxonomy.resolve(['miscellaneous']);
    assert.ok(top.kind === 'found');
    assert.equal(top.node.level, 0);
    assert.deepEqual(taxonomy.resolve('politican'), {
      kind: 'unknown',
      name: 'politican',
      nearest: 'politician',
    });
    assert.deepEqual(taxonomy.resolve('quux'), { kind: 'unknown', name: 'quux' });
  });

  it('walks up and down', () => {
    const path = ['person', 'real person', 'scholar'];
    assert.deepEqual(paths(taxonomy.ancestors(path)), ['person', 'person/real person']);
    assert.deepEqual(names(taxonomy.children(['person'])), ['real person', 'fictional figure']);
    assert.equal(taxonomy.children([]).length, 8);
    assert.deepEqual(taxonomy.children(path), []);
    assert.deepEqual(taxonomy.children(['nothing']), []);
    assert.deepEqual(taxonomy.atLevel(7), []);
    assert.deepEqual(pathAtLevel(path, 1), ['person', 'real person']);
    assert.deepEqual(pathAtLevel(path, 5), path);
  });

  it('takes trees of any depth with branches of different depth', () => {
    const deep = new Taxonomy([
      {
        name: 'a',
        children: [
          { name: 'b', children: [{ name: 'c', children: [{ name: 'd' }] }] },
          { name: 'e', synonyms: ['ee'] },
        ],
      },
      { name: 'f' },
    ]);
    assert.equal(deep.depth, 4);
    assert.deepEqual(deep.levelNames, ['level 1', 'level 2', 'level 3', 'level 4']);
    assert.deepEqual(paths(deep.leaves), ['a/b/c/d', 'a/e', 'f']);
    const synonym = deep.resolve('EE');
    assert.ok(synonym.kind === 'found');
    assert.deepEqual(synonym.node.path, ['a', 'e']);
    assert.equal(new Taxonomy([]).depth, 0);
  });

  it('names its content by an id that follows every name, order and description', () => {
    const id = (types: ConstructorParameters<typeof Taxonomy>[0]) =>
      new Taxonomy(types).toSpec().id;
    const base = [{ name: 'a' }, { name: 'b' }];
    assert.equal(id(base), id([{ name: 'a' }, { name: 'b' }]));
    const others = [
      [{ name: 'b' }, { name: 'a' }],
      [{ name: 'a' }, { name: 'B' }],
      [{ name: 'a', children: [{ name: 'b' }] }],
      [{ name: 'a', description: 'b' }, { name: 'b' }],
    ];
    assert.equal(new Set([base, ...others].map(id)).size, 5);
    assert.match(id(base), /^[0-9a-f]{16}$/);
  });

  it('refuses a name without letters and a name twice under one type', () => {
    assert.throws(() => new Taxonomy([{ name: ' ' }]), InputError);
    assert.throws(() => new Taxonomy([{ name: 'Film' }, { name: 'film' }]), /stands twice/);
  });

  it('finds types by the paths that they had before, also below them, and by their old names', () => {
    const changed = new Taxonomy([
      {
        name: 'human',
        formerly: [['person']],
        children: [{ name: 'researcher', formerly: [['human', 'scholar']] }],
      },
      { name: 'work', formerly: [['art', 'film'], ['film']] },
    ]);
    const found = (path: string[] | string) => {
      const resolution = changed.resolve(path);
      return resolution.kind === 'found' ? resolution.node.path.join('/') : resolution.kind;
    };
    assert.equal(found(['person', 'scholar']), 'human/researcher');
    assert.equal(found('scholar'), 'human/researcher');
    assert.equal(found('art > film'), 'work');
    assert.equal(found(['person', 'actor']), 'unknown');
    assert.equal(found('poem'), 'unknown');
  });

  it('does not follow aliases that stand for each other without end', () => {
    const circular = new Taxonomy([
      { name: 'a', children: [{ name: 'x', formerly: [['b']] }] },
      { name: 'c', children: [{ name: 'y', formerly: [['a', 'x', 'z']] }] },
      { name: 'd', children: [{ name: 'e', formerly: [['f'], ['d', 'e', 'f']] }] },
    ]);
    assert.equal(circular.formerNode(['b', 'z', 'q']), undefined);
    assert.equal(circular.formerNode(['f', 'f', 'f']), undefined);
    assert.deepEqual(circular.formerNode(['b', 'z'])?.path, ['c', 'y']);
  });
});
