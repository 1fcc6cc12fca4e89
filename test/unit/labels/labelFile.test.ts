import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { InputError } from '../../../src/core/errors';
import { dynamicNerTaxonomy } from '../../../src/core/labels/dynamicner';
import { parseLabelFile, readLabelFile, readLabelNames } from '../../../src/core/labels/labelFile';
import { phraseText } from '../../../src/core/messages/phrase';

const fixture = (name: string) => readFileSync(`test/fixtures/taxonomies/${name}`, 'utf8');
const pathsOf = (text: string) =>
  parseLabelFile(text).list.labels.map(({ path }) => path.join('/'));

/** DynamicNER's taxonomy in its shape by levels, made from the built-in one. */
function levelsOfDynamicNer(): string {
  const under = (level: number) =>
    Object.fromEntries(
      dynamicNerTaxonomy
        .atLevel(level)
        .map(({ name, children }) => [name, children.map((child) => child.name).join(', ')]),
    );
  return JSON.stringify(
    {
      dataset: 'DynamicNER',
      'first-level': dynamicNerTaxonomy.roots.map(({ name }) => name).join(', '),
      'second-level': under(0),
      'third-level': under(1),
    },
    null,
    4,
  );
}

describe('parseLabelFile', () => {
  it('reads a tree of uneven depth, offering mends for misspellings and repeated names', () => {
    const text = fixture('tree.json');
    const { list, shape, problems } = parseLabelFile(text, 'tree.json');
    assert.equal(shape, 'tree');
    assert.equal(list.kind, 'taxonomy');
    assert.deepEqual(
      list.taxonomy.leaves.map(({ path }) => path.join('/')),
      [
        'Facility/Transortation Facility/Airport',
        'Facility/Transortation Facility/Other Transortation Facility',
        'Facility/Public Facility/Library',
        'Idea',
        'Person/Real Person/Scholar/Geologist',
      ],
    );
    assert.deepEqual(
      problems.map(({ kind, line }) => [kind, line]),
      [
        ['spelling', 3],
        ['spelling', 5],
        ['repeated', 7],
      ],
    );
    const mended = problems.reduceRight(
      (whole, { fix }) =>
        fix === undefined ? whole : whole.slice(0, fix.start) + fix.text + whole.slice(fix.end),
      text,
    );
    assert.equal(mended, text.replaceAll('Transortation', 'Transportation'));
    assert.ok(list.taxonomy.node(['facility', 'transportation facility', 'airport']));
  });

  it('reads lists by level and names a parent that the level above lacks', () => {
    const { list, shape, problems } = parseLabelFile(fixture('levels.json'));
    assert.equal(shape, 'levels');
    assert.deepEqual(
      list.taxonomy.levels.map((level) => level.length),
      [2, 4, 2],
    );
    assert.deepEqual(
      problems.map(({ kind, line, mend }) => [kind, line, phraseText(mend)]),
      [['unknown-parent', 10, 'Its types are left out; did you mean “sail”?']],
    );
  });

  it('reads the whole taxonomy of DynamicNER in both official shapes as the same', () => {
    const byLevels = parseLabelFile(levelsOfDynamicNer());
    assert.equal(byLevels.shape, 'levels');
    assert.deepEqual(byLevels.problems, []);
    const tree = parseLabelFile(readFileSync('media/taxonomies/dynamicner.json', 'utf8'));
    for (const { list } of [byLevels, tree]) {
      assert.equal(list.taxonomy.toSpec().id, dynamicNerTaxonomy.toSpec().id);
    }
  });

  it('reads one and two levels, arrays, names, commas, paths and coarse-fine pairs', () => {
    assert.deepEqual(pathsOf('["person", "city"]'), ['person', 'city']);
    assert.deepEqual(pathsOf('{"person": ["actor"], "city": null}'), [
      'person',
      'person/actor',
      'city',
    ]);
    assert.deepEqual(pathsOf('{"first-level": "person, city"}'), ['person', 'city']);
    assert.deepEqual(pathsOf('\ufeff# mine\r\nnon-fiction\r\n\r\n state or province \r\n'), [
      'non-fiction',
      'state or province',
    ]);
    assert.deepEqual(pathsOf('person, market/mall ,city'), ['person', 'market/mall', 'city']);
    assert.deepEqual(pathsOf('person > actor\nperson > author\ncity'), [
      'person',
      'person/actor',
      'person/author',
      'city',
    ]);
    const fewNerd = parseLabelFile(
      'person-actor\nperson-artist/author\nlocation-GPE\nlocation-bodiesofwater\n',
    );
    assert.equal(fewNerd.shape, 'coarse-fine');
    assert.equal(fewNerd.list.taxonomy.depth, 2);
    assert.deepEqual(
      fewNerd.list.taxonomy.leaves.map(({ path }) => path.join('/')),
      ['person/actor', 'person/artist/author', 'location/GPE', 'location/bodiesofwater'],
    );
    assert.deepEqual(
      parseLabelFile('film\nplay\nfilm').problems.map(({ kind, line }) => [kind, line]),
      [['repeated', 3]],
    );
    assert.deepEqual(
      readLabelNames('person, city,').labels.map(({ name }) => name),
      ['person', 'city'],
    );
  });

  it('reads labels with descriptions, synonyms, colours, thresholds and switches', () => {
    const { list, shape } = parseLabelFile(
      JSON.stringify({
        labels: [
          'city',
          {
            name: 'ship',
            description: 'a vessel with a name',
            synonyms: ['vessel'],
            threshold: 0.7,
            enabled: false,
            colour: { light: '#0a62c2', dark: '#6cb6ff' },
          },
        ],
      }),
    );
    assert.equal(shape, 'labels');
    assert.equal(list.kind, 'flat');
    assert.equal(list.label(['ship'])?.threshold, 0.7);
    assert.equal(list.isEnabled(['ship']), false);
    assert.deepEqual(list.colour(['ship']), { light: '#0a62c2', dark: '#6cb6ff' });
    const tree = readLabelFile(
      '{"types": [{"name": "a", "threshold": 0.3, "children": ["b", {"name": "c"}]}]}',
    );
    assert.equal(tree.kind, 'taxonomy');
    assert.equal(tree.threshold(['a', 'c']), 0.3);
  });

  it('names file, line and mend of what it cannot understand', () => {
    const bad: [string, RegExp][] = [
      ['{\n  "a": ["b",\n  "c"\n  "d"]\n}', /^list\.json:4: .*comma is missing/],
      ['{\n"a": [\n"b", 5]}', /^list\.json:3: .*value 5/],
      ['{"labels": [\n{"name": "a", "threshold": "x"}]}', /^list\.json:2:"threshold"/],
      ['{"labels": [{"nam": "a"}]}', /^list\.json:1: .*"name"/],
      ['{"labels": [{"name": "a", "threshold": 7}]}', /list\.json.*threshold/],
      ['', /no labels/],
      ['{}', /no labels/],
    ];
    for (const [text, message] of bad) {
      assert.throws(
        () => parseLabelFile(text, 'list.json'),
        (error: unknown) => {
          assert.ok(error instanceof InputError);
          assert.match(error.message, message);
          return true;
        },
      );
    }
    assert.throws(() => readLabelNames(' , '), InputError);
  });
});
