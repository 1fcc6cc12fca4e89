import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatasetEditor } from '../datasetEditor';
import { entityLine } from '../entityLine';
import { themes, type Theme } from '../themes';

const city = 'location > geo-political entity > city';
const scholar = 'person > real person > scholar';
const found = { source: { engine: 'encoder' } };

/** Suggestions of several scores, decisions of two people, and a passage that nobody has looked at. */
const lines = [
  entityLine('Ada Lovelace lived in London.', [
    { mention: 'Ada Lovelace', label: scholar, score: 0.97, ...found },
    { mention: 'London', label: city, score: 0.62, ...found },
  ]),
  entityLine('Marie Curie left Warsaw for Paris.', [
    { mention: 'Marie Curie', label: scholar, state: 'accepted', annotator: 'ada' },
    { mention: 'Warsaw', label: city, score: 0.93, ...found },
  ]),
  entityLine('London is larger than Paris.', [
    { mention: 'London', label: city, state: 'added', annotator: 'bob', flag: true },
  ]),
  entityLine('Niels Bohr came from Copenhagen.', [
    { mention: 'Niels Bohr', label: scholar, score: 0.55, ...found },
    { mention: 'Copenhagen', label: city, state: 'rejected', annotator: 'bob' },
  ]),
  entityLine('Nothing is marked in Rome.', []),
  entityLine('From Rome to London it is far.', []),
];

