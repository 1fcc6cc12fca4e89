import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import { eventually, until } from '../../until';
import { fakePassage, fakeSpan, FakeDataset } from '../datasetFake';
import { PageAlone } from '../datasetPage';
import { root } from '../places';

const axe = readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** What the script adds to the page. */
interface Axe {
  run(context: Document, options: RunOptions): Promise<AxeResults>;
}

const nested = 'The University of New York Library';
const arabic = 'ولد الملك عبد الله في مدينة الرياض عام 1924 وزار London مرتين.';
const combined = 'Cafe\u0301 Mu\u0308nchen and 東京 👩‍👩‍👧';
const special = [
  fakePassage(0, nested, [
    fakeSpan('outer', 4, 34, ['organization', 'company']),
    fakeSpan('middle', 4, 26, ['organization', 'company']),
    fakeSpan('inner', 18, 26, ['location', 'city']),
  ]),
  fakePassage(1, arabic, [
    fakeSpan('king', 4, 18, ['person', 'artist']),
    fakeSpan('london', 49, 55, ['location', 'city']),
  ]),
  fakePassage(2, combined, [fakeSpan('city', 6, 14, ['location', 'city'])]),
];

function passage(id: number): ReturnType<typeof fakePassage> {
  const text = `${id}: ${'Ada Lovelace wrote to Charles Babbage. '.repeat(1 + ((id * 7) % 9))}`;
  const start = text.indexOf('Ada');
  return (
    special[id] ?? fakePassage(id, text, [fakeSpan('a', start, start + 12, ['person', 'scholar'])])
  );
}

