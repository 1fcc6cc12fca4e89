// Renders media/icon.svg to media/icon.png with the browser that the tests use. Run it after a change.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { findBrowser } from './workbench/debian.mjs';

const media = path.resolve(import.meta.dirname, '../media');
const size = { width: 256, height: 256 };

const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: size });
const picture = readFileSync(path.join(media, 'icon.svg'), 'utf8');
await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${picture}`);
await page.screenshot({ path: path.join(media, 'icon.png'), omitBackground: true });
await browser.close();