describe('a data set that is reviewed', () => {
  let editor: DatasetEditor;
  before(async () => {
    editor = await DatasetEditor.open('review.jsonl', `${lines.join('\n')}\n`, {
      settings: { 'dynamicner.annotator': 'ada' },
    });
    await editor.focus();
  });
  after(() => (editor as DatasetEditor | undefined)?.close());

  const shows = (count: number): Promise<void> =>
    editor.page.locator(`.passage[aria-setsize="${count}"]`).first().waitFor();
  const typeRow = (name: string) =>
    editor.page.locator('.types [role="option"]', { hasText: name });
  const first = (text: string) =>
    editor.page.locator('.passage').first().locator('.text', { hasText: text });
  const progress = (text: string | RegExp): Promise<void> =>
    editor.page.locator('.types .result', { hasText: text }).waitFor();

  /** Takes one of the choices of a list, which has its name beside it. */
  async function choose(name: string, value: string): Promise<void> {
    const title = editor.page.locator('span').getByText(name, { exact: true });
    await editor.page.locator('.choice', { has: title }).locator('select').selectOption(value);
  }

  /** Looks at the preview of the open dialog and applies it. */
  async function apply(preview: string): Promise<void> {
    await editor.page.locator('dialog .result', { hasText: preview }).waitFor();
    await editor.page.getByRole('button', { name: 'Apply' }).click();
    await editor.page.locator('dialog').waitFor({ state: 'detached' });
  }

  it('lists its types with counts, which filter by keyboard and mouse', async () => {
    await progress(/^2 of 6 accepted/u);
    await typeRow('scholar').locator('.count').getByText('3', { exact: true }).waitFor();
    await typeRow('city').locator('.part').getByText('1 /').waitFor();
    await editor.commands('y');
    await editor.page.locator('.type-rows:focus').waitFor();
    await editor.keys('End', 'Enter');
    await shows(3);
    await editor.page.locator('[data-command="filter"][aria-pressed="true"]').waitFor();
    await editor.bench.screenshot('dataset-types');
    await editor.keys('Enter');
    await shows(6);
    await typeRow('city').click();
    await shows(3);
    await typeRow('city').click();
    await shows(6);
    await editor.keys('Escape');
  });

  it('is filtered by state, score, annotator and flag, and sorted by uncertainty', async () => {
    await editor.commands('/');
    const { page } = editor;
    await choose('State', 'suggested');
    await shows(3);
    await page.getByLabel('Greatest score in percent').fill('60');
    await shows(1);
    await page.getByText('Clear Filter').click();
    await shows(6);
    await choose('Annotator', 'bob');
    await shows(2);
    await choose('Marked', 'flagged');
    await shows(1);
    await page.getByText('Clear Filter').click();
    await choose('Order', 'uncertainty');
    await first('Niels Bohr').waitFor();
    await editor.bench.screenshot('dataset-filter');
    await page.getByText('Clear Filter').click();
    await first('Ada Lovelace').waitFor();
    await editor.keys('Escape');
    await page.locator('.review').waitFor({ state: 'hidden' });
    await editor.passage('Ada Lovelace').locator('.number').click();
  });

  it('accepts all above 0.9, after it has said how many', async () => {
    await editor.commands('Shift+Enter');
    await editor.page.locator('dialog h2', { hasText: '90' }).waitFor();
    await editor.bench.screenshot('dataset-accept-above');
    await apply('Will change: 2 spans in 2 passages');
    await progress(/^4 of 6 accepted/u);
    await editor.span(editor.current, /^Ada Lovelace, .*accepted/u);
  });

  it('marks the same mention elsewhere, after it has said how often', async () => {
    await editor.commands('n', 'n');
    await editor.selected('London');
    await editor.commands('Shift+M');
    await apply('Will change: 1 span in 1 passage');
    await editor.span(editor.passage('From Rome'), /^London, .*city, added/u);
    await editor.commands('Control+Z');
    await editor.page
      .locator('.passage', { hasText: 'From Rome' })
      .locator('.heard li')
      .waitFor({ state: 'detached' });
  });

  it('is relabelled in what was chosen, in what the filter shows, and as a whole', async () => {
    const relabel = async (to: string, scope: string, preview: string): Promise<void> => {
      await editor.commands('l');
      await editor.page.locator('dialog .type-field').nth(1).click();
      await editor.chooseType(to);
      await choose('In', scope);
      await apply(preview);
    };
    const { page } = editor;
    await editor.passage('London is larger').locator('.number').click();
    await editor.commands('Space', 'n');
    await editor.selected('London');
    await relabel('country', 'ids', 'Will change: 1 span in 1 passage');
    await editor.span(editor.passage('London is larger'), /^London, .*country/u);
    await editor.commands('Space', 'Control+Z');
    await editor.span(editor.passage('London is larger'), /^London, .*city/u);
    await editor.commands('/');
    await page.locator('.review input[type="text"]').fill('Lovelace');
    await shows(1);
    await editor.passage('Lovelace').locator('.number').click();
    await editor.commands('n', 'n');
    await editor.selected('London');
    await relabel('country', 'view', 'Will change: 1 span in 1 passage');
    await editor.span(editor.passage('Lovelace'), /^London, .*country/u);
    await editor.commands('Control+Z');
    await editor.span(editor.passage('Lovelace'), /^London, .*city/u);
    await page.getByText('Clear Filter').click();
    await shows(6);
    await editor.passage('London is larger').locator('.number').click();
    await editor.commands('n');
    await editor.selected('London');
    await relabel('country', 'all', 'Will change: 3 spans in 3 passages');
    await typeRow('city').waitFor({ state: 'detached' });
    await editor.bench.screenshot('dataset-relabelled');
    await editor.commands('Control+Z');
    await typeRow('city').waitFor();
  });

  it('gets suggestions from a file of patterns, and from what was accepted', async () => {
    const file = path.join(editor.bench.folder, 'cities.txt');
    writeFileSync(file, '[city]\nRome\nParis\n');
    await editor.bench.command('DynamicNER: Suggest Entities from Patterns');
    await editor.bench.chooseFile('Patterns of Prodigy', file);
    await editor.span(editor.passage('Nothing is marked'), /^Rome, .*city, suggested/u);
    await editor.bench.notified('4 entities were suggested.');
    await editor.bench.command('DynamicNER: Suggest What Was Accepted Elsewhere');
    await editor.span(editor.passage('From Rome'), /^London, .*suggested/u);
    await editor.bench.notified('1 entity was suggested.');
    await editor.span(editor.passage('From Rome'), /^Rome, .*suggested/u);
    await editor.span(editor.passage('Ada Lovelace'), /^London, .*suggested, 62/u);
    await editor.bench.screenshot('dataset-patterns');
  });

  it('keeps all of it', async () => {
    await editor.dirty();
    await editor.save();
    assert.equal(editor.read().split('\n').length, lines.length + 1);
    assert.match(editor.read(), /"Rome"|"engine": ?"patterns"/u);
  });

  for (const theme of Object.keys(themes) as Theme[]) {
    it(`is drawn in the ${theme} theme`, async () => {
      await editor.bench.setTheme(theme);
      await editor.page.locator('.types .active').waitFor();
      await editor.bench.screenshot(`dataset-review-${theme}`);
    });
  }
});
