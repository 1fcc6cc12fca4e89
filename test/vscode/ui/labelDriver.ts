import assert from 'node:assert/strict';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { eventually, until } from '../../until';
import { browserWorkbench } from '../hosts';
import { root } from '../places';
import { Workbench } from '../workbench';

const folder = path.join(root, 'test/vscode/labels');
const list = 'travel.taxonomy.json';
const original = readFileSync(path.join(folder, list), 'utf8');
const originalRows = [
  ...['person', ' scientist', ' writer'],
  ...['place', ' city', ' island', ' مدينة'],
  ...['vehicle', ' ship'],
];
const key = process.platform === 'darwin' ? 'Meta' : 'Control';

const first = {
  'dynamicner.labels': list,
  'dynamicner.inlayHints.enabled': false,
  'files.autoSave': 'off',
};

let opened: Promise<LabelDriver> | undefined;

/** The label editor beside a text that was extracted from; all suites of it share one workbench. */
export function labelEditor(): Promise<LabelDriver> {
  opened ??= LabelDriver.open();
  return opened;
}

after(async () => {
  await (await opened)?.bench.close();
});

/** Drives the label editor as a user does. */
export class LabelDriver {
  private places: number | undefined;

  private constructor(readonly bench: Workbench) {}

  static async open(options: { readonly dialogs?: boolean } = {}): Promise<LabelDriver> {
    const bench = await Workbench.open({
      workbench: await browserWorkbench(),
      workspace: folder,
      settings: first,
      ...options,
    });
    await bench.page.setViewportSize({ width: 1500, height: 950 });
    const driver = new LabelDriver(bench);
    await driver.extract();
    await driver.showList();
    await driver.allPlaces();
    return driver;
  }

  /** Extracts from the text. */
  async extract(): Promise<void> {
    await this.bench.openFile('travel.txt');
    await this.bench.command('DynamicNER: Extract Entities');
    await this.bench.decorated();
  }

  /** Changes settings, which loads the window anew, and closes what was open. */
  async useSettings(settings: Readonly<Record<string, unknown>>): Promise<void> {
    await this.bench.set({ ...first, ...settings });
    // After the window is there again: one that goes does not always keep what was closed last.
    const tabs = this.bench.page.locator('.tab');
    await tabs.first().waitFor();
    await this.bench.command('View: Close All Editor Groups');
    await this.until('closing', async () => (await tabs.count()) === 0);
  }

  /** Opens the list in force beside the text. */
  async showList(): Promise<void> {
    await this.bench.command('DynamicNER: Show Label List');
    await this.page.locator('.row').first().waitFor();
  }

  /** The document inside the page that is in sight. */
  get page(): FrameLocator {
    return this.bench.webview();
  }

  get tree(): Locator {
    return this.page.getByRole('tree');
  }

  /** The row of a type, by its name. */
  row(name: string): Locator {
    return this.page.locator('.row').filter({
      has: this.page.locator('.name').getByText(name, { exact: true }),
    });
  }

  /** The rows in sight, from above: names with as many blanks before as there are levels above. */
  rows(): Promise<string[]> {
    return this.page.locator('.row').evaluateAll((rows) =>
      rows
        .map((row) => ({
          top: row.getBoundingClientRect().top,
          text:
            ' '.repeat(Number(row.getAttribute('aria-level')) - 1) +
            (row.querySelector('.name')?.textContent ?? ''),
        }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text),
    );
  }

  async hasRows(...expected: readonly string[]): Promise<void> {
    await eventually('the rows', async () => assert.deepEqual(await this.rows(), expected));
  }

  async select(...names: readonly string[]): Promise<void> {
    for (const [index, name] of names.entries()) {
      await this.row(name)
        .locator('.name')
        .click(index === 0 ? {} : { modifiers: ['ControlOrMeta'] });
    }
  }

  /** Presses a key, once what it does depends on the focus of now, and waits for what it does. */
  async press(name: string, done: () => unknown): Promise<void> {
    const pressed = name.replace('Mod', key);
    await this.tree.focus();
    await this.page.locator('body[data-keys="tree"]').waitFor();
    await this.bench.page.keyboard.press(pressed);
    await this.until(`what ${pressed} does`, done);
  }

  /** The text box in the tree. */
  get box(): Locator {
    return this.page.locator('.rename');
  }

  /** Renames the selected type and waits for the edit: the row has the name as it is typed. */
  async rename(name: string): Promise<void> {
    await this.askRename(name);
    await this.edited();
  }

  /** The same where VS Code asks something before the edit. */
  async askRename(name: string): Promise<void> {
    await this.press('F2', () => this.box.isVisible());
    await this.box.fill(name);
    await this.box.press('Enter');
  }

  /** Waits until the file has changes that are not saved. */
  async edited(): Promise<void> {
    await this.until('the edit', () => this.isDirty());
  }

  /** A field of the details. */
  field(name: string): Locator {
    return this.page.locator(`[data-field="${name}"]`).locator('input, textarea');
  }

  /** Waits until a field of the details cannot be written in. */
  isReadOnly(name: string): Promise<void> {
    return this.until(`${name} is read-only`, () =>
      this.field(name).evaluate((one: HTMLInputElement) => one.readOnly),
    );
  }

  async count(name: string): Promise<number> {
    return Number(await this.row(name).locator('.count').getAttribute('data-text'));
  }

  /** How many places the text has, once all are found. */
  async allPlaces(): Promise<number> {
    await this.page.locator('.status-line[aria-busy="false"]').waitFor();
    await this.until('all places', async () => {
      const count = await this.count('place');
      if (count >= 3) this.places ??= count;
      return count === this.places || count;
    });
    return this.places ?? 0;
  }

  /** Whether the file has changes that are not saved. */
  isDirty(): Promise<boolean> {
    return this.bench.page.locator('.tab.dirty', { hasText: list }).first().isVisible();
  }

  /** Saves the edited file and returns its text. */
  async saved(): Promise<string> {
    await this.edited();
    await this.bench.command('File: Save');
    await this.until('saving', async () => !(await this.isDirty()));
    return readFileSync(path.join(this.bench.folder, list), 'utf8');
  }

  /** Undoes in the document until nothing is changed, and waits for it. */
  async undoAll(): Promise<void> {
    await this.bench.command('File: Revert File');
    await this.until('undoing', async () => !(await this.isDirty()));
  }

  /** Puts the file, and the page, as they were at first. */
  async restore(text = original): Promise<void> {
    if (await this.isDirty()) await this.undoAll();
    this.write(text);
    if (text === original) await this.hasRows(...originalRows);
  }

  /** Writes the file at once, as other programs do: nobody reads half of it. */
  write(text: string): void {
    const half = path.join(path.dirname(this.bench.folder), list);
    writeFileSync(half, text);
    renameSync(half, path.join(this.bench.folder, list));
  }

  until(what: string, test: () => unknown): Promise<void> {
    return until(what, test);
  }
}

export { list as listFile, original as originalList, originalRows };
