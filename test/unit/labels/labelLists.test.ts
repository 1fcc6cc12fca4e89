import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { builtInLists, findBuiltInList } from '../../../src/core/labels/builtInLists';
import { definitionOf } from '../../../src/core/labels/definitions';
import { DisplayNames } from '../../../src/core/labels/displayNames';
import { dynamicNerTaxonomy } from '../../../src/core/labels/dynamicner';
import { readFrontMatterLabels } from '../../../src/core/labels/frontMatter';
import { nameLabelsInFrontMatter } from '../../../src/core/labels/frontMatterEdit';
import { parseLabelFile } from '../../../src/core/labels/labelFile';
import { lineChanges } from '../../../src/core/text/lineChanges';
import * as fc from 'fast-check';
import { exportShapes, exportTypes } from '../../../src/core/labels/taxonomyFile/exportTypes';
import { typesOfList } from '../../../src/core/labels/taxonomyFile/labelListOf';

const pathsOf = (text: string, source?: string) =>
  parseLabelFile(text, source).list.labels.map(({ path }) => path.join('/'));

describe('label files', () => {
  it('are read from taxonomy files, with comments, as from any other', () => {
    const { list, shape, problems } = parseLabelFile(
      '// mine\n{"types": [{"name": "art", "children": ["film", "film",]}]}',
      'my.taxonomy.json',
    );
    assert.equal(shape, 'taxonomy');
    assert.deepEqual(
      list.labels.map(({ path }) => path.join('/')),
      ['art', 'art/film'],
    );
    assert.deepEqual(
      problems.map(({ kind, line }) => [kind, line]),
      [['repeated-path', 2]],
    );
    assert.throws(
      () => parseLabelFile('{"types": [\n"a" "b"]}', 'my.taxonomy.json'),
      /^InputError: my\.taxonomy\.json:2: .*comma/u,
    );
    assert.throws(() => parseLabelFile('{"types": []}', 'my.taxonomy.json'), /no labels/u);
  });

  it('that are named as taxonomy files but are trees say what mends it everywhere', () => {
    const tree = '{"art": ["film"]}';
    assert.throws(
      () => parseLabelFile(tree, 'my.taxonomy.json'),
      /^InputError: my\.taxonomy\.json:1: .*another kind of list\. Give it a name that does not end in “\.taxonomy\.json”\.$/u,
    );
    // As it says: the same text is read by another name, and where lists are imported.
    for (const { list, shape } of [
      parseLabelFile(tree, 'my.json'),
      parseLabelFile(tree, 'my.taxonomy.json', { anyKind: true }),
    ]) {
      assert.equal(shape, 'tree');
      assert.deepEqual(
        list.labels.map(({ path }) => path.join('/')),
        ['art', 'art/film'],
      );
    }
  });

  it('are read from tables, with and without a header', () => {
    const table = `name,description,synonyms,parent,threshold
person,"A human being, real",PER; human,,0.4
scholar,,,person,
`;
    const { list, shape } = parseLabelFile(table, 'types.csv');
    assert.equal(shape, 'csv');
    assert.deepEqual(
      list.labels.map(({ path }) => path.join('/')),
      ['person', 'person/scholar'],
    );
    assert.equal(list.label(['person'])?.description, 'A human being, real');
    assert.deepEqual(list.label(['person'])?.synonyms, ['PER', 'human']);
    assert.equal(list.threshold(['person', 'scholar']), 0.4);
    assert.deepEqual(pathsOf('coarse\tfine\nperson\tscholar\nperson\tactor\nplace\t\n'), [
      'person',
      'person/scholar',
      'person/actor',
      'place',
    ]);
    assert.deepEqual(pathsOf('art,film\nart,"song, aria"\n', 'a.csv'), [
      'art',
      'art/film',
      'art/song, aria',
    ]);
    assert.throws(
      () => parseLabelFile('name,threshold\nfilm,high\n', 'a.csv'),
      /a\.csv:2:"threshold"/u,
    );
    assert.deepEqual(pathsOf('person, city\n'), ['person', 'city']);
  });

  it('are read back as they were exported, in every shape that says as much', () => {
    const [, fewNerd] = builtInLists;
    assert.ok(fewNerd);
    const all = fewNerd.list.labels.map(({ path }) => path.join('/'));
    const data = {
      levels: fewNerd.list.taxonomy.levelNames,
      types: typesOfList(fewNerd.list),
    };
    for (const shape of exportShapes) {
      const { text, losses } = exportTypes(data, shape);
      const source = shape === 'taxonomy' ? 'x.taxonomy.json' : undefined;
      const { list } = parseLabelFile(text, source);
      const paths = list.labels.map(({ path }) => path.join('/'));
      if (shape === 'names') {
        assert.ok(losses.length > 0);
        continue;
      }
      const same = shape === 'levels' ? all.map((path) => path.toLowerCase()) : all;
      assert.deepEqual(paths.sort(), same.sort(), shape);
      if (shape === 'taxonomy') assert.deepEqual(typesOfList(list), data.types);
      else assert.ok(losses.length > 0, shape);
    }
  });

  it('of DynamicNER come back the same from both official shapes', () => {
    const types = typesOfList(builtInLists[0]!.list);
    for (const shape of ['tree', 'levels'] as const) {
      const { text, losses } = exportTypes({ name: 'DynamicNER', levels: [], types }, shape);
      assert.deepEqual(losses, []);
      const { list } = parseLabelFile(text);
      assert.equal(list.taxonomy.toSpec().id, dynamicNerTaxonomy.toSpec().id);
    }
  });
});

