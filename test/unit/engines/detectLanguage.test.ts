import assert from 'node:assert/strict';
import { detectLanguage } from '../../../src/engines/encoder/detectLanguage';

describe('the language of a paragraph', () => {
  const cases: readonly (readonly [text: string, language: string | undefined])[] = [
    ['The ship left the harbour before the storm reached the coast.', 'en'],
    ['Die Schriftstellerin wurde in einem kleinen Dorf in Rumänien geboren.', 'de'],
    ['Le musée a rouvert ses portes après deux ans de travaux.', 'fr'],
    ['El equipo ganó la copa por primera vez en su historia.', 'es'],
    ['Книга вышла в Москве в прошлом году.', 'ru'],
    ['他出生在北京。', 'zh'],
    ['彼は東京で生まれた。', 'ja'],
    ['그는 서울에서 태어났다.', 'ko'],
    ['42 — 17', undefined],
  ];
  for (const [text, language] of cases) {
    it(`of “${text}” is ${language ?? 'unknown'}`, async () => {
      assert.equal(await detectLanguage(text), language);
    });
  }

  it('is not taken for another one because of foreign names in a short English sentence', async () => {
    for (const text of [
      'Marie Curie won two Nobel Prizes',
      'Marie Curie met 12 students in Paris.',
    ]) {
      assert.ok([undefined, 'en'].includes(await detectLanguage(text)), text);
    }
  });
});
