import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ansiStyle, plainStyle, styleFor } from '../../../src/cli/terminal/colours';
import { renderEntities } from '../../../src/cli/terminal/renderEntities';
import { EntitySummary } from '../../../src/cli/terminal/summary';
import { formatTable } from '../../../src/cli/terminal/table';
import { padText, showControls, textWidth, truncateText } from '../../../src/cli/terminal/width';
import { wrapRuns } from '../../../src/cli/terminal/wrap';
import type { Entity } from '../../../src/core/entity/entity';
import { runs } from '../scale';
import { Writable } from 'node:stream';

function entity(text: string, mention: string, ...path: string[]): Entity {
  const start = text.indexOf(mention);
  assert.notEqual(start, -1);
  return { id: mention, start, end: start + mention.length, path, state: 'suggested' };
}

const options = {
  style: plainStyle,
  columns: 60,
  labelOf: ({ path }: Entity) => path.at(-1) ?? '',
  placeOf: () => 0,
};
const escapes = /\u001b\[[0-9;]*m/g; // eslint-disable-line no-control-regex -- the tests look for them.

describe('textWidth', () => {
  it('counts wide characters twice and combining ones not at all', () => {
    assert.equal(textWidth('Zürich'), 6);
    assert.equal(textWidth('Zu\u0308rich'), 6);
    assert.equal(textWidth('東京タワー'), 10);
    assert.equal(textWidth('서울'), 4);
    assert.equal(textWidth('ﾄｳ'), 2);
    assert.equal(textWidth('👩‍🔬 a'), 4);
  });

  it('pads and cuts by columns', () => {
    assert.equal(padText('東京', 6), '東京  ');
    assert.equal(padText('7', 3, 'start'), '  7');
    assert.equal(truncateText('東京タワー', 6), '東京…');
    assert.equal(truncateText('short', 6), 'short');
  });

  it('shows control characters instead of sending them', () => {
    assert.equal(showControls('a\u001b[31mb\tc\nd\u202ee'), 'a␛[31mb    c\nde');
  });
});

describe('wrapRuns', () => {
  const wrap = (text: string, columns: number) =>
    wrapRuns([{ text, paint: (part) => part }], columns);

  it('breaks at blanks, keeps line breaks, and never ends a line with a blank', () => {
    assert.equal(wrap('one two three\nfour', 8), 'one two\nthree\nfour');
  });

  it('breaks between wide characters but not before closing punctuation', () => {
    assert.equal(wrap('東京都、大阪府', 6), '東京\n都、大\n阪府');
  });

  it('keeps a label on the line of its entity', () => {
    const paint = (part: string) => part;
    const lines = wrapRuns(
      [
        { text: 'of Marie Curie', paint },
        { text: '‹state or province›', paint, glued: true },
        { text: ' in', paint },
      ],
      26,
    );
    assert.equal(lines, 'of Marie\nCurie‹state or province›\nin');
  });

  it('loses no character but blanks at line ends, and keeps the width', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'é', '東', '。', '-'), maxLength: 6 });
    fc.assert(
      fc.property(fc.array(word), fc.integer({ min: 12, max: 40 }), (words, columns) => {
        const text = words.join(' ');
        const lines = wrap(text, columns).split('\n');
        assert.equal(lines.join('').replace(/ /g, ''), text.replace(/ /g, ''));
        for (const line of lines) assert.ok(textWidth(line) <= columns + 24, line);
      }),
      runs(200),
    );
  });
});

