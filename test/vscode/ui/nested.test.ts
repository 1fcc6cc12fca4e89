import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { eventually, until } from '../../until';
import { decorationSelector } from '../drawn';
import { browserWorkbench } from '../hosts';
import { Workbench } from '../workbench';

describe('entities inside entities', () => {
  let bench: Workbench;

  before(async () => {
    bench = await Workbench.open({
      workbench: await browserWorkbench(),
      settings: { 'dynamicner.overlap': 'nested', 'editor.fontSize': 20 },
    });
    writeFileSync(path.join(bench.folder, 'nested.txt'), '\n  University of New York Library\n');
    await bench.openFile('nested.txt');
    await add(0, 30, 'company');
    await add(14, 16, 'library');
    await add(14, 8, 'city');
    await select(0, 1);
  });
  after(() => bench.close());

  /** Selects characters of the line, counted from its first letter. */
  async function select(start: number, length: number): Promise<void> {
    const { page } = bench;
    await page.locator('.editor-instance .view-line').nth(1).click();
    await page.keyboard.press('Home');
    for (let i = 0; i < start; i++) await page.keyboard.press('ArrowRight');
    for (let i = 0; i < length; i++) await page.keyboard.press('Shift+ArrowRight');
    await bench.selected(length);
  }

  async function add(start: number, length: number, type: string): Promise<void> {
    await select(start, length);
    await bench.command('DynamicNER: Annotate Selection as…');
    await bench.choose(type);
    await bench.page.locator('.editor-instance .view-line', { hasText: type }).waitFor();
  }

  const threeBoxes = () =>
    until('three boxes', async () => {
      const { length } = await bench.decorations();
      return length === 3 || length;
    });

  it('can be told apart: each box has an extent and a line of its own', async () => {
    await threeBoxes();
    await bench.screenshot('nested');
    await eventually('the lines', async () => {
      const lines = await bench.page.locator(decorationSelector).evaluateAll((boxes) =>
        boxes.map((box) => {
          const style = getComputedStyle(box);
          const line =
            style.outlineStyle === 'none'
              ? `inside ${style.borderTopWidth}`
              : `outside ${style.outlineWidth}`;
          return { width: Math.round(box.getBoundingClientRect().width), line };
        }),
      );
      lines.sort((a, b) => b.width - a.width);
      assert.deepEqual(
        lines.map(({ line }) => line),
        ['outside 2px', 'outside 1px', 'inside 1px'],
      );
      assert.equal(new Set(lines.map(({ width }) => width)).size, 3);
    });
  });

  it('are there again after the window was reloaded', async () => {
    await bench.reloadWindow();
    await threeBoxes();
  });
});
