import assert from 'node:assert/strict';
import { findMarkup, headingSigns } from '../../../src/core/text/markup';

/** The sentence without its markers. */
function words(sentence: string): string {
  let rest = '';
  let from = 0;
  for (const { start, end } of findMarkup(sentence)) {
    assert.ok(from <= start && start < end, 'markers stand in order and apart');
    rest += sentence.slice(from, start);
    from = end;
  }
  return rest + sentence.slice(from);
}

describe('findMarkup', () => {
  it('finds the brackets of links, and emphasis', () => {
    assert.equal(words('Mockingbirds and *a fever*'), 'Mockingbirds and a fever');
    assert.equal(words('See [the **Suez** Canal](http://a.b).'), 'See the Suez Canal(http://a.b).');
    assert.equal(words('![A ship](a.png) in [Rome](b)'), 'A ship(a.png) in Rome(b)');
  });

  it('leaves what is text', () => {
    for (const text of [
      '#1 hit by #metoo in C#',
      '####### Seven',
      'He said [sic] so.',
      '[1], [2]',
      '',
    ]) {
      assert.equal(words(text), text);
    }
  });
});

describe('headingSigns', () => {
  it('measures the signs before the words, and takes nothing else for them', () => {
    assert.deepEqual(
      ['# Ice', '###  Ice', '#1', '#', '####### Seven', 'C# 7'].map(headingSigns),
      [2, 5, 0, 0, 0, 0],
    );
  });
});
