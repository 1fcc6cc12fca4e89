import assert from 'node:assert/strict';
import type { Entity } from '../../../src/core/entity/entity';
import { exportPassages } from '../../../src/core/export/exportPassages';
import { ExportReport } from '../../../src/core/export/exportReport';
import { exportTargets } from '../../../src/core/export/exportTargets';
import { dynamicnerFormat } from '../../../src/core/formats/dynamicner';
import type { PassageData } from '../../../src/core/formats/format';
import { dynamicNerTaxonomy } from '../../../src/core/labels/dynamicner';
import { DynamicNerScorer } from '../../../src/core/scoring/dynamicnerScorer';
import { writtenSentences } from '../../servers/goldSentences';
import { readPassages, textOf } from '../formats/streams';

/**
 * 900 written sentences of nine languages. To every third a sentence is joined that repeats a mention unmarked before
 * the marked one; every fourth marks a part of a mention too; every fifth lists a mention of another.
 */
function goldSentences(): PassageData[] {
  const written = writtenSentences();
  const apart = written.length / 900;
  const sentences = Array.from({ length: 900 }, (_, n) => written[Math.floor(n * apart)]).flatMap(
    (sentence) => sentence ?? [],
  );
  assert.ok(apart >= 1, `there are ${written.length} sentences`);
  assert.equal(sentences.length, 900);
  return sentences.map((sentence, index) => {
    const [first] = sentence.entities;
    if (first === undefined) return sentence;
    if (index % 3 === 0) return repeat(sentence, first);
    if (index % 4 === 0) return nest(sentence, first);
    if (index % 5 === 0) {
      return { ...sentence, unplaced: [{ mention: `Missing ${index}`, label: 'city' }] };
    }
    return sentence;
  });
}

function repeat(sentence: PassageData, { start, end }: Entity): PassageData {
  const mention = sentence.text.slice(start, end);
  const head = `Of ${mention} much was said: `;
  return {
    ...sentence,
    text: head + sentence.text,
    entities: sentence.entities.map((entity) => ({
      ...entity,
      start: entity.start + head.length,
      end: entity.end + head.length,
    })),
  };
}

function nest(sentence: PassageData, outer: Entity): PassageData {
  const blank = sentence.text.slice(outer.start, outer.end).indexOf(' ');
  if (blank < 0) return sentence;
  const end = outer.start + blank;
  const inner: Entity = {
    ...outer,
    id: 'inner',
    end,
    path: ['location', 'geo-political entity', 'city'],
  };
  return { ...sentence, entities: [...sentence.entities, inner] };
}

async function exported(gold: readonly PassageData[], name: string, level?: number) {
  const target = exportTargets.find((one) => one.name === name);
  assert.ok(target?.kind === 'file');
  const report = new ExportReport();
  const options = { target, states: 'accepted', taxonomy: dynamicNerTaxonomy, report } as const;
  const bytes = exportPassages(gold, { ...options, ...(level === undefined ? {} : { level }) });
  return { text: await textOf(bytes), report };
}

describe('an export of 900 written sentences', () => {
  const gold = goldSentences();
  const missing = gold.reduce((sum, { unplaced = [] }) => sum + unplaced.length, 0);

  it('is scored 100 % against the gold by the published rule, at every level', async () => {
    assert.ok(missing > 50, String(missing));
    for (const level of [undefined, 0, 1, 2]) {
      const { text } = await exported(gold, 'dynamicner', level);
      const read = await readPassages(dynamicnerFormat, text, {});
      assert.equal(read.length, gold.length);
      const scorer = new DynamicNerScorer(level === undefined ? {} : { level });
      read.forEach((passage, index) => {
        const own = gold[index];
        assert.ok(own);
        scorer.add(own, passage);
      });
      const whole = { precision: 1, recall: 1, f1: 1 };
      assert.deepEqual(scorer.scores, { extraction: whole, classification: whole });
    }
  });

  it('lists for each sentence exactly the mentions and types of the gold', async () => {
    const { text } = await exported(gold, 'dynamicner');
    const entries = Object.values(
      JSON.parse(text) as Record<string, { entity: string[]; category: string[] }>,
    );
    const pairs = entries.map(({ entity, category }) =>
      entity.map((mention, index) => `${mention}\n${category[index] ?? ''}`).sort(),
    );
    const wanted = gold.map(({ text: words, entities, unplaced = [] }) => [
      ...entities.map(({ start, end, path }) => `${words.slice(start, end)}\n${path.at(-1) ?? ''}`),
      ...unplaced.map(({ mention, label }) => `${mention}\n${label}`),
    ]);
    assert.deepEqual(
      pairs,
      wanted.map((one) => one.sort()),
    );
  });

  it('finds every mention at its place again, and keeps those that the text does not have', async () => {
    const { text, report } = await exported(gold, 'dynamicner');
    const read = await readPassages(dynamicnerFormat, text, { taxonomy: dynamicNerTaxonomy });
    const spans = (passages: readonly PassageData[]) =>
      passages.map(({ entities }) => entities.map(({ start, end }) => `${start} ${end}`).sort());
    assert.deepEqual(spans(read), spans(gold));
    assert.deepEqual(
      read.flatMap(({ unplaced = [] }) => unplaced),
      gold.flatMap(({ unplaced = [] }) => unplaced),
    );
    assert.deepEqual(
      read.map(({ id }) => id),
      gold.map((_, index) => `sentence${index + 1}`),
    );
    const marked = Object.values(JSON.parse(text) as object).filter(
      (entry: object) => 'span' in entry,
    );
    assert.ok(report.spanEntries >= 250 && report.spanEntries < 900, String(report.spanEntries));
    assert.equal(report.spanEntries, marked.length);
  });

  it('lists in the dynamic version the names that each passage’s types were chosen from', async () => {
    const { text } = await exported(gold.slice(0, 30), 'dynamicner-dynamic');
    const entries = Object.values(
      JSON.parse(text) as Record<string, { category: string[]; labels: string[] }>,
    );
    assert.equal(entries.length, 30);
    for (const { category, labels } of entries) {
      assert.ok(labels.length >= 2);
      assert.equal(new Set(labels).size, labels.length);
      for (const type of category) assert.ok(labels.includes(type), `${type} in ${labels.join()}`);
    }
  });

  it('says in its report what the format does not say, with passages', async () => {
    const { report } = await exported(gold, 'conll2003');
    const text = report.toMarkdown('gold.conll');
    assert.match(text, /^# Export to gold\.conll\n\n\d+ entities in 900 passages were written\./u);
    assert.match(text, /The format has no nested entities/u);
    assert.match(text, /\n- 5: /u);
    assert.ok(report.lossCount >= 2);
    const short = new ExportReport();
    const single = gold.find(({ entities }) => entities.length === 1);
    short.count(single ?? assert.fail('no passage has one entity'));
    assert.equal(
      short.toMarkdown('one.conll'),
      '# Export to one.conll\n\n1 entity in 1 passage was written.\n',
    );
  });
});
