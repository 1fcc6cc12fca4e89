import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PIECE_UNITS } from '../../../src/core/text/unspaced';
import { splitWords } from '../../../src/core/text/words';
import { anyText } from './arbitraries';
import { assertRanges, textsOf } from './rangeChecks';
import { runs } from '../scale';

// In a character class; U+FEFF, which JavaScript adds, is taken out where it is used.
const pythonSpace = '\\s\u001c-\u001f\u0085';

function words(text: string, style: 'reference' | 'split' = 'reference'): string[] {
  return textsOf(text, splitWords(text, { style }));
}

describe('splitWords', () => {
  it('joins hyphens and underscores in the reference style only', () => {
    const text = 'A New York-based co-op_x, snake_case -dash- a--b';
    assert.deepEqual(words(text), [
      'A',
      'New',
      'York-based',
      'co-op_x',
      ',',
      'snake_case',
      '-',
      'dash',
      '-',
      'a',
      '-',
      '-',
      'b',
    ]);
    assert.equal(
      words(text, 'split').join(' '),
      'A New York - based co - op _ x , snake _ case - dash - a - - b',
    );
  });

  it('splits apostrophes, decimals and symbols as the reference does', () => {
    assert.equal(
      words("Maine's $3.50 (50%) a.m. I+II").join(' '),
      "Maine ' s $ 3 . 50 ( 50 % ) a . m . I + II",
    );
  });

  it('splits real sentences of eight languages', () => {
    assert.equal(words('Élodie arriva à l’aéroport.').join('|'), 'Élodie|arriva|à|l|’|aéroport|.');
    assert.equal(words('Die Straßenbahn fährt.').join('|'), 'Die|Straßenbahn|fährt|.');
    assert.equal(words('¿Dónde está Ñuñoa?').join('|'), '¿|Dónde|está|Ñuñoa|?');
    assert.equal(words('Санкт-Петербург ждёт.').join('|'), 'Санкт-Петербург|ждёт|.');
    assert.equal(words('부산에서 열린 영화제').join('|'), '부산에서|열린|영화제');
    assert.equal(words('我们在上海工作。').join('|'), '我们|在|上海|工作|。');
    assert.equal(words('彼は大阪でカメラを使う。').join('|'), '彼|は|大阪|で|カメラ|を|使う|。');
    assert.equal(words('สวัสดีครับ').join('|'), 'สวัสดี|ครับ');
  });

  it('switches by script inside mixed text', () => {
    assert.equal(words('用iPhone15在NASA工作2年').join('|'), '用|iPhone15|在|NASA|工作|2|年');
  });

  it('takes each lone surrogate and each symbol as one word', () => {
    assert.deepEqual(words('a\ud83d\ud83d\ude00\ude00b'), ['a', '\ud83d', '😀', '\ude00', 'b']);
  });

  it('follows Python in what white space is', () => {
    assert.deepEqual(words('a\u001cb\u0085c\u00a0d\u3000e'), ['a', 'b', 'c', 'd', 'e']);
    assert.deepEqual(words('\ufeffa'), ['\ufeff', 'a']);
  });

  it('sees only the stretch between start and end, and no half of a pair', () => {
    const text = 'one 😀 three';
    assert.deepEqual(splitWords(text, { start: 5, end: 9 }), [{ start: 7, end: 9 }]);
    assert.deepEqual(splitWords(text, { start: 4, end: 5 }), []);
    assert.deepEqual(splitWords(text, { start: 50 }), []);
  });

  it('equals the regular expression on text of scripts with spaces', () => {
    const reference = new RegExp(
      `[\\p{L}\\p{N}_]+(?:[-_][\\p{L}\\p{N}_]+)*|[^${pythonSpace}]|\ufeff`,
      'gu',
    );
    const split = new RegExp(`[\\p{L}\\p{N}]+|[^${pythonSpace}]|\ufeff`, 'gu');
    const hasUnspaced =
      /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/gu;
    fc.assert(
      fc.property(anyText, (raw) => {
        const text = raw.replace(hasUnspaced, '');
        assert.deepEqual(words(text), [...text.matchAll(reference)].map(String));
        assert.deepEqual(words(text, 'split'), [...text.matchAll(split)].map(String));
      }),
    );
  });

  it('gives ranges in order that cover exactly what is not white space', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.constantFrom('reference' as const, 'split' as const),
        (text, style) => {
          const ranges = splitWords(text, { style });
          assertRanges(text, ranges);
          const kept = textsOf(text, ranges).join('');
          assert.equal(kept, text.replace(new RegExp(`(?!\ufeff)[${pythonSpace}]`, 'g'), ''));
        },
      ),
    );
  });
});

describe('splitWords in long runs without spaces', () => {
  const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
  const phrases = [
    '东京都知事在新宿区发表讲话',
    '中华人民共和国国家主席在北京人民大会堂会见了来访的德国总理',
    '研究人员发现这种蛋白质能够抑制肿瘤细胞生长',
    '昨日は京都の古い寺を訪れて抹茶を飲みました',
    'スマートフォンのカメラで写真を撮った',
    'นักวิทยาศาสตร์ค้นพบดาวเคราะห์ดวงใหม่',
    'รถไฟฟ้าสายสีเขียวให้บริการถึงเที่ยงคืน',
  ];

  it('has at the seams the words of the uncut run', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...phrases), { minLength: 100, maxLength: 300 }),
        (parts) => {
          const text = parts.join('');
          assert.ok(text.length > PIECE_UNITS / 2);
          const whole = [...segmenter.segment(text)].map(({ segment }) => segment);
          assert.deepEqual(words(text), whole);
        },
      ),
      runs(6),
    );
  });

  it('takes a run of one repeated character without losing a part of it', () => {
    for (const unit of ['あ', 'ー', '一', 'ก', '𠮷']) {
      const text = unit.repeat(7001);
      assert.equal(words(text).join(''), text);
    }
  });
});
