import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Entity } from '../../../src/core/entity/entity';
import { filterEntities } from '../../../src/editor/features/treeFilter';
import { EntityTree, pageSize, type TreeNode } from '../../../src/editor/features/treeModel';
import { suggest } from './entities';
import { runs } from '../scale';

const text = 'Ada met Babbage in London; Ada left London for Paris.';
const scholar = ['person', 'real person', 'scholar'];
const city = ['location', 'geo-political entity', 'city'];
const entities = [
  suggest(text, 'Ada', scholar),
  suggest(text, 'Babbage', ['person', 'real person']),
  suggest(text, 'London', city),
  suggest(text, 'Ada', scholar, {}, 1),
  suggest(text, 'London', city, {}, 1),
  suggest(text, 'Paris', city),
];

function draw(tree: EntityTree, nodes = tree.roots, indent = ''): string[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'notPlaced') return [`${indent}${node.quote}`];
    if (node.kind === 'notPlacedGroup') {
      const below = draw(tree, tree.childrenOf(node), `${indent}  `);
      return [`${indent}not placed ${node.members.length}`, ...below];
    }
    const name =
      node.kind === 'type'
        ? (node.path.at(-1) ?? '')
        : node.kind === 'page'
          ? `${node.first}–${node.last}`
          : text.slice(node.entity.start, node.entity.end);
    const count = node.kind === 'entity' ? '' : ` ${node.entities.length}`;
    return [`${indent}${name}${count}`, ...draw(tree, tree.childrenOf(node), `${indent}  `)];
  });
}

function manyEntities(count: number): Entity[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `e${i}`,
    start: i * 4,
    end: i * 4 + 3,
    path: [`coarse ${i % 3}`, `medium ${i % 7}`, `fine ${i % 11}`],
    state: 'suggested',
  }));
}

describe('the tree of entities', () => {
  it('lists first what has no place in the text, in every order', () => {
    const [gone] = entities;
    assert.ok(gone);
    const aside = [{ entity: { ...gone, id: 'gone' }, quote: 'Turing' }];
    for (const order of ['type', 'text'] as const) {
      const tree = new EntityTree(entities, { order, sort: 'count', level: 0 }, aside);
      assert.deepEqual(draw(tree).slice(0, 2), ['not placed 1', '  Turing']);
      assert.equal(tree.find(gone)?.entity, gone);
    }
  });

  it('groups by type down to the shown level, with counts', () => {
    const tree = new EntityTree(entities, { order: 'type', sort: 'count', level: 2 });
    assert.deepEqual(draw(tree), [
      'location 3',
      '  geo-political entity 3',
      '    city 3',
      '      London',
      '      London',
      '      Paris',
      'person 3',
      '  real person 3',
      '    scholar 2',
      '      Ada',
      '      Ada',
      '    Babbage',
    ]);
  });

  it('stops at a higher level when that is shown', () => {
    const tree = new EntityTree(entities.slice(0, 3), { order: 'type', sort: 'count', level: 0 });
    assert.deepEqual(draw(tree), ['person 2', '  Ada', '  Babbage', 'location 1', '  London']);
  });

  it('sorts types by name instead of count', () => {
    const roots = new EntityTree(entities.slice(0, 3), { order: 'type', sort: 'name', level: 0 })
      .roots;
    assert.deepEqual(
      roots.map((node) => node.kind === 'type' && node.path[0]),
      ['location', 'person'],
    );
  });

  it('lists entities in text order', () => {
    const tree = new EntityTree(entities, { order: 'text', sort: 'count', level: 2 });
    assert.deepEqual(draw(tree), ['Ada', 'Babbage', 'London', 'Ada', 'London', 'Paris']);
  });

  it('divides long lists into pages and gives each only when it is opened', () => {
    const many = manyEntities(50_000);
    const tree = new EntityTree(many, { order: 'text', sort: 'count', level: 2 });
    assert.equal(tree.roots.length, 50_000 / pageSize);
    const last = tree.roots.at(-1);
    assert.ok(last?.kind === 'page');
    assert.deepEqual([last.first, last.last], [49_501, 50_000]);
    assert.equal(tree.childrenOf(last).length, pageSize);
  });

  it('keeps ids over another order of types and other entities', () => {
    const ids = (tree: EntityTree): string[] => tree.roots.map((node) => node.id).sort();
    const one = new EntityTree(entities, { order: 'type', sort: 'count', level: 2 });
    const other = new EntityTree(entities.slice(1), { order: 'type', sort: 'name', level: 1 });
    assert.deepEqual(ids(one), ids(other));
  });

  it('shows every entity once, under unique ids, and finds each of them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1300 }),
        fc.constantFrom('type' as const, 'text' as const),
        fc.integer({ min: 0, max: 2 }),
        (count, order, level) => {
          const many = manyEntities(count);
          const tree = new EntityTree(many, { order, sort: 'count', level });
          const all: TreeNode[] = [];
          const walk = (nodes: readonly TreeNode[], parent: TreeNode | undefined): void => {
            for (const node of nodes) {
              assert.equal(node.parent, parent);
              all.push(node);
              walk(tree.childrenOf(node), node);
            }
          };
          walk(tree.roots, undefined);
          assert.equal(new Set(all.map((node) => node.id)).size, all.length);
          assert.equal(all.filter((node) => node.kind === 'entity').length, count);
          const some = many[Math.floor(count / 2)];
          if (some !== undefined) assert.equal(tree.find(some)?.entity, some);
        },
      ),
      runs(30),
    );
  });

  it('does not find what it does not show', () => {
    const tree = new EntityTree(entities.slice(1), { order: 'type', sort: 'count', level: 2 });
    assert.equal(tree.find(entities[0] as Entity), undefined);
  });
});

describe('the filter of the tree', () => {
  const none = (): Promise<void> => Promise.resolve();
  const surfaces = (found: readonly Entity[]): string[] =>
    found.map((entity) => text.slice(entity.start, entity.end));

  it('keeps mentions that contain the words, in any case', async () => {
    assert.deepEqual(surfaces(await filterEntities(text, entities, ' LOND ', none)), [
      'London',
      'London',
    ]);
  });

  it('keeps entities of a type that contains them', async () => {
    assert.deepEqual(surfaces(await filterEntities(text, entities, 'scholar', none)), [
      'Ada',
      'Ada',
    ]);
  });

  it('is off when blank', async () => {
    assert.equal(await filterEntities(text, entities, '  ', none), entities);
  });

  it('pauses between slices', async () => {
    let pauses = 0;
    const found = await filterEntities(text, manyEntities(50_000), 'fine 3', async () => {
      pauses += 1;
      await Promise.resolve();
    });
    assert.equal(pauses, 24);
    assert.equal(found.length, 4546);
  });
});
