import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { runs } from '../scale';
import { author, city, EditedText as Document, scholar } from './editedText';

describe('the entities of a document', () => {
  const text = 'Marie Curie left Warsaw. Ada Lovelace lived in London.';
  const all = [
    ['Marie Curie', scholar],
    ['Warsaw', city],
    ['Ada Lovelace', author],
  ] as const;

  it('replaces suggestions by what is found later, and keeps the ids of those found again', () => {
    const document = new Document(text);
    document.extract(all);
    const id = document.idOf('Warsaw');
    document.extract([
      ['Warsaw', city],
      ['London', city],
    ]);
    assert.deepEqual(document.shown, ['Warsaw city suggested', 'London city suggested']);
    assert.equal(document.idOf('Warsaw'), id);
  });

  it('keeps accepted, corrected and added entities when the engine finds something else', () => {
    const document = new Document(text);
    document.extract(all);
    document.state.actions.accept([document.idOf('Marie Curie')]);
    document.state.actions.changeType([document.idOf('Ada Lovelace')], scholar);
    const london = text.indexOf('London');
    document.state.actions.add(london, london + 6, city);
    document.extract([
      ['Curie', author],
      ['Ada Lovelace', author],
      ['London', ['organization']],
    ]);
    assert.deepEqual(document.shown, [
      'Marie Curie scholar accepted',
      'Ada Lovelace scholar corrected',
      'London city added',
    ]);
  });

  it('does not bring back a rejected span with its type, but with another type', () => {
    const document = new Document(text);
    document.extract(all);
    document.state.actions.reject([document.idOf('Warsaw')]);
    document.extract(all);
    assert.ok(!document.shown.some((one) => one.startsWith('Warsaw')));
    document.extract([['Warsaw', ['organization', 'company']]]);
    assert.deepEqual(document.shown, ['Warsaw company suggested']);
  });

  it('lets suggestions stand inside humans’ entities only where overlaps are wanted', () => {
    const document = new Document(text);
    document.extract([['Marie Curie', scholar]]);
    document.state.actions.accept([document.idOf('Marie Curie')]);
    document.extract([['Curie', author]]);
    assert.deepEqual(document.shown, ['Marie Curie scholar accepted']);
    document.overlap = 'nested';
    document.extract([['Curie', author]]);
    assert.deepEqual(document.shown, ['Marie Curie scholar accepted', 'Curie author suggested']);
    document.extract([['Curie left', author]]);
    assert.deepEqual(document.shown, ['Marie Curie scholar accepted']);
  });

  it('clears suggestions and leaves human work; undo brings cleared human work back', () => {
    const document = new Document(text);
    document.extract(all);
    document.state.actions.accept([document.idOf('Warsaw')]);
    document.state.clearSuggestions();
    assert.deepEqual(document.shown, ['Warsaw city accepted']);
    document.state.clearAll();
    assert.deepEqual(document.shown, []);
    document.edit('Marie', 'Madame Marie');
    assert.equal(document.state.actions.undo(), true);
    assert.deepEqual(document.shown, ['Warsaw city accepted']);
  });

  it('undoes each step, also after edits', () => {
    const document = new Document(text);
    document.extract(all);
    const before = document.shown;
    const id = document.idOf('Ada Lovelace');
    document.state.actions.changeType([id], scholar);
    document.state.actions.reject([id]);
    document.edit('Marie ', '');
    document.extract([
      ['Warsaw', city],
      ['Ada Lovelace', scholar],
    ]);
    assert.deepEqual(document.shown, ['Warsaw city suggested']);
    document.state.actions.undo();
    assert.deepEqual(document.shown, ['Warsaw city suggested', 'Ada Lovelace scholar corrected']);
    document.state.actions.undo();
    assert.ok(document.shown.includes('Ada Lovelace author suggested'));
    assert.equal(document.state.actions.undo(), false);
    assert.equal(before.length, 3);
  });

  it('restores rejected entities as what they were', () => {
    const document = new Document(text);
    document.extract(all.map(([mention, path]) => [mention, path]));
    const start = text.indexOf('London');
    const added = document.state.actions.add(start, start + 6, city);
    document.state.actions.reject([added]);
    document.state.actions.restoreRejected([added]);
    assert.ok(document.shown.includes('London city added'));
  });

  it('drops a suggestion whose words change, and grows a human’s entity', () => {
    const document = new Document(text);
    document.extract(all);
    document.state.actions.accept([document.idOf('Marie Curie')]);
    document.edit('ie Cur', 'ie Skłodowska-Cur');
    document.edit('arsa', 'orce');
    assert.deepEqual(document.shown, [
      'Marie Skłodowska-Curie scholar accepted',
      'Ada Lovelace author suggested',
    ]);
  });

  it('sets a human’s entity aside when its words go, and takes it back when they return', () => {
    const document = new Document(text);
    document.extract(all);
    document.state.actions.accept([document.idOf('Ada Lovelace')]);
    const { text: before } = document;
    document.edit(' Ada Lovelace lived in London.', '');
    assert.deepEqual(document.shown, ['Marie Curie scholar suggested', 'Warsaw city suggested']);
    assert.equal(document.state.detached.length, 1);
    document.edit('Warsaw.', 'Warsaw. Ada Lovelace lived in London.');
    assert.equal(document.text, before);
    assert.ok(document.shown.includes('Ada Lovelace author accepted'));
    assert.equal(document.state.detached.length, 0);
  });

  it('does not take the same words elsewhere for those that went', () => {
    const document = new Document('Ada met him. Warsaw was cold then.');
    document.extract([['Ada', author]]);
    document.state.actions.accept([document.idOf('Ada')]);
    document.edit('Ada', '');
    document.edit('cold then.', 'cold then. Her cat was called Ada, it seems to us.');
    assert.deepEqual(document.shown, []);
    assert.equal(document.state.detached.length, 1);
  });

  it('keeps human entities on their words whatever is edited around them', () => {
    const edits = fc.array(
      fc.record({
        place: fc.double({ min: 0, max: 1, noNaN: true }),
        removed: fc.nat(6),
        inserted: fc.string({ maxLength: 6 }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(edits, (list) => {
        const mention = '⟦Ada⟧';
        const document = new Document(`aaaa bbbb cccc ${mention} dddd eeee ffff`);
        document.extract([[mention, author]]);
        document.state.actions.accept([document.idOf(mention)]);
        for (const { place, removed, inserted } of list) {
          const at = document.text.indexOf(mention);
          const left = place < 0.5;
          const from = left ? 0 : at + mention.length;
          const to = left ? at : document.text.length;
          const offset = from + Math.floor((to - from) * ((place * 2) % 1));
          const end = Math.min(offset + removed, to);
          document.text = document.text.slice(0, offset) + inserted + document.text.slice(end);
          document.state.edit(
            [{ offset, removed: end - offset, inserted: inserted.length }],
            false,
          );
        }
        assert.deepEqual(document.shown, [`${mention} author accepted`]);
      }),
      runs(100),
    );
  });
});
