import assert from 'node:assert/strict';
import { check, line, told } from './checking';

describe('checks of entities', () => {
  const rulesOf = async (marked: string) =>
    (await check(line(marked))).map(({ rule, span }) => [rule, span?.start, span?.end]);

  it('finds white space at edges, and takes it off', async () => {
    const [finding, ...others] = await check(line('We met [[ Ada Lovelace |person]]there.'));
    assert.deepEqual(others, []);
    assert.equal(finding?.rule, 'blank-edge');
    const [fix] = finding?.fixes ?? [];
    assert.equal(fix?.safe, true);
    assert.deepEqual(
      fix?.changes.map(({ to }) => to),
      [{ span: { start: 8, end: 20 } }],
    );
  });

  it('finds punctuation at edges, and leaves abbreviations alone', async () => {
    assert.deepEqual(await rulesOf('He met [[Ada,|person]] today.'), [['punctuation-edge', 7, 11]]);
    assert.deepEqual(await rulesOf('He read [["Emma"|book]].'), [['punctuation-edge', 8, 14]]);
    assert.deepEqual(await rulesOf('He lives in [[London.|city]]'), [['punctuation-edge', 12, 19]]);
    assert.deepEqual(await rulesOf('He works for [[Acme Inc.|company]]'), []);
    assert.deepEqual(await rulesOf('In the [[U.S.|country]] and [[Yahoo!|company]]'), []);
  });

  it('finds cut words, and proposes the whole word', async () => {
    const [finding] = await check(line('The [[Mac|device]]book of [[Ad|person]]a'));
    assert.equal(finding?.rule, 'cut-word');
    assert.deepEqual(finding?.fixes[0]?.changes[0]?.to, { span: { start: 4, end: 11 } });
    assert.deepEqual(await rulesOf('Das [[Bahn|place]]hof'), [['cut-word', 4, 8]]);
    assert.deepEqual(await rulesOf('Zu zweit: [[Cafe|place]]\u0301'), [['cut-word', 10, 14]]);
  });

  it('cuts nothing in scripts without spaces, and before Korean particles', async () => {
    assert.deepEqual(await rulesOf('我住在[[北京|city]]市中心'), []);
    assert.deepEqual(await rulesOf('[[서울|city]]에서 만나요'), []);
    assert.deepEqual(await rulesOf('Meet at [[O2|place]]-Arena'), []);
  });

  it('finds entities listed twice and such that cross, not nested ones', async () => {
    const passage = (...spans: [number, number, string][]) =>
      JSON.stringify({
        text: 'University of Oxford Press',
        entities: spans.map(([start, end, label]) => ({ start, end, label })),
      });
    const rules = async (...spans: [number, number, string][]) =>
      (await check(passage(...spans))).map(({ rule }) => rule);
    assert.deepEqual(await rules([0, 20, 'org'], [14, 20, 'city']), []);
    assert.deepEqual(await rules([0, 20, 'org'], [0, 20, 'org']), ['repeated-entity']);
    assert.deepEqual(await rules([0, 20, 'org'], [14, 26, 'org']), ['overlap']);
    const flat = await check(passage([0, 20, 'org'], [14, 20, 'city']), { overlap: 'flat' });
    assert.deepEqual(told(flat), ['overlap 1: “Oxford” overlaps “University of Oxford”']);
  });

  it('counts the types of the same words, and makes them all the same', async () => {
    const file = [
      line('[[Apple|company]] sells.'),
      line('I like [[Apple|fruit]] pie.'),
      line('Then [[Apple|company]] and [[Pear|fruit]].'),
    ].join('\n');
    const [finding, ...others] = await check(file);
    assert.deepEqual(others, []);
    assert.ok(finding);
    assert.deepEqual(told([finding]), [
      'surface-types 2: “Apple” has 2 types: company (2), fruit (1)',
    ]);
    const [toCompany, toFruit] = finding.fixes;
    assert.deepEqual(
      toCompany?.changes.map(({ index, to }) => [index, to]),
      [[1, { path: ['company'] }]],
    );
    assert.deepEqual(
      toFruit?.changes.map(({ index, to }) => [index, to]),
      [
        [0, { path: ['fruit'] }],
        [2, { path: ['fruit'] }],
      ],
    );
  });

  it('leaves rejected entities out', async () => {
    const entities = [{ start: 0, end: 1, label: 'a', state: 'rejected' }];
    assert.deepEqual(await check(JSON.stringify({ text: 'word', entities })), []);
  });
});
