import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { eventually } from '../../until';
import { DatasetEditor } from '../datasetEditor';
import { entityLine } from '../entityLine';

const city = 'location > geo-political entity > city';
const country = 'location > geo-political entity > country';
const by = (annotator: string) => ({ state: 'added', annotator });

const lines = [
  entityLine('Turin lies on the Po.', [
    { mention: 'Turin', label: city, ...by('ada') },
    { mention: 'Po', label: country, ...by('bob') },
  ]),
  entityLine('Monaco is small.', [
    { mention: 'Monaco', label: city, ...by('ada') },
    { mention: 'Monaco', label: country, ...by('bob') },
  ]),
  entityLine('Oslo is cold.', [
    { mention: 'Oslo', label: city, ...by('ada') },
    { mention: 'Oslo', label: city, ...by('bob') },
  ]),
];

describe('a data set of two annotators', () => {
  let editor: DatasetEditor;
  before(async () => {
    editor = await DatasetEditor.open('two.jsonl', `${lines.join('\n')}\n`);
    await editor.focus();
  });
  after(() => (editor as DatasetEditor | undefined)?.close());

  const rows = () => editor.page.locator('.diff-row');
  const take = (row: number, side: string) =>
    rows()
      .nth(row)
      .getByRole('button', { name: new RegExp(`^${side} in`, 'u') });
  /** Waits until a passage has these spans: mention and finest type, in any order. */
  const has = (text: string, ...spans: readonly string[]): Promise<void> =>
    eventually(`spans of “${text}”`, async () => {
      const said = await editor.spans(editor.passage(text));
      const shown = said.map((one) => one.replace(/, .* › (.*?), .*/u, ', $1'));
      assert.deepEqual(shown.sort(), [...spans].sort());
    });

  it('is compared span by span, and what is right is taken from the left, the right or both', async () => {
    await editor.commands('d');
    await editor.page.getByText('Compare Annotators').click();
    await rows().nth(2).waitFor();
    assert.equal(await rows().count(), 3);
    await editor.bench.screenshot('dataset-compare');
    await take(0, 'Left').click();
    await take(1, 'Left').click();
    await has('Turin lies', 'Turin, city');
    await take(2, 'Right').click();
    await has('Monaco is', 'Monaco, country');
    await take(2, 'Both').click();
    await has('Monaco is', 'Monaco, city', 'Monaco, country');
    await editor.page.locator('.diff-row [aria-pressed="true"]').nth(2).waitFor();
    await editor.bench.screenshot('dataset-compare-taken');
    await editor.keys('Escape');
  });

  it('is compared with what was saved, and with another file', async () => {
    await editor.dirty();
    await editor.commands('d');
    await editor.page.getByText('With the Saved File').click();
    await rows().locator('.side.none').waitFor();
    assert.equal(await rows().count(), 1);
    await editor.page.getByText('Take All Right').click();
    await editor.page.locator('.diff-row.taken').first().waitFor();
    await has('Turin lies', 'Turin, city', 'Po, country');
    await editor.keys('Escape');
    await editor.save();
    const other = path.join(editor.bench.folder, 'other.jsonl');
    writeFileSync(other, `${lines[0]}\n${lines[1]}\n${entityLine('Oslo is cold.', [])}\n`);
    await editor.commands('d');
    await editor.page.getByText('With Another File…').click();
    await editor.bench.chooseFile('Compare with Another', other);
    await editor.page.locator('.diff-sides', { hasText: 'other.jsonl' }).waitFor();
    await editor.page.locator('.side.none').first().waitFor();
    await editor.keys('Escape');
  });
});
