import assert from 'node:assert/strict';
import fc from 'fast-check';
import { makeDynamicVersion } from '../../../src/core/dynamic/dynamicVersion';
import { makeEntityVersion, questionsOf } from '../../../src/core/dynamic/entityVersion';
import { isRest, UNKNOWN, type Question } from '../../../src/core/dynamic/question';
import { probabilitiesOf } from '../../../src/core/dynamic/round';
import { dynamicNerSynonyms, readSynonyms } from '../../../src/core/dynamic/synonyms';
import { dynamicNerTaxonomy as taxonomy } from '../../../src/core/labels/dynamicner';
import { foldName } from '../../../src/core/labels/names';
import { randomNumbers } from '../../../src/core/random';
import { runs } from '../scale';

const leaves = taxonomy.leaves.map(({ path }) => path);

/** Questions about entities of random types, some types more frequent than others. */
function someQuestions(count: number, seed: number): Question[] {
  const next = randomNumbers(seed);
  const entities = Array.from({ length: count }, () => ({
    path: leaves[Math.floor(next() ** 2 * leaves.length)] ?? [],
    state: 'accepted' as const,
  }));
  return questionsOf(entities, taxonomy);
}

const all = [1, 2, 3, 4];
const make = (
  questions: readonly Question[],
  rounds: readonly number[],
  seed = 1,
  published = false,
) => makeDynamicVersion(questions, { rounds, seed, published, taxonomy });

describe('rounds of dynamic categorization', () => {
  const questions = someQuestions(300, 2);

  it('give the same version for the same seed, another for another', () => {
    assert.deepEqual(make(questions, all, 5), make(questions, all, 5));
    assert.notDeepEqual(make(questions, all, 5).questions, make(questions, all, 6).questions);
  });

  it('do not depend on the rounds that come after them', () => {
    const two = make(questions, [1, 2], 3);
    const four = make(questions, all, 3);
    assert.deepEqual(four.reports.slice(0, 2), two.reports);
  });

  it('report what each began and ended with', () => {
    const { reports } = make(questions, all);
    assert.deepEqual(
      reports.map(({ round }) => round),
      all,
    );
    reports.slice(1).forEach((report, at) => assert.deepEqual(report.before, reports[at]?.after));
  });

  it('leave a list with the answer or, where none is right, with unknown', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        for (const { options, answer } of make(someQuestions(40, seed), all, seed).questions) {
          assert.ok(options.includes(answer) || answer === UNKNOWN);
          assert.equal(new Set(options.map(foldName)).size, options.length);
        }
      }),
      runs(20),
    );
  });

  it('1: merge the first two questions of some entities and keep the fine one', () => {
    const { questions: mixed } = make(questions, [1]);
    assert.ok(mixed.length < questions.length && mixed.length > (2 * questions.length) / 3);
    for (let entity = 0; entity < 300; entity++) {
      const before = questions.filter((question) => question.entity === entity);
      const after = mixed.filter((question) => question.entity === entity);
      assert.deepEqual(after.at(-1), before.at(-1));
      if (after.length === before.length) continue;
      const [merged] = after;
      assert.equal(merged?.answer, before[1]?.answer);
      assert.deepEqual(merged?.options, [...(merged?.options ?? [])].sort());
      // A coarse type with one of its medium types in the list would be right as well.
      assert.ok(
        !merged?.options.includes(before[0]?.answer ?? '') || before[0]?.answer === merged.answer,
      );
    }
  });

  it('2: replace names by synonyms of the table, in options and answer alike', () => {
    const { questions: renamed } = make(questions, [2]);
    let changed = 0;
    renamed.forEach((question, at) => {
      const before = questions[at] as Question;
      question.options.forEach((option, index) => {
        const old = before.options[index] ?? '';
        if (option === old) return;
        changed++;
        assert.ok(dynamicNerSynonyms.get(foldName(old))?.includes(option));
      });
      assert.equal(
        question.options.indexOf(question.answer),
        before.options.indexOf(before.answer),
      );
    });
    assert.ok(changed > 10);
  });

  it('3: remove options of long lists, never the answer, never below three', () => {
    const { questions: shortened } = make(questions, [3]);
    const touched = shortened.filter(({ options }, at) => options !== questions[at]?.options);
    assert.ok(touched.length > 50);
    shortened.forEach(({ options, answer }, at) => {
      const before = questions[at] as Question;
      assert.equal(answer, before.answer);
      assert.ok(options.includes(answer) && options.length >= Math.min(3, before.options.length));
      assert.ok(options.every((option) => before.options.includes(option)));
    });
  });

  it('4: take the true option away where the answer becomes another', () => {
    const { questions: merged } = make(questions, [4]);
    let changed = 0;
    merged.forEach(({ options, answer }, at) => {
      const before = questions[at] as Question;
      if (answer === before.answer) return;
      changed++;
      assert.ok(!options.includes(before.answer) && options.length >= 3);
      assert.ok(answer === UNKNOWN ? !options.some(isRest) : isRest(answer));
    });
    assert.ok(changed > 20);
  });

  it('4, published: overwrites right answers that stay in the list', () => {
    const { questions: merged } = make(questions, [4], 1, true);
    const wrong = merged.filter(({ options, answer }, at) => {
      const right = questions[at]?.answer ?? '';
      return answer !== right && options.includes(right);
    });
    assert.ok(wrong.length > 20);
  });

  it('go by the probabilities of the program, but for synonyms', () => {
    const metrics = { cohesion: 0.05, entropy: 0.9, gini: 0.3, variation: 1 };
    assert.deepEqual(probabilitiesOf(metrics, true), [0.4, 0.4, 0.3, 0.3]);
    assert.deepEqual(probabilitiesOf(metrics, false), [0.4, 0.2, 0.3, 0.3]);
    const poor = { cohesion: 0.02, entropy: 0.5, gini: 0.9, variation: 2.2 };
    const [mix, synonyms, remove, rest] = probabilitiesOf(poor, true);
    assert.deepEqual([mix, synonyms, remove], [0.6, 0.2, 0.24]);
    assert.ok(Math.abs(rest - 0.16) < 1e-12);
    assert.equal(probabilitiesOf(poor, false)[1], 0.4);
  });
});