describe('the page of a data set', () => {
  const data = new FakeDataset(100_000, passage);
  let alone: PageAlone;
  before(async () => {
    alone = await PageAlone.open(data.answers);
    data.onUpdate = (position, changed) =>
      alone.ask().request('update', {
        count: data.count,
        passages: [{ position, passage: changed }],
      });
  });
  after(() => alone.close());

  async function violations(): Promise<string[]> {
    await alone.page.evaluate(axe);
    const found = await alone.page.evaluate(() =>
      // Telling of what is right as well takes most of its time.
      (globalThis as unknown as { axe: Axe }).axe.run(document, { resultTypes: ['violations'] }),
    );
    return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  }

  it('draws each span exactly where its letters are, whatever their script and direction', async () => {
    const { drawn, misplaced } = await alone.page.evaluate(() => {
      const wrong: string[] = [];
      let seen = 0;
      for (const article of Array.from(document.querySelectorAll('.passage')).slice(0, 3)) {
        const text = article.querySelector('.text')?.firstChild;
        const names = Array.from(article.querySelectorAll<HTMLElement>('.name'));
        const boxes = Array.from(article.querySelectorAll('.box'));
        const places: Record<string, [number, number]> = {
          outer: [4, 34],
          middle: [4, 26],
          inner: [18, 26],
          king: [4, 18],
          london: [49, 55],
          city: [6, 14],
        };
        if (!(text instanceof Text)) continue;
        for (const name of names) {
          const id = name.dataset['span'] ?? '';
          const range = document.createRange();
          const [start, end] = places[id] ?? [0, 0];
          range.setStart(text, start);
          range.setEnd(text, end);
          const letters = range.getBoundingClientRect();
          const isThere = boxes
            .map((box) => box.getBoundingClientRect())
            .some(
              (box) =>
                Math.abs(box.left - letters.left) < 2 && Math.abs(box.right - letters.right) < 2,
            );
          seen += 1;
          if (!isThere) wrong.push(id);
        }
      }
      return { drawn: seen, misplaced: wrong };
    });
    assert.deepEqual(misplaced, []);
    assert.equal(drawn, 6);
  });

  it('stacks the boxes of nested spans, and no name lies over another', async () => {
    const { boxes, names } = await alone.page.evaluate(() => {
      const article = document.querySelector('.passage');
      const rects = (selector: string): DOMRect[] =>
        Array.from(article?.querySelectorAll(selector) ?? [], (one) => one.getBoundingClientRect());
      return { boxes: rects('.box'), names: rects('.name') };
    });
    assert.equal(names.length, 3);
    const [outer, middle, inner] = boxes.sort((a, b) => b.width - a.width);
    assert.ok(outer && middle && inner);
    assert.ok(outer.top < middle.top && middle.top < inner.top, 'each lies inside the one before');
    assert.ok(outer.bottom > middle.bottom && middle.bottom > inner.bottom);
    for (const [index, one] of names.entries()) {
      for (const other of names.slice(index + 1)) {
        const apart =
          one.right <= other.left ||
          other.right <= one.left ||
          one.bottom <= other.top ||
          other.bottom <= one.top;
        assert.ok(apart, JSON.stringify([one, other]));
      }
    }
  });

  it('comes back to the very place when it is loaded again', async () => {
    const { page } = alone;
    /** The first passage in view, and where it stands. */
    const seen = () =>
      page.locator('.list').evaluate((list) => {
        const { top } = list.getBoundingClientRect();
        const passages = Array.from(list.querySelectorAll('.passage'));
        const first = passages.find((one) => one.getBoundingClientRect().bottom > top + 1);
        const isReady = passages.length > 0 && list.querySelector('.waiting') === null;
        return {
          row: Number(first?.getAttribute('aria-posinset')) - 1,
          offset: top - (first?.getBoundingClientRect().top ?? 0),
          isReady,
        };
      });
    const kept = () =>
      page.evaluate(
        () => JSON.parse(sessionStorage.getItem('state') ?? '{}') as Record<string, number>,
      );
    await page.locator('.list').hover();
    await page.locator('.list').evaluate((list) => (list.scrollTop = list.scrollHeight * 0.4));
    await page.locator('.passage:not(.waiting)').first().waitFor();
    await page.mouse.wheel(0, 137);
    let before = await seen();
    await until('the place is kept', async () => {
      const { row, offset = 0 } = await kept();
      before = await seen();
      const isKept = row === before.row && Math.abs(offset - before.offset) < 1;
      return (before.isReady && isKept) || [row, offset, before];
    });
    assert.ok(before.row > 1000, JSON.stringify(before));
    await page.reload();
    await page.locator('.passage:not(.waiting)').first().waitFor();
    let after = await seen();
    await until('the same place', async () => {
      after = await seen();
      const isSame = after.row === before.row && Math.abs(after.offset - before.offset) < 1.5;
      return (after.isReady && isSame) || [before, after];
    });
    await alone.run('firstPassage');
  });

  it('shows a passage that is still to come by its number, and then as it is', async () => {
    const { page } = alone;
    let arrive = (): void => undefined;
    data.held = new Promise((resolve) => (arrive = resolve));
    await page.locator('.list').evaluate((element) => {
      element.scrollTop = element.scrollHeight / 4;
    });
    const waiting = page.locator('.passage.waiting');
    await waiting.first().waitFor();
    assert.equal(await page.locator('.passage:not(.waiting)').count(), 0);
    assert.equal(await waiting.first().locator('.text').innerText(), '…');
    const inTheMiddle = waiting.nth(Math.floor((await waiting.count()) / 2));
    const number = Number(await inTheMiddle.locator('.number').innerText());
    assert.ok(number > 20_000, String(number));
    arrive();
    await page.locator('.passage', { hasText: `${number - 1}: Ada` }).waitFor();
    await waiting.first().waitFor({ state: 'detached' });
  });

  it('scrolls through 100,000 passages with a handful of them drawn, and nothing seen jumps', async () => {
    const { page } = alone;
    const list = page.locator('.list');
    await list.evaluate((element) => {
      element.scrollTop = element.scrollHeight / 2;
    });
    await page.locator('.passage:not(.waiting)').first().waitFor();
    const steps = await list.evaluate(async (element) => {
      const jumps: number[] = [];
      const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);
      await new Promise((resolve) => setTimeout(resolve, 300));
      for (let step = 0; step < 40; step++) {
        const before = new Map(
          Array.from(element.querySelectorAll('.passage'), (one) => [
            one.getAttribute('aria-posinset'),
            one.getBoundingClientRect().top,
          ]),
        );
        element.scrollTop -= 60;
        await frame();
        await frame();
        // A passage that is still to come has not got its height.
        while (element.querySelector('.waiting') !== null) {
          before.clear();
          await frame();
        }
        for (const one of Array.from(element.querySelectorAll('.passage'))) {
          const was = before.get(one.getAttribute('aria-posinset'));
          if (was !== undefined) jumps.push(Math.abs(one.getBoundingClientRect().top - was - 60));
        }
      }
      return { most: Math.max(...jumps), drawn: element.querySelectorAll('.passage').length };
    });
    assert.ok(steps.most < 2, `something moved by ${steps.most} pixels more than was scrolled`);
    assert.ok(steps.drawn < 60, `${steps.drawn} passages are drawn`);
    await alone.run('lastPassage');
    await page.locator('.passage.current', { hasText: '99999: Ada' }).waitFor();
    await eventually('the last one is in view', async () => {
      const box = await page.locator('.passage.current').boundingBox();
      const view = await list.boundingBox();
      assert.ok(box && view && box.y + box.height <= view.y + view.height + 1);
    });
    await alone.run('firstPassage');
    await page.locator('.passage.current', { hasText: nested }).waitFor();
  });

  it('has nothing that axe finds against it: list, filter, box of types, keys, differences, errors', async () => {
    const { page } = alone;
    await alone.run('nextSpan');
    await page.locator('.span-bar .chip').first().waitFor();
    assert.deepEqual(await violations(), []);
    await alone.run('filter');
    await alone.run('annotateAll');
    await page.locator('.message[role="alert"]', { hasText: 'The engine is not there.' }).waitFor();
    assert.deepEqual(await violations(), []);
    await page.keyboard.press('Escape');
    for (const command of ['chooseType', 'help', 'relabel', 'compare', 'find']) {
      await alone.run(command);
      await page.locator('.type-box, dialog, .find').locator('visible=true').first().waitFor();
      assert.deepEqual(await violations(), [], command);
      await page.keyboard.press('Escape');
    }
    await alone.run('compare');
    await page.getByText('Compare Annotators').click();
    await page.locator('.diff-row').waitFor();
    assert.deepEqual(await violations(), []);
    await page.keyboard.press('Escape');
  });

  it('can be used when it is enlarged to 400 %', async () => {
    const { page } = alone;
    await alone.run('clearSelection');
    await page.setViewportSize({ width: 320, height: 200 });
    await alone.run('nextSpan');
    await page.locator('.span-bar .chip').first().waitFor();
    await eventually('room for the list', async () => {
      const { wide, view } = await page.evaluate(() => ({
        wide: document.documentElement.scrollWidth,
        view: document.querySelector('.list')?.clientHeight ?? 0,
      }));
      assert.ok(wide <= 320, `${wide} pixels are wider than the window`);
      assert.ok(view >= 150, `${view} pixels of the list are seen`);
    });
    await alone.run('chooseType');
    await page.locator('.type-box').waitFor();
    await until('the box is in the window', () =>
      page.locator('.type-box').evaluate((box) => box.getBoundingClientRect().right <= 320),
    );
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 1280, height: 800 });
  });
});
