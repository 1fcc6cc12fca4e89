import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { runs } from '../scale';
import { author, city, EditedText, scholar } from './editedText';

const text = 'Marie Curie left Warsaw. Ada Lovelace lived in London.';

function annotated(): EditedText {
  const document = new EditedText(text);
  document.extract([['Ada Lovelace', author]]);
  return document;
}

function add(document: EditedText, mention: string, path = city): string {
  const start = document.text.indexOf(mention);
  return document.state.actions.add(start, start + mention.length, path);
}

describe('undoing and redoing annotations', () => {
  it('does again what was undone, step by step, until something else is done', () => {
    const document = annotated();
    const { actions } = document.state;
    add(document, 'Warsaw');
    actions.accept([document.idOf('Ada Lovelace')]);
    const last = document.shown;
    actions.undo();
    actions.undo();
    assert.deepEqual(document.shown, ['Ada Lovelace author suggested']);
    assert.ok(actions.redo() && actions.redo());
    assert.deepEqual(document.shown, last);
    assert.equal(actions.redo(), false);
    actions.undo();
    add(document, 'London');
    assert.equal(actions.canRedo, false);
  });

  it('finds the words of what it brings back, wherever typing moved them', () => {
    const document = annotated();
    const { actions } = document.state;
    add(document, 'Warsaw');
    actions.undo();
    document.edit('Marie', 'Madame Marie');
    actions.redo();
    assert.ok(document.shown.includes('Warsaw city added'));
  });

  it('takes back what was done to words that are gone, and does it again', () => {
    const document = annotated();
    const { actions } = document.state;
    const id = add(document, 'Warsaw');
    actions.changeType([id], scholar);
    document.edit('Warsaw', '');
    assert.deepEqual(
      document.state.detached.map(({ path }) => path),
      [scholar],
    );
    actions.undo();
    assert.deepEqual(
      document.state.detached.map(({ path }) => path),
      [city],
    );
    actions.undo();
    assert.equal(document.state.detached.length, 0);
    actions.redo();
    assert.equal(document.state.detached.length, 1);
    document.edit('left ', 'left Warsaw');
    assert.ok(document.shown.includes('Warsaw city added'));
  });

  it('sets aside what it brings back when its words went meanwhile', () => {
    const document = annotated();
    const { actions } = document.state;
    add(document, 'Warsaw');
    actions.undo();
    document.edit(' Warsaw', '');
    actions.redo();
    assert.equal(document.state.detached.length, 1);
    document.edit('left', 'left Warsaw');
    assert.ok(document.shown.includes('Warsaw city added'));
  });

  it('gives an annotation without a place other words, and takes them away again', () => {
    const document = annotated();
    const { actions } = document.state;
    const id = add(document, 'Warsaw');
    document.edit('Warsaw', '');
    const start = document.text.indexOf('London');
    actions.place(id, start, start + 6);
    assert.ok(document.shown.includes('London city added'));
    assert.equal(document.state.detached.length, 0);
    actions.undo();
    assert.ok(!document.shown.includes('London city added'));
    assert.deepEqual(
      document.state.detached.map((entity) => entity.id),
      [id],
    );
    actions.redo();
    assert.ok(document.shown.includes('London city added'));
    assert.equal(document.state.detached.length, 0);
  });

  it('does not bring a suggestion back that another extraction found again', () => {
    const document = annotated();
    document.state.actions.reject([document.idOf('Ada Lovelace')]);
    document.state.actions.undo();
    document.state.clearSuggestions();
    document.extract([['Ada Lovelace', author]]);
    document.state.actions.redo();
    document.state.actions.undo();
    assert.deepEqual(document.shown, ['Ada Lovelace author suggested']);
  });

  it('never loses or doubles an annotation, whatever is done, undone and typed', () => {
    const steps = fc.array(
      fc.constantFrom('undo', 'redo', 'grow', 'reject', 'cut', 'paste', 'change'),
      { maxLength: 24 },
    );
    fc.assert(
      fc.property(steps, (list) => {
        const document = new EditedText('In the old town of Warsaw they met, in the cold of May.');
        const { actions } = document.state;
        const id = add(document, 'Warsaw');
        let [done, undone] = [1, 0];
        for (const one of list) {
          if (one === 'undo' && actions.undo()) [done, undone] = [done - 1, undone + 1];
          else if (one === 'redo' && actions.redo()) [done, undone] = [done + 1, undone - 1];
          else if (one === 'grow') document.edit('In the', 'In the very');
          else if (one === 'cut' && document.text.includes('Warsaw')) document.edit('Warsaw', '');
          else if (one === 'paste' && document.text.includes('of  they')) {
            document.edit('of  they', 'of Warsaw they');
          } else if (one === 'reject' || one === 'change') {
            if (document.state.entity(id) === undefined) continue;
            if (one === 'reject') actions.reject([id]);
            else actions.changeType([id], scholar);
            [done, undone] = [done + 1, 0];
          }
          const standing = document.state.pick(() => true).filter((entity) => entity.id === id);
          const aside = document.state.detached.filter((entity) => entity.id === id);
          assert.equal(standing.length + aside.length, done > 0 ? 1 : 0, one);
          for (const { start, end } of standing) {
            assert.equal(document.text.slice(start, end), 'Warsaw');
          }
        }
      }),
      runs(300),
    );
  });
});