describe('renderEntities', () => {
  it('brackets entities and names their type where there is no colour', () => {
    const text = 'Marie Curie left Warsaw.';
    const entities = [
      entity(text, 'Marie Curie', 'person', 'scholar'),
      entity(text, 'Warsaw', 'city'),
    ];
    assert.equal(
      renderEntities(text, entities, options),
      '[Marie Curie]‹scholar› left [Warsaw]‹city›.',
    );
  });

  it('shows nested entities inside out', () => {
    const text = 'the University of Warsaw today';
    const entities = [
      entity(text, 'University of Warsaw', 'school'),
      entity(text, 'Warsaw', 'city'),
    ];
    assert.equal(
      renderEntities(text, entities, options),
      'the [University of [Warsaw]‹city›]‹school› today',
    );
  });

  it('colours by the place of the top-level type and changes no character', () => {
    const text = 'Marie Curie left Warsaw.';
    const entities = [entity(text, 'Marie Curie', 'person'), entity(text, 'Warsaw', 'city')];
    const shown = renderEntities(text, entities, {
      ...options,
      style: ansiStyle,
      placeOf: ({ path }) => (path[0] === 'person' ? 0 : 1),
    });
    assert.equal(shown.replace(escapes, ''), 'Marie Curie‹person› left Warsaw‹city›.');
    const colours = [...shown.matchAll(/1;4;38;5;(\d+)m/g)].map(([, colour]) => colour);
    assert.equal(new Set(colours).size, 2);
  });

  it('lets no escape sequence of the text through', () => {
    const text = 'see \u001b[2J Oslo';
    const shown = renderEntities(text, [entity(text, 'Oslo', 'ci\u001bty')], options);
    assert.equal(shown, 'see ␛[2J [Oslo]‹ci␛ty›');
  });
});

describe('EntitySummary', () => {
  it('counts by type in the order of the label list, aligned', () => {
    const text = '東京 and Oslo and Oslo and Ada';
    const summary = new EntitySummary();
    summary.add(text, entity(text, '東京', 'location', 'city'), 1);
    summary.add(text, entity(text, 'Oslo', 'location', 'city'), 1);
    summary.add(text, entity(text, 'Oslo', 'location', 'city'), 1);
    summary.add(text, entity(text, 'Ada', 'person'), 0);
    assert.equal(summary.entities, 4);
    assert.deepEqual(summary.format(plainStyle, 80).split('\n'), [
      'type      count  mentions',
      '────────  ─────  ──────────────',
      'person        1  Ada',
      'location      3',
      '  city        3  Oslo (2), 東京',
    ]);
  });
});

describe('EntitySummary with names at several places', () => {
  it('shows as much of the path as tells them apart', () => {
    const summary = new EntitySummary();
    const text = 'a b';
    summary.add(text, entity(text, 'a', 'product', 'weapon', 'biological'), 0);
    summary.add(text, entity(text, 'b', 'product', 'food', 'biological'), 0);
    const names = summary
      .format(plainStyle, 80)
      .split('\n')
      .map((line) => line.slice(0, 22));
    assert.ok(names.includes('  weapon › biological '));
    assert.ok(names.some((name) => name.startsWith('  food › biological')));
  });
});

describe('formatTable', () => {
  it('aligns wide characters by columns', () => {
    const table = formatTable(
      [{ title: 'name' }, { title: 'n', side: 'start' }],
      [
        ['東京', '10'],
        ['Rome', '7'],
      ],
    );
    assert.deepEqual(table.split('\n'), ['name   n', '────  ──', '東京  10', 'Rome   7']);
  });
});

describe('styleFor', () => {
  const terminal = Object.assign(new Writable(), { isTTY: true });
  const pipe = new Writable();

  it('colours terminals, obeys NO_COLOR and FORCE_COLOR', () => {
    assert.equal(styleFor(terminal, {}).coloured, true);
    assert.equal(styleFor(pipe, {}).coloured, false);
    assert.equal(styleFor(terminal, { NO_COLOR: '1' }).coloured, false);
    assert.equal(styleFor(pipe, { FORCE_COLOR: '1' }).coloured, true);
    assert.equal(styleFor(terminal, { FORCE_COLOR: '0' }).coloured, false);
    assert.equal(styleFor(terminal, { TERM: 'dumb' }).coloured, false);
  });
});
