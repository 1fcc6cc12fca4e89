import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../places';
import { type LabelDriver, labelEditor, listFile } from './labelDriver';

const joint = path.join(root, 'test/fixtures/models/gliner-token');

describe('the label editor with other engines and lists', () => {
  let labels: LabelDriver;
  before(async () => {
    labels = await labelEditor();
  });
  after(async () => {
    await labels.useSettings({
      'dynamicner.model': '',
      'dynamicner.threshold': null,
      'dynamicner.labels': listFile,
    });
    await labels.extract();
    await labels.showList();
  });

  it('marks counts as stale where texts would have to be read again, until that is asked for', async () => {
    await labels.useSettings({ 'dynamicner.model': joint, 'dynamicner.threshold': 0.01 });
    await labels.extract();
    await labels.showList();
    await labels.select('ship');
    await labels.rename('boat');
    const again = labels.page.getByRole('button', { name: 'Re-extract' });
    await again.waitFor();
    await labels.until('stale rows', async () => {
      return (await labels.page.locator('.row.stale').count()) > 0;
    });
    assert.equal(await labels.page.locator('.cost').textContent(), '', 'nothing ran by itself');
    await again.click();
    await labels.until('no stale rows', async () => {
      return (await labels.page.locator('.row.stale').count()) === 0;
    });
    await again.waitFor({ state: 'hidden' });
    await labels.restore();
  });

  it('shows a built-in list read-only, and makes an own copy of it', async () => {
    await labels.useSettings({ 'dynamicner.model': '', 'dynamicner.labels': '' });
    await labels.bench.openFile('travel.txt');
    await labels.showList();
    await labels.page.getByText('comes with the extension').waitFor();
    await labels.select('person');
    await labels.isReadOnly('name');
    await labels.page.getByText('Add Below').waitFor({ state: 'hidden' });
    await labels.page.getByRole('button', { name: 'Make an Own Copy…' }).click();
    const file = path.join(labels.bench.folder, 'own.taxonomy.json');
    await labels.bench.saveAs(file, 'labels.taxonomy.json');
    await labels.until('the copy', () => existsSync(file));
    await labels.bench.page.locator('.tab', { hasText: 'own.taxonomy.json' }).waitFor();
    const text = readFileSync(file, 'utf8');
    assert.match(text, /"levels": \["coarse", "medium", "fine"\]/u);
    assert.match(text, /"name": "scholar"/u);
  });
});
