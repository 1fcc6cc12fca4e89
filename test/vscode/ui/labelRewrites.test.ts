import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LabelDriver, listFile, originalList } from './labelDriver';

const data = `${JSON.stringify({
  id: '1',
  text: 'A ferry left Alexandria.',
  entities: [{ start: 13, end: 23, label: 'city', path: ['place', 'city'] }],
})}\n`;

describe('annotations that follow the label editor', () => {
  let labels: LabelDriver;
  let file: string;
  before(async () => {
    labels = await LabelDriver.open({ dialogs: true });
    file = path.join(labels.bench.folder, 'ferries.jsonl');
  });
  after(() => labels.bench.close());
  beforeEach(() => {
    writeFileSync(file, data);
  });
  afterEach(async () => {
    rmSync(file, { force: true });
    await labels.restore();
  });

  const onDisk = (): string => readFileSync(file, 'utf8');

  /** Presses a button of the dialog that VS Code shows. */
  async function answer(button: string): Promise<void> {
    const dialog = labels.bench.page.locator('.monaco-dialog-box');
    await dialog.getByRole('button', { name: button }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  it('are rewritten in the same step, which one undo takes back', async () => {
    await labels.select('city');
    await labels.askRename('town');
    await labels.bench.page
      .getByText('Rewrite the types in the annotations too? Entities: 1, files: 1')
      .waitFor();
    await labels.bench.screenshot('label-editor-rewrite');
    await answer('Rewrite');
    await labels.until('the new name', () => labels.row('town').isVisible());
    await labels.until('the rewritten data set', () => Promise.resolve(/town/u.test(onDisk())));
    await labels.tree.focus();
    await labels.page.locator('body[data-keys="tree"]').waitFor();
    await labels.bench.page.keyboard.press('ControlOrMeta+z');
    await labels.until('the old name', () => labels.row('city').isVisible());
    // The list is back before the data set is: what is saved too early is saved again.
    await labels.until('the data set of before', async () => {
      await labels.bench.command('File: Save All');
      return onDisk() === data;
    });
    assert.equal(readFileSync(path.join(labels.bench.folder, listFile), 'utf8'), originalList);
  });

  it('are left alone, with the whole edit, when the question is dismissed', async () => {
    await labels.select('city');
    await labels.askRename('town');
    await answer('Cancel');
    await labels.until('the old name', () => labels.row('city').isVisible());
    assert.equal(await labels.isDirty(), false);
    assert.equal(onDisk(), data);
  });
});
