import assert from 'node:assert/strict';
import { eventually } from '../../until';
import { type LabelDriver, labelEditor } from './labelDriver';

const rest = ['place', ' city', ' island', ' مدينة', 'vehicle', ' ship'];

describe('the tree of the label editor', () => {
  let labels: LabelDriver;
  before(async () => {
    labels = await labelEditor();
  });
  afterEach(() => labels.restore());

  it('renames in the row: Escape restores, Enter makes one edit, which is one to undo', async () => {
    await labels.select('writer');
    await labels.press('F2', () => labels.box.isVisible());
    await labels.box.fill('poet');
    await labels.box.press('Escape');
    await labels.hasRows('person', ' scientist', ' writer', ...rest);
    assert.equal(await labels.isDirty(), false);
    await labels.rename('poet');
    await labels.hasRows('person', ' scientist', ' poet', ...rest);
    await labels.press('Mod+Z', async () => !(await labels.isDirty()));
    await labels.hasRows('person', ' scientist', ' writer', ...rest);
  });

  it('adds beside and below, and deletes', async () => {
    await labels.select('scientist');
    await labels.press('Mod+Enter', () => labels.box.isVisible());
    await labels.box.fill('engineer');
    await labels.box.press('Enter');
    await labels.hasRows('person', ' scientist', ' engineer', ' writer', ...rest);
    await labels.press('Mod+Shift+Enter', () => labels.box.isVisible());
    await labels.box.fill('builder');
    await labels.box.press('Enter');
    await labels.hasRows('person', ' scientist', ' engineer', '  builder', ' writer', ...rest);
    await labels.select('engineer');
    await labels.press('Delete', async () => !(await labels.row('builder').isVisible()));
    await labels.hasRows('person', ' scientist', ' writer', ...rest);
    const text = await labels.saved();
    assert.match(text, /\/\/ What travellers write about\./u);
    assert.match(text, /"formerly"/u, 'what was an engineer is a person');
  });

  it('moves with keys, up, down, in and out', async () => {
    await labels.select('scientist');
    const now = async (...rows: readonly string[]): Promise<boolean> => {
      assert.deepEqual((await labels.rows()).slice(0, rows.length), rows);
      return true;
    };
    await labels.press('Alt+ArrowDown', () => now('person', ' writer', ' scientist'));
    await labels.press('Mod+]', () => now('person', ' writer', '  scientist'));
    await labels.press('Mod+[', () => now('person', ' writer', ' scientist'));
    await labels.press('Alt+ArrowUp', () => now('person', ' scientist', ' writer'));
  });

  it('moves by dragging', async () => {
    await labels.row('ship').dragTo(labels.row('place'), { targetPosition: { x: 60, y: 11 } });
    await labels.hasRows(
      'person',
      ' scientist',
      ' writer',
      'place',
      ' city',
      ' island',
      ' مدينة',
      ' ship',
      'vehicle',
    );
    assert.match(await labels.saved(), /"formerly": \["vehicle > ship"\]/u);
  });

  it('merges selected types into the one that is picked, and splits one', async () => {
    await labels.select('city', 'island');
    const picks = labels.bench.page.locator('.quick-input-widget');
    await labels.press('Mod+Shift+J', () => picks.isVisible());
    await labels.bench.pick('city');
    await labels.hasRows(
      'person',
      ' scientist',
      ' writer',
      'place',
      ' city',
      ' مدينة',
      'vehicle',
      ' ship',
    );
    await labels.select('city');
    await labels.until('the synonym', async () =>
      (await labels.field('synonyms').inputValue()).includes('island'),
    );
    await labels.row('ship').locator('.name').click();
    await labels.press('Mod+Shift+K', () => picks.isVisible());
    await labels.bench.answer('steamer, yacht');
    await labels.bench.pick('Types below it');
    await labels.until('the split', () => labels.row('yacht').isVisible());
  });

  it('copies a type with what is below it, and pastes it elsewhere', async () => {
    await labels.select('vehicle');
    await labels.tree.press('ControlOrMeta+c');
    await labels.select('place');
    await labels.press('ControlOrMeta+v', () => labels.row('vehicle 2').isVisible());
    assert.match(
      await labels.saved(),
      /"name": "vehicle 2",\s*"children": \[\s*\{ "name": "ship" \}/u,
    );
  });

  it('finds in collapsed rows and expands to a level', async () => {
    await labels.page.locator('.levels-expanded').getByText('group').click();
    await labels.hasRows('person', 'place', 'vehicle');
    await labels.press('Mod+F', () =>
      labels.page.getByLabel('Find types').evaluate((one) => one.matches(':focus')),
    );
    await labels.page.getByLabel('Find types').fill('ship');
    await labels.hasRows('person', 'place', 'vehicle', ' ship');
    await eventually('the match', async () => {
      assert.equal(await labels.row('ship').getAttribute('aria-selected'), 'true');
      assert.equal(await labels.page.locator('.find output').textContent(), '1 of 1');
    });
    await labels.page.getByLabel('Find types').fill('');
    await labels.page.locator('.levels-expanded').getByText('type', { exact: true }).click();
  });
});
