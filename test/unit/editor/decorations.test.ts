import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { dynamicNerLabels } from '../../../src/core/labels/dynamicner';
import { LabelList } from '../../../src/core/labels/labelList';
import { lookKey, nestingOf, Palette } from '../../../src/editor/decorations/palette';
import { backgroundColourId, borderColourId, colourSlots } from '../../../src/editor/contributions';

describe('the looks of types', () => {
  const palette = new Palette(dynamicNerLabels, 2);

  it('gives every top-level type its own colour, in the order of the list', () => {
    const slots = dynamicNerLabels.taxonomy.roots.map(({ path }) => palette.slot(path));
    assert.deepEqual(
      slots,
      slots.map((_, index) => index),
    );
  });

  it('hints at the second level by the border, but not where only the top level is shown', () => {
    const [root] = dynamicNerLabels.taxonomy.roots;
    assert.ok(root && root.children.length >= 2);
    const looks = (level: number) =>
      new Set(
        root.children
          .slice(0, 2)
          .map(({ path }) => new Palette(dynamicNerLabels, level).look(path, 0).border),
      );
    assert.equal(looks(2).size, 2);
    assert.equal(looks(0).size, 1);
  });

  it('makes few different looks of all types', () => {
    const looks = new Set(
      dynamicNerLabels.taxonomy.nodes.map(({ path }) => lookKey(palette.look(path, 0))),
    );
    assert.ok(looks.size <= 3 * colourSlots, String(looks.size));
  });

  it('takes the colour that the label list gives a type', () => {
    const colour = { light: '#112233', dark: '#ddeeff' };
    const list = LabelList.flat([{ name: 'ship', colour }, { name: 'port' }]);
    const own = new Palette(list, 0);
    assert.deepEqual(own.look(['ship'], 0).colour, colour);
    assert.equal(own.look(['port'], 0).colour, 1);
  });

  it('knows how many boxes lie inside a box', () => {
    const span = (start: number, end: number) => ({ start, end });
    const nested = [span(0, 20), span(0, 10), span(2, 8), span(12, 18), span(30, 40)];
    assert.deepEqual(nestingOf(nested), [2, 1, 0, 0, 0]);
    assert.deepEqual(nestingOf([span(0, 10), span(5, 15)]), [0, 0]);
    assert.deepEqual(nestingOf([]), []);
  });
});

describe('the contributed colours', () => {
  const manifest = JSON.parse(
    readFileSync(path.join(import.meta.dirname, '../../../package.json'), 'utf8'),
  ) as {
    contributes: { colors: { id: string; defaults: Record<string, string> }[] };
  };
  const defaults = new Map(manifest.contributes.colors.map((one) => [one.id, one.defaults]));

  /** Editor background and foreground of VS Code's own themes. */
  const themes = [
    ['dark', '#1e1e1e', '#d4d4d4'],
    ['dark', '#1f1f1f', '#cccccc'],
    ['light', '#ffffff', '#000000'],
    ['light', '#ffffff', '#3b3b3b'],
    ['highContrast', '#000000', '#ffffff'],
    ['highContrastLight', '#ffffff', '#292929'],
  ] as const;

  it('can be seen and read through in all four kinds of theme', () => {
    for (const [kind, background, foreground] of themes) {
      for (let slot = 0; slot < colourSlots; slot++) {
        const border = defaults.get(borderColourId(slot))?.[kind] ?? '';
        const fill = defaults.get(backgroundColourId(slot))?.[kind] ?? '';
        const where = `${borderColourId(slot)} in ${kind}`;
        assert.ok(contrast(rgb(border), rgb(background)) >= 3, `border of ${where}`);
        const once = blend(fill, rgb(background));
        const thrice = blend(fill, blend(fill, once));
        assert.ok(contrast(rgb(foreground), once) >= 4.5, `text of ${where}`);
        assert.ok(contrast(rgb(foreground), thrice) >= 4.5, `text of ${where}, three boxes deep`);
      }
    }
  });

  it('are all different in a theme', () => {
    for (const kind of ['dark', 'light', 'highContrast', 'highContrastLight']) {
      const colours = new Set(
        Array.from(
          { length: colourSlots },
          (_, slot) => defaults.get(borderColourId(slot))?.[kind],
        ),
      );
      assert.equal(colours.size, colourSlots);
    }
  });
});

type Rgb = readonly [number, number, number];

function rgb(hex: string): Rgb {
  assert.match(hex, /^#[0-9a-f]{6}([0-9a-f]{2})?$/);
  const part = (at: number) => parseInt(hex.slice(at, at + 2), 16) / 255;
  return [part(1), part(3), part(5)];
}

function blend(over: string, under: Rgb): Rgb {
  const alpha = over.length === 9 ? parseInt(over.slice(7), 16) / 255 : 1;
  const top = rgb(over);
  const mix = (at: 0 | 1 | 2) => alpha * top[at] + (1 - alpha) * under[at];
  return [mix(0), mix(1), mix(2)];
}

/** Contrast ratio of WCAG 2.1, 1 to 21. */
function contrast(a: Rgb, b: Rgb): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  ) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
