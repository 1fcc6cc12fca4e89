import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { eventually } from '../../until';
import { type LabelDriver, labelEditor } from './labelDriver';

describe('the details of the label editor', () => {
  let labels: LabelDriver;
  before(async () => {
    labels = await labelEditor();
  });
  afterEach(() => labels.restore());

  /** Drags the slider of the type's threshold to a share of its width; lets it go with `release`. */
  async function drag(slider: Locator, share: number): Promise<{ release: () => Promise<void> }> {
    // Counts and buttons that come in move what is below them.
    let box = await slider.boundingBox();
    await labels.until('a slider that stands still', async () => {
      await slider.scrollIntoViewIfNeeded();
      const before = JSON.stringify(box);
      await labels.bench.page.waitForTimeout(150);
      box = await slider.boundingBox();
      return JSON.stringify(box) === before || box;
    });
    assert.ok(box);
    const { mouse } = labels.bench.page;
    await mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await mouse.down();
    await mouse.move(box.x + box.width * share, box.y + box.height / 2, { steps: 5 });
    return { release: () => mouse.up() };
  }

  it('shows a threshold in the text while it is dragged, and makes one edit of it', async () => {
    const before = await labels.allPlaces();
    const boxes = (await labels.bench.decorations()).length;
    await labels.select('place');
    const slider = labels.page.locator('#threshold');
    const { release } = await drag(slider, 1.1);
    await labels.until('fewer places', async () => (await labels.count('place')) < before);
    await labels.until('fewer boxes', async () => {
      return (await labels.bench.decorations()).length < boxes;
    });
    assert.equal(await labels.isDirty(), false, 'the file is left alone');
    await labels.page.locator('.cost', { hasText: ' 0 texts encoded' }).waitFor();
    await release();
    await labels.edited();
    await labels.row('place').locator('.own-threshold', { hasText: '≥' }).waitFor();
    await labels.press('Mod+Z', async () => !(await labels.isDirty()));
    await labels.allPlaces();
  });

  it('takes a drag back with Escape', async () => {
    const before = await labels.allPlaces();
    await labels.select('place');
    const slider = labels.page.locator('#threshold');
    await slider.focus();
    await slider.evaluate((one: HTMLInputElement) => {
      one.value = '1';
      one.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await labels.until('fewer places', async () => (await labels.count('place')) < before);
    await slider.press('Escape');
    await labels.allPlaces();
    assert.equal(await labels.isDirty(), false);
  });

  it('follows a name while it is typed, in the tree and in the text; undo in the field is the field’s', async () => {
    await labels.select('ship');
    const name = labels.field('name');
    await name.click();
    await name.press('End');
    await name.pressSequentially('yard');
    await labels.until('the row', () => labels.row('shipyard').isVisible());
    assert.equal(await labels.isDirty(), false);
    await name.press('ControlOrMeta+z');
    await labels.until('the field', async () => {
      const value = await name.inputValue();
      return (value !== 'shipyard' && value.startsWith('ship')) || value;
    });
    await labels.until('the row', async () => !(await labels.row('shipyard').isVisible()));
    assert.equal(await labels.isDirty(), false);
    await name.fill('boat');
    await labels.until('the row', () => labels.row('boat').isVisible());
    await name.press('Escape');
    await labels.until('the row', () => labels.row('ship').isVisible());
    await eventually('the field', async () => assert.equal(await name.inputValue(), 'ship'));
  });

  it('keeps description, synonyms, examples, shortcut and enabled, each as one edit', async () => {
    await labels.select('ship');
    await labels.field('description').fill('A vessel that crosses the sea');
    await labels.field('synonyms').fill('vessel\nsteamer');
    await labels.edited();
    await labels.field('examples').fill('HMS Beagle');
    await labels.field('shortcut').fill('s');
    await labels.page.locator('.details vscode-checkbox').click({ position: { x: 9, y: 9 } });
    await labels.until('the row', async () => {
      return (await labels.row('ship').getAttribute('class'))?.includes('disabled') ?? false;
    });
    await labels.until('no ship in the text', async () => (await labels.count('ship')) === 0);
    const text = await labels.saved();
    assert.ok(text.includes('"description": "A vessel that crosses the sea"'), text);
    assert.ok(text.includes('"synonyms": ["vessel", "steamer"]'), text);
    assert.ok(text.includes('"examples": ["HMS Beagle"]'), text);
    assert.ok(text.includes('"shortcut": "s"'), text);
    assert.ok(text.includes('"enabled": false'), text);
  });

  it('checks colours against the theme, and mends them', async () => {
    await labels.select('vehicle');
    const dark = labels.page.locator('input[type="color"]').nth(1);
    await dark.evaluate((one: HTMLInputElement) => {
      one.value = '#222222';
      one.dispatchEvent(new Event('input', { bubbles: true }));
      one.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await labels.page.getByText('boxes are hard to see').waitFor();
    await labels.page.getByText('Mend the Contrast').click();
    await labels.page.getByText('well visible').waitFor();
    await labels.edited();
    await labels.page.getByText('Use the Theme’s Colour').click();
    await labels.until('the theme’s colour', async () => {
      return !(await labels.page.getByText('Use the Theme’s Colour').isVisible());
    });
  });

  it('tries a sentence, and finds its spans again as the list is edited', async () => {
    const input = labels.page.locator('.try textarea');
    await input.fill('The steamer HMS Beagle left London.');
    await labels.page.locator('.tried mark', { hasText: 'London' }).waitFor();
    await labels.select('city');
    await labels.rename('town');
    await labels.page.locator('.tried mark small').getByText('town').waitFor();
    await input.fill('');
  });
});
