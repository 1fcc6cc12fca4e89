import assert from 'node:assert/strict';
import fc from 'fast-check';
import { matchTokens } from '../../../src/core/realign/matchTokens';
import { realignSpans } from '../../../src/core/realign/realignSpans';
import { runs } from '../scale';

/** The mentions that spans of `before` came to stand at in `after`; undefined where they came nowhere. */
function follow(before: string, after: string, ...mentions: readonly string[]) {
  const spans = mentions.map((mention) => {
    const start = before.indexOf(mention);
    assert.ok(start >= 0, mention);
    return { start, end: start + mention.length };
  });
  return realignSpans(before, after, spans).map(
    (span) => span && after.slice(span.start, span.end),
  );
}

const text =
  'Ada Lovelace wrote to Charles Babbage in London. The letter reached him in May.\n\n' +
  'Babbage answered from Turin, where he had met Luigi Menabrea.';

describe('realignSpans', () => {
  it('finds mentions behind and before what was written anew', () => {
    const after = `A preface, added later.\n\n${text.replace('in May', 'in the first days of June')}`;
    assert.deepEqual(follow(text, after, 'Ada Lovelace', 'Luigi Menabrea', 'May'), [
      'Ada Lovelace',
      'Luigi Menabrea',
      undefined,
    ]);
  });

  it('lets a mention grow and shrink with changes inside it', () => {
    const after = text.replace('Ada Lovelace', 'Ada King Lovelace');
    assert.deepEqual(follow(text, after, 'Ada Lovelace'), ['Ada King Lovelace']);
    assert.deepEqual(follow(after, text, 'Ada King Lovelace'), ['Ada Lovelace']);
  });

  it('follows a corrected spelling, and not another name', () => {
    assert.deepEqual(
      follow('He met Luigi Menabraea there.', 'He met Luigi Menabrea there.', 'Luigi Menabraea'),
      ['Luigi Menabrea'],
    );
    assert.deepEqual(follow('They left Turin in May.', 'They left Oslo in May.', 'Turin'), [
      undefined,
    ]);
    assert.deepEqual(
      follow(
        'It was Charles Babbage who wrote.',
        'It was Charles Dickens who wrote.',
        'Charles Babbage',
      ),
      [undefined],
    );
  });

  it('tells equal mentions apart, and does not give the place of one to another', () => {
    const after = text.replace(' to Charles Babbage', '');
    const first = text.indexOf('Babbage');
    const second = text.lastIndexOf('Babbage');
    const spans = [first, second].map((start) => ({ start, end: start + 7 }));
    const now = after.indexOf('Babbage');
    assert.deepEqual(realignSpans(text, after, spans), [undefined, { start: now, end: now + 7 }]);
  });

  it('finds a mention whose sentence moved', () => {
    const [first = '', second = ''] = text.split('\n\n');
    const after = `${second}\n\n${first}`;
    assert.deepEqual(follow(text, after, 'Ada Lovelace', 'Luigi Menabrea'), [
      'Ada Lovelace',
      'Luigi Menabrea',
    ]);
  });

  it('does not care for white space, line ends and wrapping', () => {
    const after = text.replaceAll(' ', '\r\n ');
    const shown = follow(text, after, 'Charles Babbage', 'Turin');
    assert.deepEqual(
      shown.map((one) => one?.replaceAll(/\s+/gu, ' ')),
      ['Charles Babbage', 'Turin'],
    );
  });

  it('keeps places inside words, and in scripts without blanks', () => {
    assert.deepEqual(follow('도쿄에서 만났다', '우리는 도쿄에서 만났다', '도쿄'), ['도쿄']);
    assert.deepEqual(follow('在东京见面', '昨天我们在东京都见面', '东京'), ['东京']);
    assert.deepEqual(follow('🧭 Kompass', 'Der 🧭 Kompass', '🧭'), ['🧭']);
  });

  it('gives unchanged words back wherever something else is put in or taken out', () => {
    const words = fc.array(
      fc.constantFrom('ada', 'may', 'turin', 'in', 'the', 'letter', 'x', 'y'),
      {
        minLength: 1,
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(words, words, words, (head, middle, tail) => {
        const marked = 'Menabrea Luigi';
        const before = [...head, marked, ...tail].join(' ');
        const after = [...head, ...middle, marked, ...tail.slice(1)].join(' ');
        assert.deepEqual(follow(before, after, marked), [marked]);
      }),
      runs(200),
    );
  });

  it('matches a common subsequence, never crossing, and all of it where texts are equal', () => {
    const ids = fc.array(fc.nat(6), { maxLength: 120 }).map((items) => Int32Array.from(items));
    fc.assert(
      fc.property(ids, ids, (a, b) => {
        let last = -1;
        matchTokens(a, b).forEach((place, index) => {
          if (place < 0) return;
          assert.equal(a[index], b[place]);
          assert.ok(place > last);
          last = place;
        });
        assert.deepEqual([...matchTokens(a, a)], [...a.keys()]);
      }),
      runs(300),
    );
  });

  it('matches as much as can be where a block is compared as a whole', () => {
    const ids = fc.array(fc.nat(4), { maxLength: 20 }).map((items) => Int32Array.from(items));
    fc.assert(
      fc.property(ids, ids, (a, b) => {
        const matched = matchTokens(a, b).filter((place) => place >= 0).length;
        assert.equal(matched, longestCommon([...a], [...b]));
      }),
      runs(300),
    );
  });

  it('takes linear time for megabytes with scattered changes', () => {
    const paragraph = (n: number): string => `${text} It was letter ${n} of many in that year.\n\n`;
    const before = Array.from({ length: 8000 }, (_, n) => paragraph(n)).join('');
    const after = Array.from({ length: 8000 }, (_, n) =>
      n % 50 === 0 ? paragraph(n).replace('May', 'the month of June') : paragraph(n),
    ).join('');
    const spans = [...before.matchAll(/letter \d+/gu)].map(({ index, 0: { length } }) => ({
      start: index,
      end: index + length,
    }));
    const placed = realignSpans(before, after, spans);
    placed.forEach((span, n) => {
      assert.equal(span && after.slice(span.start, span.end), `letter ${n}`);
    });
  }).timeout(20_000);

  it('takes linear time where every word stands many times, whatever changed', () => {
    const paragraph = (n: number): string => `Letter ${n}. Marie Curie left in May of ${n}.\n\n`;
    const before = Array.from({ length: 8000 }, (_, n) => paragraph(n)).join('');
    const after = before.replaceAll(/in May of (\d*)7\./gu, 'early in June.');
    const spans = [...before.matchAll(/Marie Curie/gu)].map(({ index }) => ({
      start: index,
      end: index + 11,
    }));
    const placed = realignSpans(before, after, spans);
    const numbers = placed.map(
      (span) => span && /Letter (\d+)\. $/u.exec(after.slice(0, span.start).slice(-20))?.[1],
    );
    assert.deepEqual(
      numbers,
      Array.from({ length: 8000 }, (_, n) => String(n)),
    );
    const other = realignSpans(
      before,
      'The letters of Marie Curie were lost.\n'.repeat(9000),
      spans,
    );
    assert.ok(other.every((span) => span === undefined));
  }).timeout(30_000);
});

function longestCommon(a: readonly number[], b: readonly number[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const [above, left] = [table[i - 1]?.[j] ?? 0, table[i]?.[j - 1] ?? 0];
      const same = a[i - 1] === b[j - 1] ? (table[i - 1]?.[j - 1] ?? 0) + 1 : 0;
      (table[i] ?? [])[j] = Math.max(above, left, same);
    }
  }
  return table[a.length]?.[b.length] ?? 0;
}
