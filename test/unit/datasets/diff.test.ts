import assert from 'node:assert/strict';
import fc from 'fast-check';
import { alignPassages } from '../../../src/core/dataset/alignPassages';
import {
  changeText,
  mergePassages,
  splitPassage,
  withText,
} from '../../../src/core/dataset/textChange';
import type { PassageData } from '../../../src/core/formats/format';
import { runs } from '../scale';

const signs = (...texts: string[]) => texts.map((text) => ({ text }));
const pairs = (left: string[], right: string[]) =>
  alignPassages(signs(...left), signs(...right)).map(
    ({ left: a, right: b }) => `${a ?? '-'}${b ?? '-'}`,
  );

/** A passage whose entities are the words in brackets. */
function marked(source: string): PassageData {
  const entities: PassageData['entities'][number][] = [];
  let text = '';
  for (const part of source.split(/(\[[^\]]*\])/u)) {
    if (!part.startsWith('[')) {
      text += part;
      continue;
    }
    const start = text.length;
    text += part.slice(1, -1);
    const id = `e${entities.length}`;
    entities.push({ id, start, end: text.length, path: ['x'], state: 'added' });
  }
  return { text, entities };
}

const mentions = ({ text, entities }: PassageData): string[] =>
  entities.map(({ start, end }) => text.slice(start, end));

describe('Passages of two versions', () => {
  it('are set side by side by text, by id, and by likeness between', () => {
    assert.deepEqual(pairs(['a', 'b', 'c'], ['a', 'c']), ['00', '1-', '21']);
    assert.deepEqual(pairs(['a', 'c'], ['a', 'b', 'c']), ['00', '-1', '12']);
    assert.deepEqual(pairs(['a', 'a'], ['a', 'a', 'a']), ['00', '11', '-2']);
    const changed = pairs(['x', 'Ada lived in London', 'y'], ['x', 'Ada lived in Paris', 'y']);
    assert.deepEqual(changed, ['00', '11', '22']);
    assert.deepEqual(pairs(['x', 'one two'], ['x', 'three four']), ['00', '-1', '1-']);
    const byId = alignPassages([{ id: '7', text: 'old words' }], [{ id: '7', text: 'all else' }]);
    assert.deepEqual(byId, [{ left: 0, right: 0 }]);
  });

  it('come each once, whatever they are', () => {
    const text = fc.constantFrom('a', 'b', 'c d e', 'c d f', 'g');
    const side = fc.array(text, { maxLength: 12 });
    fc.assert(
      fc.property(side, side, (left, right) => {
        const all = alignPassages(signs(...left), signs(...right));
        const lefts = all.flatMap((pair) => pair.left ?? []);
        const rights = all.flatMap((pair) => pair.right ?? []);
        assert.deepEqual(lefts, [...left.keys()]);
        assert.deepEqual(
          rights.sort((a, b) => a - b),
          [...right.keys()],
        );
      }),
      runs(300),
    );
  });
});

describe('The text of a passage', () => {
  it('is corrected, and spans follow', () => {
    const passage = marked('[Ada] met [Bob Lee] in [Rome].');
    const change = (start: number, end: number, text: string) =>
      mentions(changeText(passage, { start, end }, text));
    assert.deepEqual(change(0, 0, 'Then '), ['Ada', 'Bob Lee', 'Rome']);
    assert.deepEqual(change(0, 3, 'Augusta'), ['Augusta', 'Bob Lee', 'Rome']);
    assert.deepEqual(change(3, 3, '!'), ['Ada', 'Bob Lee', 'Rome']);
    assert.deepEqual(change(11, 15, ''), ['Ada', 'Bob', 'Rome']);
    assert.deepEqual(change(9, 12, ''), ['Ada', 'BLee', 'Rome']);
    assert.deepEqual(change(8, 15, ''), ['Ada', 'Rome']);
    assert.deepEqual(change(5, 11, 'saw '), ['Ada', ' Lee', 'Rome']);
    assert.deepEqual(change(4, 18, 'x'), ['Ada', 'Rome']);
    assert.throws(() => change(4, 99, ''), /no range/u);
    assert.throws(
      () => changeText({ text: '😀', entities: [] }, { start: 1, end: 1 }, 'x'),
      /no range/u,
    );
  });

  it('is another version’s, and spans stay where both agree', () => {
    const passage = marked('[Ada] met [Bob] in [Rome].');
    assert.deepEqual(mentions(withText(passage, 'Ada met Bob today in Rome.')), [
      'Ada',
      'Bob',
      'Rome',
    ]);
    assert.equal(withText(passage, passage.text), passage);
    const text = fc.stringMatching(/^[ab😀😁 ]{0,8}$/u);
    fc.assert(
      fc.property(text, text, (a, b) => {
        assert.equal(withText({ text: a, entities: [] }, b).text, b);
      }),
      runs(300),
    );
  });

  it('is split and merged with its spans', () => {
    const [first, second] = splitPassage(marked('[Ada] came. [Bob] went.'), 10);
    assert.deepEqual([first.text, second.text], ['Ada came.', 'Bob went.']);
    assert.deepEqual([mentions(first), mentions(second)], [['Ada'], ['Bob']]);
    const over = splitPassage(marked('to [New York City] now'), 7);
    assert.deepEqual(over.map(mentions), [[], ['York City']]);
    const whole = mergePassages([first, second], ' ');
    assert.equal(whole.text, 'Ada came. Bob went.');
    assert.deepEqual(mentions(whole), ['Ada', 'Bob']);
  });
});
