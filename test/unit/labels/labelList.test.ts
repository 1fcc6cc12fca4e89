import assert from 'node:assert/strict';
import { InputError } from '../../../src/core/errors';
import { dynamicNerLabels, dynamicNerTaxonomy } from '../../../src/core/labels/dynamicner';
import { LabelList } from '../../../src/core/labels/labelList';
import { Taxonomy } from '../../../src/core/labels/taxonomy';

describe('LabelList', () => {
  it('leaves out disabled types with all below them, and gives another id', () => {
    const list = dynamicNerLabels
      .withEnabled(['Person'], false)
      .withEnabled(['art', 'music'], false);
    const spec = list.toSpec();
    assert.ok(spec.kind === 'taxonomy');
    assert.equal(spec.types.length, 7);
    const art = spec.types.find(({ name }) => name === 'art');
    assert.deepEqual(
      art?.children?.map(({ name }) => name),
      ['visual art', 'literature', 'other art'],
    );
    assert.equal(list.isEnabled(['person', 'real person']), false);
    assert.equal(list.isEnabled(['art']), true);
    assert.notEqual(spec.id, dynamicNerLabels.toSpec().id);
    const back = list.withEnabled(['person'], true).withEnabled(['art', 'music'], true);
    assert.equal(back.toSpec().id, dynamicNerLabels.toSpec().id);
    assert.equal(dynamicNerLabels.isEnabled(['person']), true);
  });

  it('takes thresholds and colours from the nearest type above', () => {
    const colour = { light: '#000000', dark: '#ffffff' };
    const list = dynamicNerLabels
      .withSettings(['person'], { threshold: 0.4, colour })
      .withSettings(['person', 'real person', 'actor'], { threshold: 0.9 });
    assert.equal(list.threshold(['person', 'real person', 'scholar']), 0.4);
    assert.equal(list.threshold(['person', 'real person', 'actor']), 0.9);
    assert.equal(list.threshold(['group']), undefined);
    assert.deepEqual(list.colour(['person', 'real person', 'actor']), colour);
    assert.equal(list.colour(['nothing']), undefined);
  });

  it('keeps the order of a flat list and everything set on its labels', () => {
    const list = LabelList.flat([
      { name: 'ship', description: 'a vessel', synonyms: ['vessel'], threshold: 0.3 },
      { name: 'city', enabled: false },
      { name: 'Café' },
    ]);
    assert.deepEqual(list.toSpec(), {
      kind: 'flat',
      id: list.toSpec().id,
      labels: [
        { name: 'ship', description: 'a vessel', synonyms: ['vessel'], threshold: 0.3 },
        { name: 'Café' },
      ],
    });
    assert.deepEqual(
      list.labels.map(({ name, enabled }) => [name, enabled]),
      [
        ['ship', true],
        ['city', false],
        ['Café', true],
      ],
    );
    assert.equal(list.label(['cafe\u0301'])?.name, 'Café');
  });

  it('carries settings over to another taxonomy as far as it has the types', () => {
    const list = dynamicNerLabels.withEnabled(['person'], false).withEnabled(['group'], false);
    const moved = list.withTaxonomy(new Taxonomy([{ name: 'Person' }, { name: 'ship' }]));
    assert.equal(moved.isEnabled(['person']), false);
    assert.equal(moved.isEnabled(['ship']), true);
    assert.equal(moved.label(['group']), undefined);
  });

  it('refuses unknown paths, doubled names, and thresholds and colours that are none', () => {
    const { taxonomy } = LabelList.fromTaxonomy(dynamicNerTaxonomy);
    assert.equal(taxonomy, dynamicNerTaxonomy);
    assert.throws(() => dynamicNerLabels.withEnabled(['persona'], true), InputError);
    assert.throws(() => LabelList.flat([{ name: 'a' }, { name: 'A' }]), /stands twice/);
    assert.throws(() => LabelList.flat([{ name: 'a', threshold: 2 }]), /0 to 1/);
    assert.throws(
      () => LabelList.flat([{ name: 'a', colour: { light: 'red', dark: '#000000' } }]),
      /hexadecimal/,
    );
  });
});
