import assert from 'node:assert/strict';
import path from 'node:path';
import manifest from '../../../package.json';
import { eventually } from '../../until';
import { browserWorkbench } from '../hosts';
import { root } from '../places';
import type { DOMRectLike, DrawnDecoration } from '../drawn';
import { type Theme, themes } from '../themes';
import { Workbench } from '../workbench';

/** Mentions of the sample's first screen, with the place of their top-level type in the list. */
const mentions = [
  { text: 'Antarctica', slot: 2 },
  { text: 'Charles Darwin', slot: 1 },
  { text: 'Galápagos Islands', slot: 2 },
  { text: 'HMS Beagle', slot: 3 },
] as const;

const colourKeys = {
  dark: 'dark',
  light: 'light',
  highContrastDark: 'highContrast',
  highContrastLight: 'highContrastLight',
} as const;

describe('extraction as a user sees it', () => {
  let bench: Workbench;
  before(async () => {
    bench = await Workbench.open({
      workbench: await browserWorkbench(),
      workspace: path.join(root, 'media/samples'),
    });
    await bench.page.setViewportSize({ width: 1400, height: 900 });
    await bench.openFile('expedition.md');
    await bench.command('DynamicNER: Extract Entities');
    await bench.decorated();
    await bench.page.locator('.statusbar', { hasText: /\d{2,} entities/ }).waitFor();
  });
  after(async () => {
    await (bench as Workbench | undefined)?.close();
  });

  it('draws a box around each mention, exactly as wide as its words', async () => {
    for (const { text } of mentions) {
      await eventually('the box', async () => {
        const word = await bench.boxOf(text);
        assert.ok(
          boxAround(await bench.decorations(), word),
          `${text} at ${JSON.stringify(word)} has no box of its size`,
        );
      });
    }
  });

  for (const theme of Object.keys(themes) as Theme[]) {
    it(`uses the contributed colours, well visible, in the ${theme} theme`, async () => {
      await bench.setTheme(theme);
      for (const { text, slot } of mentions) {
        const colour = manifest.contributes.colors.find(
          ({ id }) => id === `dynamicner.type${slot}`,
        );
        const wanted = colour?.defaults[colourKeys[theme]] ?? '';
        await eventually('the colours', async () => {
          const background = await editorBackground(bench);
          const box = boxAround(await bench.decorations(), await bench.boxOf(text));
          assert.ok(box, `${text} has no box`);
          assert.deepEqual(rgb(box.borderColor), rgb(wanted), `${text} in ${theme}`);
          assert.ok(contrast(rgb(wanted), background) >= 3, `${text}'s border is hard to see`);
          assert.equal(parseFloat(box.borderWidth) > 0, true);
        });
      }
      await bench.screenshot(`extract-${theme}`);
    });
  }

  it('names mention, path, score and what can be done in the hover', async () => {
    await bench.setTheme('dark');
    const hover = await bench.hover('Charles Darwin');
    await hover.getByText('real person').waitFor();
    await eventually('the hover', async () => {
      const text = await hover.innerText();
      for (const part of ['Charles Darwin', 'person', 'Accept', 'Reject', 'Change Type']) {
        assert.ok(text.includes(part), `${part} is not in: ${text}`);
      }
    });
    await bench.screenshot('hover');
  });

  it('shows the label list with counts, and follows its level', async () => {
    await bench.page.mouse.move(5, 5);
    await bench.command('DynamicNER: Show Label List');
    const page = bench.webview();
    await page.locator('.row', { hasText: 'person' }).first().locator('.count').waitFor();
    await page.getByRole('radio', { name: 'medium' }).click();
    await bench.page.locator('.view-line', { hasText: 'geo-political entity' }).first().waitFor();
    await bench.screenshot('labels');
  });
});

/** The drawn box whose sides are the word's, within the width of its border. */
function boxAround(
  drawn: readonly DrawnDecoration[],
  word: DOMRectLike,
): DrawnDecoration | undefined {
  return drawn.find(
    (box) =>
      parseFloat(box.borderWidth) > 0 &&
      Math.abs(box.x - word.x) <= 3 &&
      Math.abs(box.x + box.width - word.x - word.width) <= 3 &&
      box.y < word.y + word.height / 2 &&
      box.y + box.height > word.y + word.height / 2,
  );
}

async function editorBackground(bench: Workbench): Promise<readonly number[]> {
  const editor = bench.page.locator('.monaco-editor .monaco-editor-background').first();
  return rgb(await editor.evaluate((node) => getComputedStyle(node).backgroundColor));
}

/** Red, green and blue of `#rrggbb` or `rgb(…)`, 0 to 255. */
function rgb(colour: string): readonly number[] {
  if (colour.startsWith('#')) {
    return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  }
  return (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
}

/** Contrast ratio of two colours, 1 to 21 (WCAG 2.2). */
function contrast(a: readonly number[], b: readonly number[]): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
