import assert from 'node:assert/strict';
import { languageByScript } from '../../../src/core/text/language';
import { detectLanguage } from '../../../src/engines/encoder/detectLanguage';
import { devLanguages, devSentencesIn } from '../engines/corpus';

describe('languageByScript', () => {
  const cases: [string, string | undefined][] = [
    ['Она живёт в Москве.', 'ru'],
    ['她在北京工作。', 'zh'],
    ['東京タワーに行きました。', 'ja'],
    ['東京特許許可局', 'zh'],
    ['서울에서 만났다.', 'ko'],
    ['我在用 Visual Studio Code 写代码', 'zh'],
    ['The word 東京 means eastern capital in this long sentence.', 'Latin'],
    ['กรุงเทพ', 'th'],
    ['Ada', 'Latin'],
    ['12, 34 – 😀', undefined],
    ['', undefined],
    ['שלום', undefined],
  ];
  for (const [text, language] of cases) {
    it(`says ${language ?? 'nothing'} of ${JSON.stringify(text)}`, () =>
      assert.equal(languageByScript(text), language));
  }
});

describe('detectLanguage', function () {
  this.timeout(300_000);

  it('sends the written sentences of eight languages to the right side', async () => {
    let right = 0;
    const sentences = devLanguages.flatMap((lang) => devSentencesIn(lang, 60));
    for (const { text, lang } of sentences) {
      const found = (await detectLanguage(text)) ?? 'en';
      if ((found === 'en') === (lang === 'en')) right++;
    }
    assert.ok(right / sentences.length > 0.98, `${right} of ${sentences.length}`);
  });

  it('says nothing of what is too short to tell', async () => {
    assert.equal(await detectLanguage('...'), undefined);
    assert.equal(await detectLanguage('A'), undefined);
  });
});
