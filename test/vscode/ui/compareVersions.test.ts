import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { AxeResults } from 'axe-core';
import { until } from '../../until';
import { entityLine } from '../entityLine';
import { browserWorkbench } from '../hosts';
import { root } from '../places';
import { Workbench } from '../workbench';

const axe = readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
const bodies = {
  light: 'vscode-light',
  dark: 'vscode-dark',
  highContrastDark: 'vscode-high-contrast',
} as const;

/** Of the first version half of the answers are cities, of the second a quarter. */
const first = ['city', 'city', 'country', 'scholar'];
const second = ['city', 'country', 'scholar', 'a scholar whose name is long enough to be cut'];
const linesOf = (types: readonly string[]): string =>
  types
    .map((label) => entityLine('Ada saw Turin.', [{ mention: 'Turin', label, state: 'added' }]))
    .join('\n');

describe('the panel that compares versions', () => {
  let bench: Workbench;

  before(async () => {
    bench = await Workbench.open({
      workbench: await browserWorkbench(),
      // The file that opens by the first click would else be selected alone, after the second click.
      settings: { 'explorer.autoReveal': false },
      files: {
        'base.jsonl': `${linesOf(first)}\n`,
        'round-4.jsonl': `${linesOf(second)}\n`,
      },
    });
    await bench.page.setViewportSize({ width: 1400, height: 1000 });
  });
  after(() => (bench as Workbench | undefined)?.close());

  const row = (name: string) =>
    bench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
  const tables = () => bench.webview().locator('details');

  it('opens from the files that are selected in the explorer', async () => {
    await bench.command('File: Focus on Files Explorer');
    await row('base.jsonl').click();
    await bench.page.locator('.tab.active', { hasText: 'base.jsonl' }).waitFor();
    // Once the extension runs, its entries are in the menu.
    await bench.page.locator('.statusbar', { hasText: 'Encoder' }).waitFor();
    await row('round-4.jsonl').click({ modifiers: ['ControlOrMeta'] });
    for (const name of ['base.jsonl', 'round-4.jsonl']) {
      await row(name).and(bench.page.locator('.selected')).waitFor();
    }
    await row('round-4.jsonl').click({ button: 'right' });
    const entry = bench.page.locator('.monaco-menu').getByText('Compare Versions');
    await entry.waitFor();
    // A menu that has just opened takes no click.
    await until('the menu closes', async () => {
      if (await entry.isVisible()) await entry.click();
      return !(await entry.isVisible());
    });
    await bench.page.locator('.tab.active', { hasText: 'Versions' }).waitFor();
    await bench.webview().getByText('base.jsonl: 4 answers of 3 types').waitFor();
    await bench.webview().getByText('round-4.jsonl: 4 answers of 4 types').waitFor();
  });

  it('has what the charts show in tables, which keys open', async () => {
    const page = bench.webview();
    const summary = tables().nth(1).locator('summary');
    await summary.focus();
    await bench.page.keyboard.press('Enter');
    const cells = tables().nth(1).locator('tr', { hasText: /^city/u }).locator('td');
    await cells.first().waitFor();
    assert.deepEqual(await cells.allTextContents(), ['50.0 %', '25.0 %']);
    await tables().nth(0).locator('summary').click();
    const entropy = tables().nth(0).locator('tr', { hasText: 'entropy' }).locator('td');
    // ½·1 + 2·¼·2 = 1.5 bits of log2 3, and four equal answers.
    assert.deepEqual(await entropy.allTextContents(), ['0.946', '1.000']);
    const bar = page.locator('svg g', { hasText: 'city, base.jsonl: 50.0 %' }).locator('rect');
    const other = page.locator('svg g', { hasText: 'city, round-4.jsonl: 25.0 %' }).locator('rect');
    const [one, half] = await Promise.all(
      [bar, other].map(async (rect) => Number(await rect.getAttribute('width'))),
    );
    assert.ok(Math.abs((one ?? 0) - 2 * (half ?? 0)) < 0.01, `${one} and ${half}`);
  });

  it('has nothing serious for axe, in any kind of theme', async () => {
    for (const theme of ['light', 'highContrastDark', 'dark'] as const) {
      await bench.setTheme(theme);
      const body = bench.webview().locator(`body.${bodies[theme]}`);
      await body.waitFor();
      await bench.screenshot(`compare-versions-${theme}`);
      const found = await body.evaluate(async (_, source) => {
        const page = window as unknown as {
          eval: (code: string) => void;
          axe?: { run: () => Promise<AxeResults> };
        };
        // The page's policy lets nothing in: it is evaluated from outside.
        if (page.axe === undefined) page.eval(source);
        const { violations = [] } = (await page.axe?.run()) ?? {};
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`);
      }, axe);
      assert.deepEqual(found, [], theme);
    }
  });
});
