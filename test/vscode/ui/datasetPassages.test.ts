import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { DatasetEditor } from '../datasetEditor';

const texts = ['Ada lived in London.', 'Rome is old.', 'Oslo is cold; London is not.'];
const original = `${texts.map((text) => JSON.stringify({ text })).join('\n')}\n`;

describe('the passages of a data set', () => {
  let editor: DatasetEditor;
  before(async () => {
    editor = await DatasetEditor.openByButton('passages.jsonl', original);
    await editor.focus();
  });
  after(() => (editor as DatasetEditor | undefined)?.close());

  const shows = (count: number): Promise<void> =>
    editor.page.locator(`.passage[aria-setsize="${count}"]`).first().waitFor();

  it('are found over all, forwards, backwards and around the end', async () => {
    const find = editor.page.locator('.find');
    await editor.commands('Control+F');
    await find.locator('input:focus').waitFor();
    await editor.bench.page.keyboard.type('London');
    for (const text of [texts[0], texts[2], texts[0]]) {
      await editor.keys('Enter');
      await editor.page.locator('.passage.current', { hasText: text ?? '' }).waitFor();
    }
    await editor.keys('Shift+Enter');
    await editor.page.locator('.passage.current', { hasText: texts[2] ?? '' }).waitFor();
    await find.locator('.result', { hasText: 'Passage 3' }).waitFor();
    await find.locator('input').fill('Nowhere');
    await editor.keys('Enter');
    await find.locator('.result', { hasText: 'No results' }).waitFor();
    await editor.bench.screenshot('dataset-find');
    await editor.keys('Escape');
  });

  it('are added, deleted, skipped, and come back', async () => {
    await editor.commands('Control+Home', 'Insert');
    await editor.page.locator('dialog textarea').waitFor();
    await editor.bench.screenshot('dataset-add');
    await editor.bench.page.keyboard.type('A new one about Turin.');
    await editor.keys('Control+Enter');
    await shows(4);
    await editor.page.locator('.passage.current', { hasText: 'A new one' }).waitFor();
    await editor.commands('Shift+Delete');
    await shows(3);
    await editor.commands('Control+Z');
    await shows(4);
    await editor.passage('Rome is old').locator('.number').click();
    await editor.commands('s');
    await editor.page.locator('.passage.current', { hasText: 'Oslo' }).waitFor();
    await editor.save();
    const saved = editor.read().split('\n');
    assert.deepEqual([saved[0], saved[3]], [original.split('\n')[0], original.split('\n')[2]]);
    assert.match(saved[1] ?? '', /A new one about Turin\./u);
    assert.match(saved[2] ?? '', /"text": ?"Rome is old\.".*skipped/u);
  });

  it('are those of a new data set, begun from the palette', async () => {
    const file = path.join(editor.bench.folder, 'fresh.json');
    await editor.bench.command('DynamicNER: New Data Set');
    // The palette's list may still be there, whose entries have that text too.
    await editor.bench.page.locator('.quick-input-title', { hasText: 'New Data Set' }).waitFor();
    await editor.bench.pick('DynamicNER JSON');
    await editor.bench.chooseFile('New Data Set', file);
    await editor.bench.page.locator('.tab.active', { hasText: 'fresh.json' }).waitFor();
    assert.ok(existsSync(file));
    await editor.bench.screenshot('dataset-new');
    await editor.front.getByText('Add Passage…').click();
    await editor.front.locator('dialog textarea').waitFor();
    await editor.bench.page.keyboard.type('Paris is large.');
    await editor.keys('Control+Enter');
    await editor.front.locator('.passage', { hasText: 'Paris is large.' }).waitFor();
    await editor.save();
  });
});
