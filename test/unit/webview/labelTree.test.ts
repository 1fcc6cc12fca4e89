import assert from 'node:assert/strict';
import type { TypeData } from '../../../src/core/labels/taxonomyFile/taxonomyFile';
import { textOfTypes, typesOfText, withFreeNames } from '../../../webview/labels/tree/copiedTypes';
import { findTypes } from '../../../webview/labels/tree/findTypes';
import { keyTarget, moveEdit, targetOf } from '../../../webview/labels/tree/moves';
import { TreeModel } from '../../../webview/labels/tree/treeModel';
import type { TypeNode } from '../../../webview/labels/tree/typeNodes';

const types: readonly TypeData[] = [
  { name: 'person', children: [{ name: 'scholar' }, { name: 'writer', synonyms: ['Author'] }] },
  { name: 'place', children: [{ name: 'city' }] },
  { name: 'ship' },
];

function treeOf(list: readonly TypeData[] = types): TreeModel {
  const model = new TreeModel();
  model.show(list);
  return model;
}

function node(model: TreeModel, name: string): TypeNode {
  const found = model.all.find(({ data }) => data.name === name);
  assert.ok(found, name);
  return found;
}

describe('the tree of the label editor’s page', () => {
  it('says of each row where it stands among those that are shown', () => {
    const model = treeOf();
    model.expand(node(model, 'place'), false);
    assert.deepEqual(
      model.rows.map(({ node: { data }, level, position, setSize, expanded }) => [
        data.name,
        level,
        position,
        setSize,
        expanded,
      ]),
      [
        ['person', 1, 1, 3, true],
        ['scholar', 2, 1, 2, undefined],
        ['writer', 2, 2, 2, undefined],
        ['place', 1, 2, 3, false],
        ['ship', 1, 3, 3, undefined],
      ],
    );
  });

  it('keeps a type selected when it is renamed, moved, or others change', () => {
    const model = treeOf();
    const { id } = node(model, 'writer');
    model.select(node(model, 'writer'));
    const renamed = [{ name: 'person', children: [{ name: 'scholar' }, { name: 'poet' }] }];
    model.show([...renamed, ...types.slice(1)]);
    assert.deepEqual([model.active?.id, model.active?.data.name], [id, 'poet']);
    model.show([
      { name: 'person', children: [{ name: 'scholar' }] },
      { name: 'place', children: [{ name: 'city' }, { name: 'poet' }] },
      { name: 'ship' },
    ]);
    assert.deepEqual([model.active?.id, model.active?.parent?.data.name], [id, 'place']);
  });

  it('selects ranges and single types, and the nearest type above where one is hidden', () => {
    const model = treeOf();
    model.select(node(model, 'scholar'));
    model.extendTo(node(model, 'place'));
    assert.deepEqual(
      model.selected.map(({ data }) => data.name),
      ['scholar', 'writer', 'place'],
    );
    model.toggle(node(model, 'writer'));
    assert.equal(model.isSelected(node(model, 'writer')), false);
    model.select(node(model, 'scholar'));
    model.expandToLevel(1);
    assert.equal(model.active?.data.name, 'person');
    assert.equal(model.rows.length, 3);
  });

  it('is as it was after it was kept and restored', () => {
    const model = treeOf();
    model.expand(node(model, 'person'), false);
    model.select(node(model, 'city'));
    const again = treeOf();
    again.restore(model.kept);
    assert.deepEqual(
      again.rows.map(({ node: { data } }) => data.name),
      ['person', 'place', 'city', 'ship'],
    );
    assert.equal(again.active?.data.name, 'city');
  });

  it('finds by every word in names, synonyms and names of the user’s language', () => {
    const { all } = treeOf();
    const find = (text: string): string[] =>
      findTypes(all, text, {
        displayName: ({ data }) => (data.name === 'city' ? 'Großstadt' : undefined),
      }).map(({ data }) => data.name);
    assert.deepEqual(find('AUTH'), ['writer']);
    assert.deepEqual(find('stadt groß'), ['city']);
    assert.deepEqual(find('  '), []);
  });

  it('moves types only to where they are not yet, and never below themselves', () => {
    const model = treeOf();
    const [person, scholar, ship] = ['person', 'scholar', 'ship'].map((name) => node(model, name));
    assert.ok(person && scholar && ship);
    assert.equal(moveEdit([person], targetOf(scholar, 'inside')), undefined);
    assert.equal(moveEdit([scholar], targetOf(scholar, 'after')), undefined);
    assert.deepEqual(moveEdit([ship], targetOf(scholar, 'after')), {
      kind: 'move',
      types: [[2]],
      parent: [0],
      index: 1,
    });
    const siblings = (parent: TypeNode | undefined) => parent?.children ?? model.roots;
    assert.equal(keyTarget([person], 'moveUp', siblings), undefined);
    assert.deepEqual(keyTarget([person], 'moveDown', siblings), { parent: undefined, index: 2 });
    assert.deepEqual(keyTarget([scholar], 'moveOut', siblings), { parent: undefined, index: 1 });
  });

  it('reads what it copied, and indented names, and gives free names', () => {
    assert.deepEqual(typesOfText(textOfTypes(types)), types);
    assert.deepEqual(typesOfText('animal\n  cat\n  dog\nplant\n'), [
      { name: 'animal', children: [{ name: 'cat' }, { name: 'dog' }] },
      { name: 'plant' },
    ]);
    assert.equal(typesOfText('[{"nom": 1}]'), undefined);
    assert.equal(typesOfText('  \n'), undefined);
    const named = withFreeNames([{ name: 'Ship' }, { name: 'ship' }], ['ship']);
    assert.deepEqual(
      named.map(({ name }) => name),
      ['Ship 2', 'ship 3'],
    );
  });
});
