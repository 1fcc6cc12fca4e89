import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import {
  askedByExtension,
  askedByPage,
  type DatasetAskedByPage,
} from '../../src/core/messages/datasetPanel';
import { MessageHandler, type Answers, type Port } from '../../src/core/messages/messageHandler';
import { removeFolder, temporaryFolder } from '../temporaryFolder';
import { openBrowser } from './browser';
import { keepEvidence } from './evidence';
import { root } from './places';
import { build } from 'esbuild';

const origin = 'http://page.test';
const policy =
  "default-src 'none'; script-src 'nonce-page'; style-src http://page.test; img-src 'none'";

/** What VS Code's webviews bring with them, as far as the page uses it. */
const api = `
  let state = JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined;
  globalThis.acquireVsCodeApi = () => ({
    postMessage: (message) => void globalThis.hostReceives(JSON.stringify(message)),
    getState: () => state,
    setState: (next) => { state = next; sessionStorage.setItem('state', JSON.stringify(next)); },
  });`;

/** Colours of a theme, by the end of their variable's name. */
const colours: Readonly<Record<string, string>> = {
  foreground: '#cccccc',
  'editor-background': '#1f1f1f',
  'editor-foreground': '#cccccc',
  descriptionForeground: '#9d9d9d',
  focusBorder: '#0078d4',
  'editorWidget-background': '#202020',
  'button-background': '#0078d4',
  'button-foreground': '#ffffff',
  'button-secondaryBackground': '#313131',
  'button-secondaryForeground': '#cccccc',
  'input-background': '#313131',
  'input-foreground': '#cccccc',
  'editor-selectionBackground': '#264f78',
  'editorLineNumber-foreground': '#9d9d9d',
  'list-activeSelectionBackground': '#04395e',
  'list-activeSelectionForeground': '#ffffff',
  'inputValidation-errorBackground': '#5a1d1d',
  'dynamicner-type1': '#6cb6ff',
  'dynamicner-type1Background': '#6cb6ff1f',
  'dynamicner-type2': '#f2a65a',
  'dynamicner-type2Background': '#f2a65a1f',
  'dynamicner-type3': '#7fd18b',
  'dynamicner-type3Background': '#7fd18b1f',
};

/**
 * The data-set editor's page alone in a browser, under the policy that webviews have, with a host
 * that a test plays. Commands come as key bindings bring them.
 */
export class PageAlone {
  private constructor(
    readonly page: Page,
    private readonly browser: BrowserContext,
    private readonly host: MessageHandler<DatasetAskedByPage, typeof askedByExtension>,
    /** Folder of the page's files and the browser's. */
    private readonly place: string,
  ) {}

  static async open(answers: Answers<DatasetAskedByPage>): Promise<PageAlone> {
    const place = temporaryFolder('page');
    await build({
      absWorkingDir: root,
      entryPoints: ['webview/dataset/index.ts'],
      bundle: true,
      format: 'iife',
      target: 'chrome128',
      outfile: path.join(place, 'dataset.js'),
    });
    const browser = await openBrowser(path.join(place, 'profile'));
    const page = browser.pages()[0] ?? (await browser.newPage());
    await page.route(`${origin}/**`, (route) => {
      const { pathname } = new URL(route.request().url());
      const file = pathname.slice(1);
      if (file === '') return route.fulfill({ contentType: 'text/html', body: html() });
      const contentType = file.endsWith('.css') ? 'text/css' : 'text/javascript';
      const body = file === 'theme.css' ? theme() : readFileSync(path.join(place, file), 'utf8');
      return route.fulfill({ contentType, body });
    });
    let listen: (message: unknown) => void = () => undefined;
    await page.exposeFunction('hostReceives', (text: string) => listen(JSON.parse(text)));
    const port: Port = {
      post: (message) =>
        void page.evaluate((data) => window.postMessage(data, '*'), message).catch(() => undefined),
      onMessage: (listener) => {
        listen = listener;
        return { dispose: () => (listen = () => undefined) };
      },
    };
    const host = new MessageHandler(port, askedByPage, answers, askedByExtension);
    await page.addInitScript({ content: api });
    await page.goto(`${origin}/`);
    await page.locator('.passage:not(.waiting)').first().waitFor();
    return new PageAlone(page, browser, host, place);
  }

  /** Runs a command of the page and waits until it was taken. */
  async run(command: string, argument: number | null = null): Promise<void> {
    await this.host.request('run', { command, argument });
  }

  ask(): MessageHandler<DatasetAskedByPage, typeof askedByExtension> {
    return this.host;
  }

  async close(): Promise<void> {
    await keepEvidence();
    await this.browser.close();
    await removeFolder(this.place);
  }
}

function html(): string {
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <link rel="stylesheet" href="theme.css">
    <link rel="stylesheet" href="dataset.css">
    <title>Data set</title>
  </head>
  <body class="vscode-dark"><script nonce="page" src="dataset.js"></script></body>
</html>`;
}

function theme(): string {
  const variables = Object.entries(colours).map(([name, value]) => `--vscode-${name}: ${value};`);
  return `:root { ${variables.join(' ')} }
    body { background: #1f1f1f; color: #cccccc; font: 13px "DejaVu Sans", sans-serif; }`;
}
