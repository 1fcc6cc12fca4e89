import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { eventually } from '../../until';
import { root } from '../places';
import { type LabelDriver, labelEditor, originalList } from './labelDriver';

const axe = readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** Types in three levels: 20, 180, 1800. */
function largeList(): string {
  const children = (name: string, count: number, below: number): object[] =>
    Array.from({ length: count }, (_, index) => ({
      name: `${name} ${index + 1}`,
      ...(below === 0
        ? {}
        : { children: children(`${name} ${index + 1}.`, below, below === 9 ? 10 : 0) }),
    }));
  return JSON.stringify({ types: children('kind', 20, 9) }, undefined, 2);
}

/** What the page's body bears in which theme. */
const bodies = {
  light: 'vscode-light',
  highContrastDark: 'vscode-high-contrast',
  dark: 'vscode-dark',
};

describe('lists in the label editor', () => {
  let labels: LabelDriver;
  before(async () => {
    labels = await labelEditor();
  });
  afterEach(() => labels.restore());

  /** What axe finds, each with how bad it is. The page's policy lets nothing in: it is evaluated from outside. */
  function violations(): Promise<string[]> {
    return labels.page.locator('body').evaluate(async (_, source) => {
      interface Found {
        readonly id: string;
        readonly impact: string;
        readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
      }
      const page = window as unknown as {
        eval: (code: string) => void;
        axe?: { run: () => Promise<{ violations: readonly Found[] }> };
      };
      if (page.axe === undefined) page.eval(source);
      const found = (await page.axe?.run())?.violations ?? [];
      return found.map(
        ({ id, impact, nodes }) =>
          `${impact} ${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join()}`,
      );
    }, axe);
  }

  it('has nothing serious for axe, in any kind of theme', async () => {
    for (const theme of ['light', 'highContrastDark', 'dark'] as const) {
      await labels.bench.setTheme(theme);
      await labels.page.locator(`body.${bodies[theme]}`).waitFor();
      await labels.bench.screenshot(`label-editor-${theme}`);
      // Colours fade from one theme to the other.
      await eventually(theme, async () => {
        const serious = (await violations()).filter((one) => /^(serious|critical)/u.test(one));
        assert.deepEqual(serious, []);
      });
    }
  });

  it('shows texts as texts, and names right to left in their direction', async () => {
    const attack = '<img src=x onerror="document.title=1">';
    await labels.select('ship');
    await labels.rename(attack);
    await labels.until('the row', () => labels.row(attack).isVisible());
    assert.equal(await labels.page.locator('img').count(), 0);
    const arabic = labels.row('مدينة').locator('.name');
    assert.equal(await arabic.evaluate((one) => getComputedStyle(one).direction), 'rtl');
  });

  it('needs no scrolling sideways at 400 % zoom', async () => {
    const frame = labels.bench.page.locator('iframe.webview.ready').first();
    await frame.evaluate((one) => {
      const element = one as HTMLElement;
      element.dataset['width'] = element.style.width;
      element.style.width = '320px';
    });
    await labels.until('the room', async () =>
      labels.page.locator('body').evaluate(() => window.innerWidth <= 320),
    );
    await eventually('no scrolling sideways', async () => {
      const sideways = await labels.page
        .locator('body')
        .evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(sideways <= 0, `${sideways} pixels too wide`);
    });
    await labels.bench.screenshot('label-editor-zoomed');
    await frame.evaluate((one) => {
      const element = one as HTMLElement;
      element.style.width = element.dataset['width'] ?? '';
    });
  });

  it('keeps a broken file’s last good tree, read-only, and reopens it as text at the error', async () => {
    labels.write(originalList.replace('"name": "vehicle",', '"name": "vehicle"; '));
    await labels.page.getByText('The file cannot be read').waitFor();
    assert.ok((await labels.rows()).includes('vehicle'));
    await labels.page
      .getByRole('button', { name: 'Add', exact: true })
      .waitFor({ state: 'hidden' });
    await labels.select('ship');
    await labels.isReadOnly('name');
    await labels.page.getByRole('button', { name: 'Reopen as Text' }).click();
    await labels.bench.page.locator('.statusbar-item', { hasText: /^Ln 16, Col \d+$/u }).waitFor();
    labels.write(originalList);
    await labels.bench.command('View: Close Editor');
    await labels.showList();
  });

  it('mends problems with a button, in the details of the type', async () => {
    labels.write(originalList.replace('{ "name": "writer" }', '{ "name": "scientist" }'));
    await labels.page.locator('.row .problem:visible').first().waitFor();
    await labels.press(
      'F8',
      async () => (await labels.page.locator('.details .problems li').count()) > 0,
    );
    await labels.page.locator('.details .problems vscode-button').first().click();
    await labels.until('no problem', async () => {
      return (await labels.page.locator('.row .problem:visible').count()) === 0;
    });
    await labels.edited();
  });

  it('draws few of 2,000 rows, each saying where it stands', async () => {
    labels.write(largeList());
    await labels.until('the list', async () => (await labels.rows())[0] === 'kind 1');
    await labels.press('Control+K', () => true);
    await labels.bench.page.keyboard.press('Control+J');
    await labels.until('all expanded', () => labels.row('kind 1. 1. 1').isVisible());
    await labels.tree.press('End');
    await labels.until('the end', () => labels.row('kind 20. 9. 10').isVisible());
    const last = labels.row('kind 20. 9. 10');
    assert.equal(await last.getAttribute('aria-level'), '3');
    assert.equal(await last.getAttribute('aria-posinset'), '10');
    assert.equal(await last.getAttribute('aria-setsize'), '10');
    assert.ok((await labels.page.locator('.row').count()) < 80);
  });

  it('is the same in two views, and as it was after a reload', async () => {
    await labels.select('city');
    await labels.bench.command('View: Split Editor Down');
    const second = labels.bench.webview(1);
    await second.locator('.row').first().waitFor();
    await labels.select('city');
    await labels.field('name').fill('town');
    await labels.field('name').press('Enter');
    await second.locator('.name').getByText('town', { exact: true }).waitFor();
    await labels.field('name').fill('city');
    await labels.field('name').press('Enter');
    await second.locator('.name').getByText('city', { exact: true }).waitFor();
    await labels.bench.command('View: Close Editor');
    // VS Code does not revert a file any more whose changes it brought back after a reload.
    await labels.undoAll();
    await labels.page.locator('.levels-expanded').getByText('group').click();
    await labels.hasRows('person', 'place', 'vehicle');
    const tried = labels.page.locator('.try textarea');
    await tried.fill('The steamer left London.');
    await labels.page.locator('body[data-kept]').waitFor();
    await labels.bench.reloadWindow();
    await labels.page.locator('.row').first().waitFor();
    await labels.hasRows('person', 'place', 'vehicle');
    await eventually('the text that was tried', async () =>
      assert.equal(await tried.inputValue(), 'The steamer left London.'),
    );
    await labels.page.locator('.tried mark', { hasText: 'London' }).waitFor();
    await tried.fill('');
    await labels.page.locator('.levels-expanded').getByText('type', { exact: true }).click();
  });
});
