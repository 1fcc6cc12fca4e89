import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { eventually, until } from '../../until';
import { DatasetEditor } from '../datasetEditor';
import { type Theme, themes } from '../themes';
import { fileOf, writtenEntries } from '../writtenSet';

/** Where the scene edits, from 0: an entry found by its text, one in the middle, and the last. */
const edited = [433, 620, 899] as const;

describe('a DynamicNER file of 900 sentences', () => {
  const entries = writtenEntries(900);
  const original = fileOf(entries);
  let editor: DatasetEditor;
  before(async () => {
    editor = await DatasetEditor.open('written.json', original);
    await editor.focus();
  });
  after(() => (editor as DatasetEditor | undefined)?.close());

  /** The rectangle of a text in a passage, in the coordinates of the window, once it has come to rest. */
  async function boxOf(passage: Locator, text: string) {
    let box = await boxNow(passage, text);
    await until(`“${text}” stands still`, async () => {
      const before = JSON.stringify(box);
      await editor.bench.page.waitForTimeout(100);
      box = await boxNow(passage, text);
      return JSON.stringify(box) === before || box;
    });
    return box;
  }

  async function boxNow(passage: Locator, text: string) {
    const inside = await passage.locator('.text').evaluate((element, wanted) => {
      const node = element.firstChild;
      const at = node?.textContent?.indexOf(wanted) ?? -1;
      const range = document.createRange();
      if (node === null || at < 0) return undefined;
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      const { left, right, top, height } = range.getBoundingClientRect();
      const base = element.getBoundingClientRect();
      return { left: left - base.left, right: right - base.left, top: top - base.top, height };
    }, text);
    const base = await passage.locator('.text').boundingBox();
    assert.ok(inside && base, text);
    const { left, right, top, height } = inside;
    return { left: base.x + left, right: base.x + right, middle: base.y + top + height / 2 };
  }

  async function find(text: string): Promise<void> {
    await editor.commands('Control+F');
    await editor.page.locator('.find input').waitFor();
    await editor.bench.page.keyboard.type(text);
    await editor.keys('Enter');
    await editor.page.locator('.passage.current', { hasText: text }).waitFor();
    await editor.keys('Escape');
    await editor.page.locator('.find').waitFor({ state: 'hidden' });
  }

  it('is shown with its repeats, nested and missing mentions', async () => {
    await editor.page.locator('.passage[aria-setsize="900"]').first().waitFor();
    await find('Item4 ');
    await editor.current.locator('.problem', { hasText: 'Nowhere At All' }).waitFor();
  });

  it('is found in, and marked with the mouse: words snap, edges are dragged', async () => {
    await find(`Item${edited[0] + 1} `);
    const { page } = editor.bench;
    const { current } = editor;
    const item = `Item${edited[0] + 1}`;
    const first = await boxOf(current, item);
    const text = await current.locator('.text').innerText();
    const [, second = ''] = text.split(/[^\p{L}\p{N}]+/u);
    const word = await boxOf(current, second);
    // From inside of one word to inside of the next: both belong to the span.
    await page.mouse.move((first.left + first.right) / 2, first.middle);
    await page.mouse.down();
    await page.mouse.move(word.left + 4, word.middle, { steps: 5 });
    await page.mouse.up();
    await editor.page.locator('.type-box').waitFor();
    await editor.bench.screenshot('dataset-type-box');
    await editor.chooseType('company');
    await editor.span(current, `${item} ${second}, `);
    // The end is dragged back into the first word.
    const end = current.locator('.edge[data-edge="end"]');
    await end.waitFor();
    const edge = await end.boundingBox();
    assert.ok(edge);
    await page.mouse.move(edge.x + edge.width / 2, edge.y + edge.height / 2);
    await page.mouse.down();
    await page.mouse.move(first.right - 4, first.middle, { steps: 6 });
    await page.mouse.up();
    await editor.span(current, `${item}, `);
  });

  it('is filtered, and its types are changed in what the filter shows', async () => {
    await editor.commands('/');
    await editor.page.locator('.review input[type="text"]').waitFor();
    await editor.bench.page.keyboard.type(`Item${edited[1] + 1} `);
    await editor.page.locator('.review .result', { hasText: '1 of 900' }).waitFor();
    await editor
      .passage(`Item${edited[1] + 1} `)
      .locator('.number')
      .click();
    await editor.commands('ArrowRight');
    await editor.selected(`Item${edited[1] + 1}`);
    await editor.typeAs('city');
    await editor.span(editor.current, `Item${edited[1] + 1}, `);
    await editor.page.getByText('Clear Filter').click();
    await editor.page.locator('.passage[aria-setsize="900"]').first().waitFor();
  });

  it('comes out identical where it was not edited', async () => {
    await editor.passage().locator('.number').click();
    await editor.commands('Control+End');
    // VS Code looks a command up when it is first used, and what is pressed meanwhile overtakes it.
    await editor.page.locator('.passage.current', { hasText: 'Item900 ' }).waitFor();
    await editor.commands('ArrowRight');
    await editor.selected('Item900');
    await editor.typeAs('scholar');
    await editor.span(editor.current, 'Item900, ');
    await editor.dirty();
    await editor.save();
    const saved = readFileSync(editor.file, 'utf8');
    let rest = saved;
    let from = 0;
    for (const index of [...edited, entries.length]) {
      // What lies between the edited entries, with the separators at both of its ends.
      const kept = fileOf(entries).slice(from, index < entries.length ? placeOf(index) : undefined);
      const at = rest.indexOf(kept);
      assert.ok(at >= 0, `What stands before entry ${index + 1} has changed.`);
      if (from === 0) assert.equal(at, 0);
      rest = rest.slice(at + kept.length);
      from = placeOf(index) + (entries[index]?.length ?? 0);
    }
    assert.equal(rest, '');
    const read = JSON.parse(saved) as Record<string, { entity: string[]; category: string[] }>;
    const before = JSON.parse(original) as typeof read;
    for (const [index, type] of [
      [edited[0], 'company'],
      [edited[1], 'city'],
      [edited[2], 'scholar'],
    ] as const) {
      const key = `sentence${index + 1}`;
      const item = `Item${index + 1}`;
      assert.equal(read[key]?.entity.includes(item), true);
      assert.equal(read[key]?.category[read[key].entity.indexOf(item)], type);
      assert.equal(read[key]?.entity.length, (before[key]?.entity.length ?? 0) + 1);
      delete read[key];
      delete before[key];
    }
    assert.deepEqual(read, before);
  });

  it('stands where it stood when the window was loaded again', async () => {
    await find('Item500 ');
    await editor.page.locator('body[data-kept]').waitFor();
    await editor.bench.reloadWindow();
    await editor.page.locator('.passage.current', { hasText: 'Item500 ' }).waitFor();
  });

  for (const theme of Object.keys(themes) as Theme[]) {
    it(`is well visible in the ${theme} theme`, async () => {
      await editor.bench.setTheme(theme);
      const faint = () =>
        editor.page.locator('.list').evaluate((list) => {
          const luminance = (colour: string): number => {
            const parts = (colour.match(/[\d.]+/gu) ?? []).slice(0, 3).map(Number);
            const [red = 0, green = 0, blue = 0] = parts.map((part) => {
              const share = part / 255;
              return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
            });
            return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
          };
          const contrast = (one: string, other: string): number => {
            const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
            return (light + 0.05) / (dark + 0.05);
          };
          const head = document.querySelector('header') ?? document.body;
          const ground = getComputedStyle(head).backgroundColor;
          return Array.from(list.querySelectorAll('.box:not(.rejected)'), (box) =>
            contrast(getComputedStyle(box).borderTopColor, ground),
          ).filter((ratio) => ratio < 3);
        });
      await eventually('all is well visible', async () => assert.deepEqual(await faint(), []));
      await editor.bench.screenshot(`dataset-${theme}`);
    });
  }

  it('gives way to one of 100,000 passages, which scrolls from its first to its last', async () => {
    await editor.bench.command('View: Close All Editors');
    const line = (index: number): string => {
      // Of different heights, in a file that VS Code still opens as text.
      const text = `Line ${index}: ${'Ada wrote. '.repeat(index % 50 === 0 ? 30 : 1 + (index % 3))}`;
      const start = text.indexOf('Ada');
      return JSON.stringify({ text, label: [[start, start + 3, 'scholar']] });
    };
    const lines = Array.from({ length: 100_000 }, (_, index) => line(index));
    writeFileSync(path.join(editor.bench.folder, 'large.jsonl'), `${lines.join('\n')}\n`);
    await editor.bench.openFile('large.jsonl');
    await editor.openHere();
    await editor.page.locator('.passage[aria-setsize="100000"]').first().waitFor();
    const list = editor.page.locator('.list');
    for (const share of [0.5, 0.25, 0.9]) {
      await list.evaluate((element, where) => {
        element.scrollTop = element.scrollHeight * where;
      }, share);
      const tens = String(Math.floor(share * 10));
      await editor.page
        .locator('.passage:not(.waiting)', { hasText: new RegExp(`Line ${tens}\\d{4}: `, 'u') })
        .first()
        .waitFor();
      await editor.page.locator('.name').first().waitFor();
      assert.ok((await editor.page.locator('.passage').count()) < 80);
    }
    await editor.passage().locator('.number').click();
    await editor.commands('Control+End');
    await editor.page.locator('.passage.current', { hasText: 'Line 99999: ' }).waitFor();
    await editor.commands('Control+Home');
    await editor.page.locator('.passage.current', { hasText: 'Line 0: ' }).waitFor();
  });

  function placeOf(index: number): number {
    return original.indexOf(entries[index] ?? '\u0000');
  }
});
