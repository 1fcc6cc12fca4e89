import { mkdirSync } from 'node:fs';
import path from 'node:path';
import {
  type BrowserContext,
  errors,
  type FrameLocator,
  type Locator,
  type Page,
} from 'playwright-core';
import {
  addressOf,
  linkExtension,
  startServer,
  type InstalledWorkbench,
  type WorkbenchServer,
} from '../../scripts/workbench/server.mjs';
import { removeFolder, temporaryFolder } from '../temporaryFolder';
import { patience, until } from '../until';
import { openBrowser } from './browser';
import {
  boxesOfText,
  decorationSelector,
  type DOMRectLike,
  drawnDecorations,
  type DrawnDecoration,
} from './drawn';
import { keepEvidence } from './evidence';
import { fileDialog, takeFolder } from './fileDialog';
import { copyWorkspace, root, shots } from './places';
import { themes, type Theme } from './themes';

export interface WorkbenchOptions {
  readonly workbench: InstalledWorkbench;
  /** Folder of extensions with the packaged one; without it the extension is loaded from the source folder. */
  readonly packaged?: string;
  /** Folder whose copy is opened; default test/vscode/workspace. */
  readonly workspace?: string;
  /** Further files of the copy, by name: the explorer may miss what is written once it is open. */
  readonly files?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly theme?: Theme;
  readonly trust?: boolean;
  /** Whether dialogs are shown, for the test to answer; by default they are refused, as if they failed. */
  readonly dialogs?: boolean;
}

/** Milliseconds until a key, a click or a movement is repeated that something else took. */
const keyPatience = 3_000;
const quickInput = '.quick-input-widget input[type="text"]';

/** A workbench with the extension in it, driven as a user drives it. */
export class Workbench {
  private constructor(
    readonly page: Page,
    /** The folder that is open: a copy, for the test to change. */
    readonly folder: string,
    private readonly server: WorkbenchServer,
    private readonly browser: BrowserContext,
    /** Folder of the server's and the browser's profile. */
    private readonly place: string,
  ) {}

  /** Starts a server and a browser, and resolves when the workbench is drawn. */
  static async open(options: WorkbenchOptions): Promise<Workbench> {
    const place = temporaryFolder('workbench');
    const extensions = options.packaged ?? path.join(place, 'extensions');
    if (options.packaged === undefined) linkExtension(extensions, root);
    const folder = copyWorkspace(path.join(place, 'workspace'), options.workspace, options.files);
    const server = await startServer({
      workbench: options.workbench,
      profile: path.join(place, 'profile'),
      extensions,
      trust: options.trust ?? true,
      settings: {
        'workbench.colorTheme': themes[options.theme ?? 'dark'].name,
        ...options.settings,
      },
    });
    const browser = await openBrowser(path.join(place, 'browser'), options.dialogs);
    const page = browser.pages()[0] ?? (await browser.newPage());
    page.setDefaultTimeout(patience);
    page.setDefaultNavigationTimeout(2 * patience);
    const bench = new Workbench(page, folder, server, browser, place);
    await page.goto(addressOf(server.url, { folder }));
    await page.locator('.monaco-workbench .part.statusbar').waitFor();
    return bench;
  }

  /** Has VS Code load its window anew, which keeps what it keeps. */
  async reloadWindow(): Promise<void> {
    const { page } = this;
    await page.evaluate(() => (document.body.dataset['before'] = 'true'));
    await this.command('Developer: Reload Window');
    await page.waitForFunction(() => document.body.dataset['before'] === undefined);
    await page.locator('.monaco-workbench .part.statusbar').waitFor();
  }

  async close(): Promise<void> {
    await keepEvidence();
    await this.browser.close();
    await this.server.stop();
    await removeFolder(this.place);
  }

  /** Opens a file of the folder by Quick Open and waits until its text is drawn. */
  async openFile(name: string): Promise<void> {
    await this.pickInQuickInput('Control+P', name, name);
    await this.page.locator('.tab.active', { hasText: path.basename(name) }).waitFor();
    await this.page.locator('.editor-instance .view-line').first().waitFor();
  }

  /** Runs a command by its title (“Category: Title”) from the palette. */
  async command(title: string): Promise<void> {
    await this.pickInQuickInput('F1', `>${title}`, title);
  }

  /** Chooses the entry of the quick pick that is open whose label has `label`. */
  async pick(label: string): Promise<void> {
    await this.page
      .locator('.quick-input-list .monaco-list-row', { hasText: label })
      .first()
      .click();
  }

  /** Types into the input box that is open and confirms. */
  async answer(text: string): Promise<void> {
    const input = this.page.locator(quickInput);
    await input.fill(text);
    await input.press('Enter');
  }

  /** Names a file in the workbench's own file dialog with this title, once it is there. */
  async chooseFile(title: string, file: string): Promise<void> {
    const dialog = await fileDialog(this.page, title);
    await this.answer(file);
    await dialog.waitFor({ state: 'hidden' });
  }

  /** The same for a folder; `button` is the one that takes it. */
  async chooseFolder(title: string, folder: string, button: string): Promise<void> {
    const dialog = await fileDialog(this.page, title);
    await this.answer(folder);
    await takeFolder(dialog, folder, button);
  }