describe('built-in label lists', () => {
  it('are found by id and title, and understand the names of their data sets', () => {
    assert.equal(findBuiltInList('CoNLL-2003')?.id, 'conll-2003');
    assert.equal(findBuiltInList('labels.json'), undefined);
    const found = (id: string, name: string) => {
      const resolution = findBuiltInList(id)?.list.taxonomy.resolve(name);
      return resolution?.kind === 'found' ? resolution.node.path.join('/') : resolution?.kind;
    };
    assert.equal(found('conll-2003', 'PER'), 'person');
    assert.equal(found('ontonotes', 'WORK_OF_ART'), 'work of art');
    assert.equal(found('few-nerd', 'location-GPE'), 'location/geo-political entity');
    assert.equal(found('few-nerd', 'person-artist/author'), 'person/artist or author');
    assert.equal(found('few-nerd', 'building-other'), 'building/other building');
    assert.equal(findBuiltInList('few-nerd')?.list.taxonomy.leaves.length, 66);
    assert.equal(findBuiltInList('ontonotes')?.list.taxonomy.leaves.length, 18);
    assert.equal(findBuiltInList('conll-2003')?.list.kind, 'flat');
  });

  it('say what each of their types means', () => {
    for (const { id, list } of builtInLists) {
      for (const { path, description } of list.labels) {
        assert.ok(
          (description ?? definitionOf(path)?.description ?? '') !== '',
          `${id} ${path.join()}`,
        );
      }
    }
  });
});

describe('DisplayNames', () => {
  it('names types in seven languages, and else as the list does', () => {
    const scholar = ['person', 'real person', 'scholar'];
    assert.equal(new DisplayNames('de').nameOf(scholar), 'Wissenschaftler');
    assert.deepEqual(new DisplayNames('de-AT').partsOf(['Person', 'gene']), ['Person', 'gene']);
    assert.equal(new DisplayNames('en').nameOf(scholar), 'scholar');
    const given = JSON.parse(readFileSync('media/taxonomies/names.json', 'utf8')) as object;
    for (const language of Object.keys(given)) {
      const names = new DisplayNames(language);
      for (const { path } of dynamicNerTaxonomy.nodes) assert.ok(names.nameOf(path) !== '');
      assert.notEqual(names.nameOf(scholar), 'scholar', language);
    }
    assert.deepEqual(
      [0, 1, 2, 3, -1].map((level) => new DisplayNames('en').nameAt(scholar, level)),
      ['person', 'real person', 'scholar', 'scholar', 'person'],
    );
  });
});

describe('the label list in front matter', () => {
  it('is read where a document names one', () => {
    assert.equal(
      readFrontMatterLabels('---\ntitle: x\nentities: few-nerd # mine\n---\n'),
      'few-nerd',
    );
    assert.equal(readFrontMatterLabels('---\r\nentities: "a b.json"\r\n...\r\n'), 'a b.json');
    assert.equal(readFrontMatterLabels('---\nentities:\n---\n'), undefined);
    assert.equal(readFrontMatterLabels('---\nentities: x\n'), undefined);
    assert.equal(readFrontMatterLabels('text\n---\nentities: x\n---\n'), undefined);
  });

  it('is written where it belongs, and read back', () => {
    const texts = [
      '',
      'Text.\n',
      '---\r\ntitle: x\r\n---\r\nText.',
      '---\nentities: old\n---\nText.',
    ];
    for (const text of texts) {
      for (const value of ['few-nerd', 'lists/my types.taxonomy.json', 'a: "b" #c']) {
        const { startLine, endLine, text: inserted } = nameLabelsInFrontMatter(text, value);
        const lines = text.split(/(?<=\n)/u);
        const after = [...lines.slice(0, startLine), inserted, ...lines.slice(endLine)].join('');
        if (!value.includes('"')) assert.equal(readFrontMatterLabels(after), value, after);
        assert.ok(after.endsWith(text.replace(/^---[^]*---\r?\n/u, '')));
      }
    }
  });
});

describe('lineChanges', () => {
  it('makes one text the other', () => {
    const line = fc.constantFrom('', 'a', 'b', 'aab', '😀', 'x\r');
    const text = fc.array(line, { maxLength: 6 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = before.split('\n');
        const offset = (index: number, character: number) =>
          lines.slice(0, index).reduce((sum, one) => sum + one.length + 1, 0) + character;
        let result = before;
        for (const change of lineChanges(before, after).reverse()) {
          const start = offset(change.startLine, change.startCharacter);
          const end = offset(change.endLine, change.endCharacter);
          result = result.slice(0, start) + change.text + result.slice(end);
        }
        assert.equal(result, after);
      }),
    );
  });
});
