import { type BrowserContext, chromium } from 'playwright-core';
import { findBrowser } from '../../scripts/workbench/debian.mjs';
import { watch } from './evidence';

const size = { width: 1280, height: 800 };

/**
 * Opens a headless browser that reaches this machine only. `profile` is its folder: what the
 * workbench keeps in the browser (secrets, global state) survives in it.
 * @param dialogs Whether the workbench shows dialogs, which it refuses where it can be tested from within.
 */
export async function openBrowser(profile: string, dialogs = false): Promise<BrowserContext> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error('No Chromium: set CHROMIUM to its path.');
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    viewport: size,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
  watch(context);
  // tsx wraps named functions in a helper of this name; functions that run in the page lack it.
  await context.addInitScript({ content: 'globalThis.__name = (value) => value;' });
  if (!dialogs) await context.addInitScript(allowTestsInBuiltWorkbench);
  return context;
}

/**
 * Runs in the page. Since 1.13x a built workbench takes a development extension and a test suite
 * from its address only with `enableSmokeTestDriver`, which code-server's command line cannot set;
 * so the page's configuration says it. (Rewriting the page's response breaks its WebSocket.)
 */
function allowTestsInBuiltWorkbench(): void {
  // The method is called with the element it belongs to, below.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const original = Element.prototype.getAttribute;
  Element.prototype.getAttribute = function (name: string): string | null {
    const value = original.call(this, name);
    if (value === null || name !== 'data-settings') return value;
    if (this.id !== 'vscode-workbench-web-configuration') return value;
    const settings = JSON.parse(value) as { developmentOptions?: object };
    settings.developmentOptions = { ...settings.developmentOptions, enableSmokeTestDriver: true };
    return JSON.stringify(settings);
  };
}