  /** Types into the quick pick that is open and takes the first entry once its label has the text. */
  async choose(text: string): Promise<void> {
    const input = this.page.locator(quickInput);
    await input.fill(text);
    await this.page
      .locator('.quick-input-list .monaco-list-row.focused', { hasText: text })
      .waitFor();
    await input.press('Enter');
  }

  /** Names a file in the dialog that asks for one, which first proposes a name of that ending. */
  async saveAs(file: string, ending: string): Promise<void> {
    const input = this.page.locator(quickInput);
    // The dialog is there before the name that it proposes, which it would write over another.
    await until('the proposed name', async () => {
      const proposed = (await input.isVisible()) ? await input.inputValue() : '';
      return proposed.endsWith(ending) || proposed;
    });
    await this.answer(file);
  }

  /** Waits for a notification with this text. */
  async notification(text: string | RegExp): Promise<Locator> {
    const toast = this.page.locator('.notification-toast', { hasText: text }).first();
    await toast.waitFor();
    return toast;
  }

  /** Waits for a notification with this text in the list of all, where it stays once its toast has gone. */
  async notified(text: string): Promise<void> {
    const bell = this.page.locator('#status\\.notifications');
    const list = this.page.locator('.notifications-center.visible');
    await bell.click();
    await list.locator('.notification-list-item', { hasText: text }).first().waitFor();
    await bell.click();
    await list.waitFor({ state: 'detached' });
  }

  /** Points at the middle of a word of the open editor and returns the hover that appears. */
  async hover(word: string): Promise<Locator> {
    const hover = this.page.locator('.monaco-hover:visible').first();
    await this.repeating(async () => {
      const { x, y, width, height } = await this.boxOf(word);
      // The pointer has to move for a hover to open, so come from elsewhere each time.
      await this.page.mouse.move(x + width / 2, y + 3 * height);
      await this.page.mouse.move(x + width / 2, y + height / 2, { steps: 4 });
      await hover.waitFor({ timeout: 2 * keyPatience });
    });
    return hover;
  }

  /** Selects a word by a double click and waits until the status bar says so. */
  async selectWord(word: string): Promise<void> {
    await this.repeating(async () => {
      const { x, y, width, height } = await this.boxOf(word);
      await this.page.mouse.dblclick(x + width / 2, y + height / 2);
      await this.selected(word.length, keyPatience);
    });
  }

  /** Waits until that many characters are selected in the editor. */
  async selected(count: number, timeout = patience): Promise<void> {
    await this.page.locator('.statusbar', { hasText: `(${count} selected)` }).waitFor({ timeout });
  }

  /** The rectangle of the `nth` place (from 0) where `text` is drawn in the open editor, in CSS pixels, once it is. */
  async boxOf(text: string, nth = 0): Promise<DOMRectLike> {
    let boxes: readonly DOMRectLike[] = [];
    await until(`“${text}” is drawn`, async () => {
      boxes = await this.page.evaluate(boxesOfText, text);
      return boxes.length > nth || `${boxes.length} times`;
    });
    return boxes[nth] as DOMRectLike;
  }

  /** The overlays that decorations draw in the open editor (whole-range ones, not inline text). */
  decorations(): Promise<readonly DrawnDecoration[]> {
    return this.page.evaluate(drawnDecorations);
  }

  /** Waits until decorations are drawn and returns them. */
  async decorated(): Promise<readonly DrawnDecoration[]> {
    await this.page.locator(decorationSelector).first().waitFor({ state: 'attached' });
    return this.decorations();
  }

  /** The document inside the `nth` webview. */
  webview(nth = 0): FrameLocator {
    return this.page
      .locator('iframe.webview.ready')
      .nth(nth)
      .contentFrame()
      .locator('iframe#active-frame')
      .contentFrame();
  }

  /** Changes user settings and reloads: the workbench does not watch the file they are in. */
  async set(settings: Readonly<Record<string, unknown>>): Promise<void> {
    this.server.set(settings);
    await this.reloadWindow();
  }

  /** Chooses the colour theme, as a user does, and waits until the workbench bears it. */
  async setTheme(theme: Theme): Promise<void> {
    const { label, bears } = themes[theme];
    await this.command('Preferences: Color Theme');
    await this.choose(label);
    await this.page.locator(`.monaco-workbench.${bears}`).waitFor();
  }

  /** Writes out/screenshots/NAME.png and returns its path. */
  async screenshot(name: string): Promise<string> {
    mkdirSync(shots, { recursive: true });
    const file = path.join(shots, `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  /**
   * Opens the quick input with a key, types and takes the entry that has `label`. Keys are lost
   * while the focus moves in or out of a webview or the key bindings are still loading, and an input
   * that shows closes when an editor that is restored takes the focus.
   */
  private async pickInQuickInput(key: string, text: string, label: string): Promise<void> {
    const input = this.page.locator(quickInput);
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first();
    await this.repeating(async () => {
      await this.page.keyboard.press(key);
      await input.waitFor({ timeout: keyPatience });
      await input.fill(text, { timeout: keyPatience });
      await row.click({ timeout: 2 * keyPatience });
    });
  }

  /** Repeats what may come to nothing, until it does not time out. */
  private async repeating(act: () => Promise<void>): Promise<void> {
    const deadline = Date.now() + 2 * patience;
    for (;;) {
      try {
        await act();
        return;
      } catch (error) {
        if (!(error instanceof errors.TimeoutError) || Date.now() > deadline) throw error;
      }
    }
  }
}
