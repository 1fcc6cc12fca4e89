import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type LabelDriver, labelEditor, originalList, originalRows } from './labelDriver';

describe('mends and exports of the label editor', () => {
  let labels: LabelDriver;
  before(async () => {
    labels = await labelEditor();
  });
  afterEach(() => labels.restore());

  it('marks siblings that the model hardly tells apart, and merges them with a button', async () => {
    labels.write(
      originalList.replace(
        '"children": [{ "name": "ship" }]',
        '"children": [{ "name": "ship" }, { "name": "film" }, { "name": "movie" }]',
      ),
    );
    await labels.row('movie').locator('.problem:visible').waitFor();
    await labels.select('movie');
    const problems = labels.page.locator('.details .problems li');
    await problems.filter({ hasText: 'The model hardly tells “movie” from “film”' }).waitFor();
    await labels.bench.screenshot('label-editor-similar');
    await problems.getByRole('button', { name: 'Rename…' }).click();
    await labels.until('the text box', () => labels.box.isVisible());
    await labels.box.press('Escape');
    await problems.getByRole('button', { name: /^Merge/u }).click();
    await labels.until('one of the two', async () => !(await labels.row('movie').isVisible()));
    await labels.row('film').locator('.problem').waitFor({ state: 'hidden' });
    assert.match(await labels.saved(), /"name": "film",\s*"synonyms": \["movie"\]/u);
  });

  it('throws away what is being typed when the file is reverted', async () => {
    await labels.select('ship');
    await labels.field('description').fill('A vessel');
    await labels.field('name').fill('boat');
    await labels.edited();
    await labels.until('the row', () => labels.row('boat').isVisible());
    await labels.undoAll();
    await labels.hasRows(...originalRows);
    await labels.select('city');
    await labels.select('ship');
    await labels.until('the file’s name', async () => {
      const value = await labels.field('name').inputValue();
      return value === 'ship' || value;
    });
    assert.equal(await labels.field('description').inputValue(), '');
    assert.equal(await labels.isDirty(), false);
  });

  it('exports the annotations of the document beside it as DynamicNER’s base', async () => {
    await labels.bench.command('View: Focus First Editor Group');
    await labels.bench.command('DynamicNER: Extract Entities');
    await labels.bench.decorated();
    await labels.showList();
    const file = path.join(labels.bench.folder, 'travel.exported.json');
    const questions = labels.bench.page.locator('.quick-input-widget');
    await labels.page.getByText('Export Annotations').click();
    const answers = {
      'Format of the file': 'DynamicNER JSON',
      'What is exported': 'The active document',
      'Which annotations are exported': 'Accepted and suggested',
      'Level of the types': 'As annotated',
    };
    for (const [question, answer] of Object.entries(answers)) {
      await questions.locator(`input[placeholder="${question}"]`).waitFor();
      await labels.bench.choose(answer);
    }
    await labels.bench.saveAs(file, '.json');
    await labels.until('the export', () => existsSync(file));
    const exported = JSON.parse(readFileSync(file, 'utf8')) as unknown;
    assert.match(JSON.stringify(exported), /Galápagos/u);
    assert.match(JSON.stringify(exported), /"city"/u);
    rmSync(file);
  });
});
