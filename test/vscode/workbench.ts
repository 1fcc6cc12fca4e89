import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import {
  addressOf,
  linkExtension,
  startServer,
  type InstalledWorkbench,
  type WorkbenchServer,
} from '../../scripts/workbench/server.mjs';
import { openBrowser } from './browser';
import { copyWorkspace, root, shots, temporaryFolder } from './places';

/** The four kinds of theme VS Code has: the built-in one of each, its name in the list of themes, and the class the workbench then bears. */
export const themes = {
  dark: { name: 'Default Dark Modern', label: 'Dark Modern', bears: 'vs-dark' },
  light: { name: 'Default Light Modern', label: 'Light Modern', bears: 'vs' },
  highContrastDark: {
    name: 'Default High Contrast',
    label: 'Dark High Contrast',
    bears: 'hc-black',
  },
  highContrastLight: {
    name: 'Default High Contrast Light',
    label: 'Light High Contrast',
    bears: 'hc-light',
  },
} as const;
export type Theme = keyof typeof themes;

export interface WorkbenchOptions {
  readonly workbench: InstalledWorkbench;
  /** Folder of extensions with the packaged one; without it the extension is loaded from the source folder. */
  readonly packaged?: string;
  /** Folder whose copy is opened; default test/vscode/workspace. */
  readonly workspace?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly theme?: Theme;
  readonly trust?: boolean;
}

/** Generous, because nothing here measures time: a busy machine must not fail a test. */
const patience = 60_000;
const keyPatience = 1_500;

/** A workbench with the extension in it, driven as a user drives it. */
export class Workbench {
  private constructor(
    readonly page: Page,
    /** The folder that is open: a copy, for the test to change. */
    readonly folder: string,
    private readonly server: WorkbenchServer,
    private readonly browser: BrowserContext,
    private readonly removePlace: () => void,
  ) {}

  /** Starts a server and a browser, and resolves when the workbench is drawn. */
  static async open(options: WorkbenchOptions): Promise<Workbench> {
    const place = temporaryFolder('workbench');
    const extensions = options.packaged ?? path.join(place.path, 'extensions');
    if (options.packaged === undefined) linkExtension(extensions, root);
    const folder = copyWorkspace(path.join(place.path, 'workspace'), options.workspace);
    const server = await startServer({
      workbench: options.workbench,
      profile: path.join(place.path, 'profile'),
      extensions,
      trust: options.trust ?? true,
      settings: {
        'workbench.colorTheme': themes[options.theme ?? 'dark'].name,
        ...options.settings,
      },
    });
    const browser = await openBrowser(path.join(place.path, 'browser'));
    const page = browser.pages()[0] ?? (await browser.newPage());
    page.setDefaultTimeout(patience);
    page.setDefaultNavigationTimeout(2 * patience);
    const bench = new Workbench(page, folder, server, browser, () => {
      place.remove();
    });
    await bench.reload();
    return bench;
  }