describe('dynamic versions of annotations', () => {
  const entity = (id: string, start: number, end: number, path: readonly string[]) => ({
    id,
    start,
    end,
    path,
    state: 'accepted' as const,
  });
  const text = 'Ada met Bo in Rome';
  const scholar = ['person', 'real person', 'scholar'];
  const passages = Array.from({ length: 60 }, () => ({
    text,
    entities: [entity('a', 0, 3, scholar), entity('b', 14, 18, ['nowhere'])],
  }));

  it('keep the path beside the dynamic type, and leave what the taxonomy does not know', () => {
    const { passages: made } = makeEntityVersion(passages, { rounds: all, seed: 4, taxonomy });
    const types = new Set<string>();
    for (const { entities, extra } of made) {
      const [first, second] = entities;
      assert.deepEqual(first?.extra?.['originalPath'], scholar);
      assert.deepEqual(second?.path, ['nowhere']);
      assert.ok((extra?.['labels'] as string[]).includes(first?.path[0] ?? ''));
      types.add(first?.path[0] ?? '');
    }
    assert.ok(types.size > 1 && types.has('scholar'));
  });
});

describe('tables of synonyms', () => {
  it('have one for each of the 194 types', () => {
    for (const { name } of taxonomy.nodes) {
      assert.ok((dynamicNerSynonyms.get(foldName(name)) ?? []).length > 0, name);
    }
  });

  it('are read from files of names, lists and objects', () => {
    const text = '{"a > Cat": "kitty", "dog": ["hound", "dog"], "oak": {"synonyms": ["tree"]}}';
    const table = readSynonyms(text, 's.json');
    assert.deepEqual(Object.fromEntries(table), { cat: ['kitty'], dog: ['hound'], oak: ['tree'] });
  });

  it('name what is wrong', () => {
    assert.throws(
      () => readSynonyms('{"cat": 1}', 's.json'),
      /s\.json:"cat": The value is no list/u,
    );
    assert.throws(() => readSynonyms('{"cat"', 's.json'), /s\.json:1: The synonyms are no JSON/u);
  });
});
