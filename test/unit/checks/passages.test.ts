import assert from 'node:assert/strict';
import { parseLabelFile } from '../../../src/core/labels/labelFile';
import { LeakIndex } from '../../../src/core/similarity/leaks';
import { check, line, told } from './checking';

const long = 'The museum of modern shipping opens its doors again after nine long years of repair';

describe('checks of passages', () => {
  it('finds empty passages and what cannot be read', async () => {
    const file = ['{"text": " "}', '{"text": ', '{"text": "a", "entities": [7]}'];
    assert.deepEqual(
      (await check(file.join('\n'))).map(({ rule, line: at }) => [rule, at]),
      [
        ['empty-passage', 1],
        ['unreadable', 2],
        ['unaligned-mention', 3],
      ],
    );
  });

  it('finds broken tag sequences at their line, and mentions that are not in the text', async () => {
    const bio = 'Ada B-person\nwrote O\nLondon I-city\n';
    assert.deepEqual(told(await check(bio, {}, 'bio')), [
      'tag-sequence 3: The tag “I-city” does not follow from “O”',
    ]);
    const json = JSON.stringify({
      sentence1: { sentence: 'Ada wrote.', entity: ['Bob'], category: ['person'] },
    });
    const [finding] = await check(json, {}, 'dynamicner');
    assert.equal(finding?.rule, 'unaligned-mention');
  });

  it('finds near duplicates by their words', async () => {
    const file = [long, 'Something else stands here.', `${long.toUpperCase()}!`, `${long} works`];
    assert.deepEqual(told(await check(file.map((text) => line(text)).join('\n'))), [
      'near-duplicate 3: The passage has the same words as the one at line 1',
      'near-duplicate 4: The passage is like the one at line 1 (93 % of its words)',
    ]);
  });

  it('finds passages and runs of eight words of the other file', async () => {
    const index = new LeakIndex();
    index.add('A line before.', 1);
    index.add(long, 2);
    const file = [
      long.toLowerCase(),
      `Now the museum of modern shipping opens its doors, again.`,
      'A',
    ];
    const found = await check(file.map((text) => line(text)).join('\n'), {
      against: { index, name: 'train.jsonl' },
    });
    assert.deepEqual(told(found), [
      'leak 1: The passage also stands in train.jsonl, line 2',
      'leak 2: Eight or more words in a row also stand in train.jsonl, line 2 (67 % of the passage)',
    ]);
  });

  it('finds letters of other scripts and invisible characters', async () => {
    const file = [
      line('The b\u0430nk is closed'),
      line('Zero\u200bwidth \u202eturns'),
      line('Это 3D'),
    ];
    assert.deepEqual(told(await check(file.join('\n'))), [
      'mixed-scripts 1: The word “bаnk” has “а” (U+0430) of another script',
      'invisible-character 2: 2 invisible characters stand in the text, the first is U+200B',
    ]);
    assert.deepEqual(await check(line('👩‍👩‍👧 and क्‍ष stay, α-helix too')), []);
  });

  it('finds types that the taxonomy lacks or has twice, and proposes names', async () => {
    const { taxonomy } = parseLabelFile(
      JSON.stringify({
        person: { 'real person': ['artist'] },
        place: { city: ['park'], land: ['park'] },
      }),
    ).list;
    const file = [line('[[Ada|artst]] in [[Kew|park]]'), line('[[Bo|artst]], [[Bern|city]]')].join(
      '\n',
    );
    const found = await check(file, { taxonomy, hasPaths: true });
    assert.deepEqual(told(found), [
      'unknown-type 1: The taxonomy has no type “artst” (2)',
      'ambiguous-type 1: The type “park” (1) stands at 2 places of the taxonomy',
    ]);
    assert.deepEqual(
      found[0]?.fixes[0]?.changes.map(({ to }) => to),
      Array.from({ length: 2 }, () => ({ path: ['person', 'real person', 'artist'] })),
    );
    assert.equal(found[1]?.fixes.length, 2);
    const other = line('[[Ada|PER]] in [[Kew|LOC]]');
    assert.deepEqual(await check(other, { taxonomy, guessed: true }), []);
  });

  it('takes time linear in the number of passages', async () => {
    const passages = Array.from({ length: 3000 }, (_, number) =>
      line(
        `Report ${number} tells of ship ${number * 7} and what it carried in spring ${number % 9}`,
      ),
    );
    // Comparing all pairs would take minutes; a timeout of mocha ends the test then.
    await check(passages.join('\n'));
  });
});
