import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { until } from '../until';
import { browserWorkbench } from './hosts';
import { Workbench, type WorkbenchOptions } from './workbench';

/** Keys that are commands of VS Code itself, of which the page hears nothing. */
const ofVsCode = new Set(['Control+Z', 'Control+Y']);

/** A data set open in its editor in the workbench, driven as a user drives it. */
export class DatasetEditor {
  private readonly used = new Set<string>();

  private constructor(
    readonly bench: Workbench,
    /** The file or folder of the data set, in the folder that is open. */
    readonly file: string,
  ) {}

  /** Opens a workbench with a file of this text, and its data-set editor. */
  static async open(
    name: string,
    text: string | Uint8Array,
    options: Omit<WorkbenchOptions, 'workbench'> = {},
  ): Promise<DatasetEditor> {
    const bench = await Workbench.open({ workbench: await browserWorkbench(), ...options });
    const file = path.join(bench.folder, name);
    writeFileSync(file, text);
    await bench.openFile(name);
    const editor = new DatasetEditor(bench, file);
    await editor.openHere();
    return editor;
  }

  /** The same by the button in the title of the text editor, which is there for data sets. */
  static async openByButton(name: string, text: string): Promise<DatasetEditor> {
    const bench = await Workbench.open({ workbench: await browserWorkbench() });
    const file = path.join(bench.folder, name);
    writeFileSync(file, text);
    await bench.openFile(name);
    const editor = new DatasetEditor(bench, file);
    await bench.page.locator('.editor-actions').getByLabel('Open as Data Set').click();
    await editor.passage().waitFor();
    return editor;
  }

  /** Opens a workbench with a folder of these files in it, and by the command from the palette its data-set editor. */
  static async openFolder(
    name: string,
    files: Readonly<Record<string, string>>,
  ): Promise<DatasetEditor> {
    const bench = await Workbench.open({ workbench: await browserWorkbench() });
    const folder = path.join(bench.folder, name);
    mkdirSync(folder);
    for (const [file, text] of Object.entries(files)) writeFileSync(path.join(folder, file), text);
    // Until an editor is open, the palette may not have the extension's commands.
    await bench.openFile('notes.txt');
    const editor = new DatasetEditor(bench, folder);
    await bench.command('DynamicNER: Open Folder as Data Set');
    await bench.chooseFolder('Folder to Open as Data Set', folder, 'Open as Data Set');
    await editor.passage().waitFor();
    return editor;
  }

  /** Opens the active text editor's file as a data set. */
  async openHere(): Promise<void> {
    await this.bench.command('DynamicNER: Open as Data Set');
    await this.passage().waitFor();
  }

  /** The file's text. */
  read(): string {
    return readFileSync(this.file, 'utf8');
  }

  /** The document of the page. */
  get page(): FrameLocator {
    return this.bench.webview();
  }

  /** The document of the page that is seen, where several are open. */
  get front(): FrameLocator {
    return this.bench.page
      .locator('iframe.webview.ready')
      .locator('visible=true')
      .contentFrame()
      .locator('iframe#active-frame')
      .contentFrame();
  }

  /** The passage that holds this text; the first that is there without one. */
  passage(text = ''): Locator {
    return this.page.locator('.passage:not(.waiting)', { hasText: text }).first();
  }

  /** The passage under the cursor. */
  get current(): Locator {
    return this.page.locator('.passage.current:not(.waiting)');
  }

  /** Spans of a passage as they are said to those who do not see them, in text order. */
  spans(passage: Locator): Promise<string[]> {
    return passage.locator('.heard li').allInnerTexts();
  }

  /** Waits until a span of a passage is said so: mention, type, state. */
  async span(passage: Locator, said: string | RegExp): Promise<void> {
    await passage.locator('.heard li', { hasText: said }).first().waitFor({ state: 'attached' });
  }

  /** Puts the focus into the page, where keys are commands, and waits until they are. */
  async focus(): Promise<void> {
    const { page } = this.bench;
    const help = this.page.locator('dialog.help');
    await this.current.locator('.number').click();
    for (let attempt = 0; ; attempt++) {
      await this.page.locator('body[data-keys="on"]').waitFor();
      await this.keys('h');
      try {
        await help.waitFor({ timeout: 5_000 });
        break;
      } catch (error) {
        if (attempt === 5) throw error;
      }
    }
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
  }

  /** Presses keys one after the other; what they do is done in their order. */
  async keys(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.bench.page.keyboard.press(key);
  }

  /** The same once keys are commands, as they are again some time after a field lost the focus. */
  async commands(...keys: readonly string[]): Promise<void> {
    const body = this.page.locator('body');
    for (const key of keys) {
      await this.page.locator('body[data-keys="on"]').waitFor();
      const heard = await body.getAttribute('data-heard');
      await this.keys(key);
      // VS Code looks a command up when it is first used, and what is pressed meanwhile overtakes it.
      if (this.used.has(key) || ofVsCode.has(key)) continue;
      this.used.add(key);
      await until(`${key} is heard`, async () => (await body.getAttribute('data-heard')) !== heard);
    }
  }

  /** Gives what is selected a type by typing a part of its name. */
  async typeAs(part: string): Promise<void> {
    await this.commands('t');
    await this.chooseType(part);
  }

  /** Takes the first type of the open box whose name has this part. */
  async chooseType(part: string): Promise<void> {
    await this.page.locator('.type-box input').waitFor();
    await this.bench.page.keyboard.type(part);
    const active = this.page.locator('.type-box [aria-selected="true"] .name');
    await active.getByText(part).waitFor();
    await this.keys('Enter');
  }

  /** Waits until what is selected is this text. */
  async selected(text: string): Promise<void> {
    await this.page.locator('.span-bar .mention').getByText(text, { exact: true }).waitFor();
  }

  /** Saves and waits until the editor is no longer dirty. */
  async save(): Promise<void> {
    await this.bench.page.keyboard.press('Control+S');
    await this.bench.page.locator('.tab.active:not(.dirty)').waitFor();
  }

  async dirty(): Promise<void> {
    await this.bench.page.locator('.tab.active.dirty').waitFor();
  }

  close(): Promise<void> {
    return this.bench.close();
  }
}
