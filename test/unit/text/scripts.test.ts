import assert from 'node:assert/strict';
import { countScripts, isUnspacedScript, scriptOf } from '../../../src/core/text/scripts';

describe('scriptOf', () => {
  it('tells the scripts of our languages apart', () => {
    const expected = {
      é: 'Latin',
      ж: 'Cyrillic',
      東: 'Han',
      の: 'Hiragana',
      カ: 'Katakana',
    } as const;
    for (const [character, script] of Object.entries(expected)) {
      assert.equal(scriptOf(character.codePointAt(0) ?? 0), script);
    }
    assert.equal(scriptOf(0xac00), 'Hangul');
    assert.equal(scriptOf(0x30fc), 'Katakana');
    assert.equal(scriptOf(0x20bb7), 'Han');
    assert.equal(scriptOf(0x31), 'Other');
    assert.equal(scriptOf(0xd800), 'Other');
  });

  it('knows which scripts have no spaces', () => {
    assert.equal(isUnspacedScript('Thai'), true);
    assert.equal(isUnspacedScript('Hangul'), false);
  });
});

describe('countScripts', () => {
  it('counts letters, the most frequent script first', () => {
    assert.deepEqual(countScripts('東京 2020 Tokyo'), [
      { script: 'Latin', letters: 5 },
      { script: 'Han', letters: 2 },
    ]);
    assert.deepEqual(countScripts('ab東京', 2), [{ script: 'Latin', letters: 2 }]);
  });
});
