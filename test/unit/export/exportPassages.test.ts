import assert from 'node:assert/strict';
import type { EntityState } from '../../../src/core/entity/entity';
import { chooseEntities } from '../../../src/core/export/chooseEntities';
import type { FolderFile } from '../../../src/core/export/bratFiles';
import { exportFiles, exportPassages } from '../../../src/core/export/exportPassages';
import { ExportReport } from '../../../src/core/export/exportReport';
import { exportTargets } from '../../../src/core/export/exportTargets';
import { ImportReport } from '../../../src/core/export/importReport';
import { withLabels } from '../../../src/core/export/passageLabels';
import type { PassageData } from '../../../src/core/formats/format';
import { formats } from '../../../src/core/formats/formats';
import { Taxonomy } from '../../../src/core/labels/taxonomy';
import { phrase } from '../../../src/core/messages/phrase';
import { textOf } from '../formats/streams';

const text = 'Ada left Turin.';
const taxonomy = new Taxonomy([
  { name: 'person', children: [{ name: 'scholar' }, { name: 'author' }] },
  { name: 'place', children: [{ name: 'city' }, { name: 'river' }] },
]);

function passage(...states: readonly EntityState[]): PassageData {
  const entities = states.map((state, index) => ({
    id: `${index}`,
    start: 0,
    end: 3,
    path: ['person', 'scholar'],
    state,
    ...(state === 'suggested' ? { source: { engine: 'encoder' } } : {}),
  }));
  return { text, entities };
}

async function filesOf(files: AsyncIterable<FolderFile>): Promise<FolderFile[]> {
  const all: FolderFile[] = [];
  for await (const file of files) all.push(file);
  return all;
}

describe('what an export has', () => {
  it('is what people accepted, also what engines suggest, or all', () => {
    const all = passage('suggested', 'accepted', 'corrected', 'added', 'rejected');
    const states = (choice: 'accepted' | 'suggested' | 'all') =>
      chooseEntities(all, choice)
        .entities.map(({ state }) => state)
        .join(' ');
    assert.equal(states('accepted'), 'accepted corrected added');
    assert.equal(states('suggested'), 'suggested accepted corrected added');
    assert.equal(states('all'), 'suggested accepted corrected added rejected');
  });

  it('counts what the makers of a data set wrote as accepted', () => {
    const gold = {
      text,
      entities: [{ id: 'g', start: 0, end: 3, path: ['x'], state: 'suggested' as const }],
    };
    assert.equal(chooseEntities(gold, 'accepted').entities.length, 1);
  });

  it('can be in every format, DynamicNER first', async () => {
    const names = exportTargets.map(({ name }) => name);
    assert.deepEqual(names.slice(0, 2), ['dynamicner', 'dynamicner-dynamic']);
    for (const { name } of formats) assert.equal(names.includes(name), name !== 'text', name);
    assert.deepEqual(names.slice(-3), ['brat', 'html', 'markdown']);
    for (const target of exportTargets) {
      const report = new ExportReport();
      const options = { target, states: 'all', taxonomy, report } as const;
      const written =
        target.kind === 'file'
          ? await textOf(exportPassages([passage('accepted')], { ...options, target }))
          : JSON.stringify(
              await filesOf(exportFiles([passage('accepted')], { ...options, target })),
            );
      assert.ok(written.includes('Ada'), target.name);
      assert.equal(report.passages, 1);
    }
  });

  it('writes for brat two files a passage, each name once', async () => {
    const target = exportTargets.find((one) => one.kind === 'folder');
    assert.ok(target?.kind === 'folder');
    const options = { target, states: 'all', taxonomy, report: new ExportReport() } as const;
    const passages = ['../a b.txt', '../a b.txt'].map((id) => ({ ...passage('accepted'), id }));
    const files = await filesOf(exportFiles(passages, options));
    const names = files.map(({ name }) => name);
    assert.deepEqual(names, [
      '__a_b.txt.txt',
      '__a_b.txt.ann',
      '__a_b.txt-2.txt',
      '__a_b.txt-2.ann',
    ]);
    assert.equal(files[1]?.content, 'T1\tscholar 0 3\tAda\n');
  });

  it('names passages by the level asked for', async () => {
    const [target] = exportTargets;
    assert.ok(target?.kind === 'file');
    const options = {
      target,
      states: 'all',
      taxonomy,
      level: 0,
      report: new ExportReport(),
    } as const;
    assert.match(await textOf(exportPassages([passage('accepted')], options)), /"person"/u);
  });
});

describe('the labels of a passage', () => {
  const labelsOf = (...paths: readonly (readonly string[])[]): unknown => {
    const entities = paths.map((path, index) => ({
      id: `${index}`,
      start: 0,
      end: 3,
      path,
      state: 'accepted' as const,
    }));
    return withLabels({ text, entities }, taxonomy).extra?.['labels'];
  };

  it('are the types beside those of its entities, each at its own level', () => {
    assert.deepEqual(labelsOf(['person', 'author']), ['scholar', 'author']);
    assert.deepEqual(labelsOf(['place']), ['person', 'place']);
    assert.deepEqual(labelsOf(['person', 'author'], ['place']), ['scholar', 'author', 'place']);
    assert.deepEqual(labelsOf(), ['person', 'place']);
    assert.deepEqual(labelsOf(['my own type']), ['my own type']);
  });
});

describe('the report of an export', () => {
  it('shows text of passages as it is, and what could not be read', () => {
    const report = new ExportReport();
    report.count({ text: '<b>*Ada*</b>', entities: [] });
    const note = { kind: 'x', message: phrase`Something is lost.`, lost: true };
    report.note(note, { text: '<b>*Ada*</b>\nleft', entities: [] });
    report.leaveOut(phrase`Line ${7} is no JSON.`);
    const lines = report.toMarkdown('a.json').split('\n');
    assert.ok(lines.includes('- 1: \\<b\\>\\*Ada\\*\\</b\\> left'), lines.join('\n'));
    assert.ok(lines.includes('- Line 7 is no JSON.'));
    assert.deepEqual([report.lossCount, report.leftOut, report.isEmpty], [1, 1, false]);
  });
});

describe('the report of an import', () => {
  it('lists what has no place and what could not be read', () => {
    const report = new ImportReport();
    assert.ok(report.isEmpty);
    report.countRead({ text, entities: [], unplaced: [{ mention: 'Oslo*', label: 'city' }] });
    report.noPlace('Marie\nCurie', ['person', 'scholar']);
    report.leaveOut(phrase`Line ${3} is no JSON.`);
    const lines = report.toMarkdown('a.txt').split('\n');
    assert.ok(lines.includes('- Oslo\\* · city'), lines.join('\n'));
    assert.ok(lines.includes('- Marie Curie · person › scholar'), lines.join('\n'));
    assert.ok(lines.includes('- Line 3 is no JSON.'));
    assert.deepEqual([report.missing, report.leftOut, report.isEmpty], [2, 1, false]);
  });
});
