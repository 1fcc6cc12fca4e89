import assert from 'node:assert/strict';
import fc from 'fast-check';
import { splitKoreanParticle } from '../../../src/core/text/koreanParticles';

describe('splitKoreanParticle', () => {
  it('finds where the particle begins', () => {
    const words =
      '서울|에서 부산|은 제주|는 김민지|가 이준호|를 박물관|을 회사|와 대학|과 한국|으로 서울|로 ' +
      '정부|의 학교|에 친구|에게 어제|부터 내일|까지 서울|에서는 미국|으로부터 NATO|는 2023|에는 친구|한테서';
    for (const word of words.split(' ')) {
      const offset = splitKoreanParticle(word.replace('|', ''));
      assert.equal(offset, word.indexOf('|'), word);
    }
  });

  it('asks for the ending that the particle follows', () => {
    assert.equal(splitKoreanParticle('서울는'), undefined);
    assert.equal(splitKoreanParticle('학교은'), undefined);
  });

  it('leaves words alone that would be empty, and words of other scripts', () => {
    for (const word of ['에서', '은', '', 'Seoul', '東京', '사람']) {
      assert.equal(splitKoreanParticle(word), undefined, word);
    }
  });

  it('never gives an offset at an end', () => {
    const syllable = fc.constantFrom(...'서울에서는도로부터까지의은이가abc1😀');
    fc.assert(
      fc.property(fc.array(syllable, { maxLength: 8 }), (parts) => {
        const word = parts.join('');
        const offset = splitKoreanParticle(word);
        assert.ok(offset === undefined || (offset > 0 && offset < word.length));
      }),
    );
  });
});