  /** Loads the workbench anew, in the same browser and on the same server, as after closing the window. */
  async reload(): Promise<void> {
    await this.page.goto('about:blank');
    await this.page.goto(addressOf(this.server.url, { folder: this.folder }));
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    this.removePlace();
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

  /** Types into the input box or quick pick that is open and confirms. */
  async answer(text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input[type="text"]');
    await input.fill(text);
    await input.press('Enter');
  }

  /** Names a file in the workbench's own file dialog with this title, once it is there. */
  async chooseFile(title: string, file: string): Promise<void> {
    const dialog = this.page.locator('.quick-input-widget', { hasText: title });
    await dialog.waitFor();
    // The dialog is there before what it proposes, which it would write over another name.
    await this.page.waitForFunction(() => {
      const input = document.querySelector('.quick-input-widget input[type="text"]');
      return input instanceof HTMLInputElement && input.value !== '';
    });
    await this.answer(file);
    await dialog.waitFor({ state: 'hidden' });
  }

  /** Waits for a notification with this text. */
  async notification(text: string | RegExp): Promise<Locator> {
    const toast = this.page.locator('.notification-toast', { hasText: text }).first();
    await toast.waitFor();
    return toast;
  }

  /** Points at the middle of a word of the open editor and returns the hover that appears. */
  async hover(word: string): Promise<Locator> {
    const { x, y, width, height } = await this.boxOf(word);
    const hover = this.page.locator('.monaco-hover:visible').first();
    for (let attempt = 0; ; attempt += 1) {
      // The pointer has to move for a hover to open, so come from elsewhere each time.
      await this.page.mouse.move(x + width / 2, y + 3 * height);
      await this.page.mouse.move(x + width / 2, y + height / 2, { steps: 4 });
      try {
        await hover.waitFor({ timeout: 5_000 });
        return hover;
      } catch (error) {
        if (attempt === 3) throw error;
      }
    }
  }

  /** The rectangle of the `nth` place (from 0) where `text` is drawn in the open editor, in CSS pixels. */
  async boxOf(text: string, nth = 0): Promise<DOMRectLike> {
    const boxes = await this.page.evaluate(boxesOfText, text);
    const box = boxes[nth];
    if (box === undefined) throw new Error(`“${text}” is drawn ${boxes.length} times.`);
    return box;
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
    await this.reload();
  }

  /** Chooses the colour theme, as a user does, and waits until the workbench bears it. */
  async setTheme(theme: Theme): Promise<void> {
    const { label, bears } = themes[theme];
    await this.command('Preferences: Color Theme');
    await this.answer(label);
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
   * that shows closes when an editor that is restored takes the focus: keys are pressed until the
   * input has the text.
   */
  private async pickInQuickInput(key: string, text: string, label: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input[type="text"]');
    for (let attempt = 0; ; attempt += 1) {
      await this.page.keyboard.press(key);
      try {
        await input.waitFor({ timeout: keyPatience });
        await input.fill(text, { timeout: keyPatience });
        break;
      } catch (error) {
        if (attempt === 10) throw error;
      }
    }
    await this.pick(label);
  }
}

export interface DOMRectLike {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A decoration's overlay: where it is drawn (one line of it) and how. */
export interface DrawnDecoration extends DOMRectLike {
  readonly className: string;
  readonly background: string;
  readonly borderColor: string;
  readonly borderStyle: string;
  readonly borderWidth: string;
}

const decorationSelector = '.editor-instance .view-overlays [class*="ced-"]';

/** Runs in the page. */
function drawnDecorations(): DrawnDecoration[] {
  const selector = '.editor-instance .view-overlays [class*="ced-"]';
  return Array.from(document.querySelectorAll(selector)).map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return {
      x,
      y,
      width,
      height,
      className: element.className,
      background: style.backgroundColor,
      borderColor: style.borderTopColor,
      borderStyle: style.borderTopStyle,
      borderWidth: style.borderTopWidth,
    };
  });
}

/** Runs in the page: the rectangles of a text in the lines of the editor, one for each occurrence within a line. */
function boxesOfText(text: string): DOMRectLike[] {
  const boxes: DOMRectLike[] = [];
  const lines = document.querySelectorAll('.editor-instance .view-lines .view-line');
  for (const line of Array.from(lines)) {
    const nodes: Text[] = [];
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) nodes.push(walker.currentNode as Text);
    // The editor draws blanks as no-break spaces.
    const drawn = nodes
      .map(({ data }) => data)
      .join('')
      .replaceAll('\u00a0', ' ');
    for (let at = drawn.indexOf(text); at >= 0; at = drawn.indexOf(text, at + 1)) {
      const range = document.createRange();
      let before = 0;
      for (const node of nodes) {
        const end = before + node.length;
        if (at >= before && at < end) range.setStart(node, at - before);
        if (at + text.length > before && at + text.length <= end) {
          range.setEnd(node, at + text.length - before);
        }
        before = end;
      }
      const { x, y, width, height } = range.getBoundingClientRect();
      boxes.push({ x, y, width, height });
    }
  }
  const inOrder = (a: DOMRectLike, b: DOMRectLike): number => a.y - b.y || a.x - b.x;
  return boxes.sort(inOrder);
}
