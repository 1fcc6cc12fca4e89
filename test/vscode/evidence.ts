// Keeps what browsers show and said when a test in them fails; a module of hooks for mocha.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext } from 'playwright-core';

const folder = path.resolve(__dirname, '../../out/failed');

/** The open browsers, with the lines that the consoles of their pages wrote. */
const watched = new Map<BrowserContext, string[]>();
let failed: { readonly title: string; readonly error: Error } | undefined;

process.on('testFailed' as never, (title: string, error: Error) => {
  failed ??= { title, error };
});

/** Notes what the pages of a browser say from now on. */
export function watch(browser: BrowserContext): void {
  const lines: string[] = [];
  watched.set(browser, lines);
  browser.on('console', (message) => lines.push(`${message.type()}: ${message.text()}`));
  browser.on('weberror', (error) => lines.push(`uncaught: ${error.error().stack ?? ''}`));
  browser.on('close', () => watched.delete(browser));
}

/**
 * Where a test or a hook has failed: writes a screenshot and the console of each page to out/failed,
 * and names them in its error. To be called before a browser closes.
 */
export async function keepEvidence(): Promise<void> {
  if (failed === undefined) return;
  const { title, error } = failed;
  failed = undefined;
  mkdirSync(folder, { recursive: true });
  const name = title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 120);
  const files: string[] = [];
  for (const [browser, lines] of watched) {
    for (const page of browser.pages()) {
      const file = path.join(folder, `${name}-${files.length / 2 + 1}`);
      files.push(`${file}.png`, `${file}.log`);
      writeFileSync(`${file}.log`, `${lines.join('\n')}\n`);
      await page.screenshot({ path: `${file}.png` }).catch((reason: unknown) => {
        lines.push(String(reason));
      });
    }
  }
  error.stack = [error.stack ?? error.message, 'Kept:', ...files].join('\n      ');
}

export const mochaHooks = {
  afterEach: keepEvidence,
  afterAll: async (): Promise<void> => {
    // A suite that did not get as far as to have something to close has failed.
    await keepEvidence();
    await Promise.all([...watched.keys()].map((browser) => browser.close()));
  },
};
