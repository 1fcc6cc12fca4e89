import assert from 'node:assert/strict';
import fc from 'fast-check';
import { matchTypes } from '../../../webview/dataset/dialogs/typeMatches';
import { HeightIndex } from '../../../webview/dataset/list/heightIndex';
import { assignLanes, joinRuns } from '../../../webview/dataset/passage/lines';
import { changeOf } from '../../../webview/dataset/passage/textChange';

describe('heights of rows', () => {
  it('give the place of each row and the row at each place, as adding them up would', () => {
    const heights = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 60 });
    const changes = fc.array(fc.tuple(fc.nat(70), fc.integer({ min: 1, max: 900 })));
    fc.assert(
      fc.property(heights, changes, (first, later) => {
        const index = new HeightIndex(10);
        index.reset(first.length);
        const known = [...first];
        first.forEach((height, row) => index.set(row, height));
        for (const [row, height] of later) {
          index.set(row, height);
          if (row < known.length) known[row] = height;
        }
        let top = 0;
        known.forEach((height, row) => {
          assert.equal(index.offsetOf(row), top);
          assert.equal(index.rowAt(top), row);
          assert.equal(index.rowAt(top + height - 0.5), row);
          top += height;
        });
        assert.equal(index.total, top);
        assert.equal(index.rowAt(top + 1000), known.length - 1);
      }),
    );
  });

  it('are the estimate until they are known, also after a reset', () => {
    const index = new HeightIndex(30);
    index.reset(100_000);
    assert.equal(index.total, 3_000_000);
    index.set(5, 100);
    assert.equal(index.offsetOf(6), 250);
    index.reset(3, 20);
    assert.equal(index.total, 60);
    index.reset(0);
    assert.equal(index.rowAt(50), 0);
  });
});

describe('labels below lines', () => {
  it('get the first lane in which they touch no other', () => {
    const lanes = assignLanes([
      { line: 0, left: 0, width: 50 },
      { line: 0, left: 20, width: 50 },
      { line: 0, left: 80, width: 20 },
      { line: 1, left: 0, width: 50 },
    ]);
    assert.deepEqual(lanes, [1, 0, 0, 0]);
  });

  it('never lie over each other', () => {
    const label = fc.record({
      line: fc.nat(2),
      left: fc.nat(300),
      width: fc.integer({ min: 1, max: 80 }),
    });
    fc.assert(
      fc.property(fc.array(label, { maxLength: 25 }), (labels) => {
        const lanes = assignLanes(labels);
        labels.forEach((one, i) => {
          labels.forEach((other, k) => {
            if (i >= k || one.line !== other.line || lanes[i] !== lanes[k]) return;
            const apart = one.left + one.width < other.left || other.left + other.width < one.left;
            assert.ok(apart, JSON.stringify([one, other]));
          });
        });
      }),
    );
  });

  it('stand below boxes whose runs in one line are joined', () => {
    const box = { top: 0, height: 10 };
    const runs = [
      { ...box, left: 40, width: 20 },
      { ...box, left: 0, width: 40 },
      { ...box, left: 100, width: 10 },
      { ...box, top: 30, left: 0, width: 5 },
      { ...box, left: 7, width: 0 },
    ];
    assert.deepEqual(
      joinRuns(runs).map(({ left, width }) => [left, width]),
      [
        [0, 60],
        [100, 10],
        [0, 5],
      ],
    );
  });
});

describe('correcting a text', () => {
  it('changes what differs and nothing else, whole characters, line breaks as they were', () => {
    assert.equal(changeOf('same\r\ntext', 'same\ntext'), null);
    assert.deepEqual(changeOf('a\r\nb\r\nc', 'a\nbb\nc'), { start: 4, end: 4, text: 'b' });
    assert.deepEqual(changeOf('a\r\nc', 'a\nb\nc'), { start: 3, end: 3, text: 'b\r\n' });
    assert.deepEqual(changeOf('😀', '😁'), { start: 0, end: 2, text: '😁' });
  });

  it('gives the text that was wanted', () => {
    const lines = fc.array(fc.string({ unit: 'grapheme', maxLength: 6 }), { maxLength: 6 });
    fc.assert(
      fc.property(lines, lines, fc.constantFrom('\n', '\r\n'), (before, after, ending) => {
        const clean = (all: readonly string[]): string[] =>
          all.map((line) => line.replace(/[\r\n]/gu, ' '));
        const old = clean(before).join(ending);
        const change = changeOf(old, clean(after).join('\n')) ?? { start: 0, end: 0, text: '' };
        const changed = old.slice(0, change.start) + change.text + old.slice(change.end);
        assert.equal(changed.replaceAll('\r\n', '\n'), clean(after).join('\n'));
      }),
    );
  });
});

describe('types that are looked for', () => {
  const type = (path: string[], synonyms: string[] = []) => ({
    path,
    synonyms,
    colour: 0,
    description: null,
  });
  const types = [
    type(['location']),
    type(['location', 'capital city']),
    type(['location', 'city']),
    type(['location', 'citadel']),
    type(['person', 'mayor'], ['city head']),
  ];
  const found = (typed: string): string[] =>
    matchTypes(types, typed).map(({ path }) => path.at(-1) ?? '');

  it('come by name, its beginning, its words, synonyms, and the types above', () => {
    assert.deepEqual(found('city'), ['city', 'capital city', 'mayor']);
    assert.deepEqual(found('cit'), ['city', 'citadel', 'capital city', 'mayor']);
    assert.deepEqual(found('LOCATION').slice(0, 1), ['location']);
    assert.equal(found('location').length, 4);
    assert.deepEqual(found('zebra'), []);
    assert.equal(found('').length, types.length);
  });
});
