import assert from 'node:assert/strict';
import { matchType } from '../../../../src/engines/cascade/matchType';
import { uniteSamples } from '../../../../src/engines/cascade/uniteSamples';

describe('answers of the classifier', () => {
  const options = [
    { name: 'person' },
    { name: 'real person' },
    { name: 'public facility', synonyms: ['amenity'] },
    { name: 'company' },
    { name: 'unknown land' },
  ];
  for (const [said, expected] of [
    ['person', 0],
    ['Person.', 0],
    ['  "real person" ', 1],
    ['real_person', 1],
    ['public facilities', 2],
    ['amenity', 2],
    ['companies', 3],
    ['The answer is: real person', 1],
    ['**company**', 3],
    ['2. company', 3],
    ['It belongs to "company" because it sells goods.', 3],
    ['company\n\nIt sells goods to each person.', 3],
    ['a facility of the public', 2],
    ['unknown land', 4],
    ['<think>person?</think>company', 3],
    ['unknown', 'unknown'],
    ['Unknown.', 'unknown'],
    ['None of them', 'unknown'],
    ['none of the above applies', 'unknown'],
    ['banana', 'unclear'],
    ['', 'unclear'],
    ['person or company', 'unclear'],
  ] as const) {
    it(`are matched: ${JSON.stringify(said)}`, () => {
      const match = matchType(said, options);
      assert.deepEqual(match.kind === 'option' ? match.index : match.kind, expected);
    });
  }
});

describe('the union of samples', () => {
  const span = (start: number, end: number) => ({ start, end });

  it('keeps the longest of what overlaps, with the share of samples', () => {
    const samples = [[span(0, 4), span(10, 12)], [span(0, 9)], [span(0, 4), span(8, 10)]];
    assert.deepEqual(uniteSamples(samples, 'flat'), [
      { start: 0, end: 9, score: 1 / 3 },
      { start: 10, end: 12, score: 1 / 3 },
    ]);
    assert.deepEqual(uniteSamples([[span(0, 4)], [span(2, 6)], [span(2, 6)]], 'flat'), [
      { start: 2, end: 6, score: 2 / 3 },
    ]);
  });

  it('keeps spans inside spans where they are wanted', () => {
    const samples = [[span(0, 9)], [span(0, 4)], [span(2, 12)]];
    assert.deepEqual(uniteSamples(samples, 'nested'), [{ start: 2, end: 12, score: 1 / 3 }]);
    assert.deepEqual(uniteSamples(samples.slice(0, 2), 'nested'), [
      { start: 0, end: 9, score: 0.5 },
      { start: 0, end: 4, score: 0.5 },
    ]);
  });
});
