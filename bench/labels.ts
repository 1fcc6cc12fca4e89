import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { readTaxonomyFile } from '../src/core/labels/taxonomyFile/readTaxonomyFile';
import { findTaxonomyProblems } from '../src/core/labels/taxonomyFile/taxonomyProblems';
import { browserWorkbench } from '../test/vscode/hosts';
import { removeFolder, temporaryFolder } from '../test/temporaryFolder';
import { root } from '../test/vscode/places';
import { quantile } from '../test/vscode/suite/bench/measure';
import { Workbench } from '../test/vscode/workbench';

// Prints how fast the label editor is in the real workbench, on a text of 10,000 words: from an input
// event in its page to the change of the overlay, and what the encoder's process computes for it beside
// a fresh extraction.
//   node --import tsx bench/labels.ts

const words = 10_000;
const rounds = 40;
const list = 'bench.taxonomy.json';
const types = ['person', 'place', 'ship', 'organization', 'book', 'river'];

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  measureReading();
  const place = temporaryFolder('labels');
  writeFileSync(path.join(place, 'long.txt'), distinctText());
  writeFileSync(
    path.join(place, list),
    JSON.stringify({ types: types.map((name) => ({ name })) }, undefined, 2),
  );
  writeFileSync(path.join(place, 'short.txt'), 'Ada Lovelace lived in London.');
  const bench = await Workbench.open({
    workbench: await browserWorkbench(),
    workspace: place,
    settings: { 'dynamicner.labels': list, 'dynamicner.inlayHints.enabled': false },
  });
  try {
    await bench.openFile('long.txt');
    const encoder = await fresh(bench);
    await bench.command('DynamicNER: Show Label List');
    await bench.webview().locator('.row').first().waitFor();
    await bench.page.waitForTimeout(1500);
    await measure(bench, encoder);
  } finally {
    await bench.close();
    await removeFolder(place);
  }
}

/** What the extension host does with a list of 2,000 types when a name in it was edited. */
function measureReading(): void {
  const group = (name: string, below: readonly number[]): object => {
    const [count = 0, ...rest] = below;
    const children = Array.from({ length: count }, (_, at) => group(`${name} ${at + 1}`, rest));
    return { name, ...(count === 0 ? {} : { children }) };
  };
  const types = Array.from({ length: 20 }, (_, at) => group(`kind ${at + 1}`, [9, 10]));
  const text = JSON.stringify({ types }, undefined, 2);
  const took = Array.from({ length: 20 }, (_, round) => {
    const edited = text.replace('"kind 7 3"', `"kind 7 other ${round}"`);
    const began = performance.now();
    findTaxonomyProblems(readTaxonomyFile(edited));
    return performance.now() - began;
  });
  console.log(`a list of 2,000 types, read and checked: half ${format(quantile(took, 0.5))}`);
}

interface Encoder {
  readonly pid: number;
  /** Processor time of a fresh extraction, in milliseconds. */
  readonly fresh: number;
}

/** Extracts; what loading the model takes is left out by a short text before. */
async function fresh(bench: Workbench): Promise<Encoder> {
  const status = bench.page.locator('.statusbar', { hasText: /\d+ entities/ });
  await bench.openFile('short.txt');
  await bench.command('DynamicNER: Extract Entities');
  await bench.decorated();
  const pid = encoderProcess();
  await bench.openFile('long.txt');
  const before = processorTime(pid);
  await bench.command('DynamicNER: Extract Entities');
  await status.waitFor();
  await settle(bench.page, pid);
  return { pid, fresh: processorTime(pid) - before };
}

async function measure(bench: Workbench, { pid, fresh: whole }: Encoder): Promise<void> {
  const page = bench.webview();
  await page.locator('.row').first().click();
  await settle(bench.page, pid);
  const delays: number[] = [];
  const before = processorTime(pid);
  for (let round = 0; round < rounds; round++) {
    await bench.page.evaluate(watchOverlay);
    const began = await page.locator('#threshold').evaluate(
      (slider, high) => {
        const input = slider as HTMLInputElement;
        input.value = high ? '0.95' : '0.3';
        const now = performance.timeOrigin + performance.now();
        input.dispatchEvent(new Event('input', { bubbles: true }));
        return now;
      },
      round % 2 === 0,
    );
    delays.push((await bench.page.evaluate(overlayChanged)) - began);
    await settle(bench.page, pid);
  }
  const each = (processorTime(pid) - before) / rounds;
  const cost = (await page.locator('.cost').textContent()) ?? '';
  console.log(
    `input event to changed overlay, ${words} words: half ${format(quantile(delays, 0.5))}`,
  );
  console.log(
    `input event to changed overlay, ${words} words: 95 % ${format(quantile(delays, 0.95))}, aim 100 ms`,
  );
  console.log(`encoder’s process, fresh extraction: ${format(whole)} of processor time`);
  console.log(
    `encoder’s process, changed threshold, the whole text: ${format(each)}, ${(whole / each).toFixed(0)} times less, aim 50`,
  );
  console.log(`label editor’s counter: ${cost}`);
}

function format(milliseconds: number): string {
  return `${milliseconds.toFixed(0)} ms`;
}

/** Runs in the workbench: notes when the boxes are drawn anew. */
function watchOverlay(): void {
  const target = window as unknown as { changedAt?: Promise<number> };
  const boxes = (): number =>
    document.querySelectorAll('.editor-instance .view-overlays [class*="ced-"]').length;
  const before = boxes();
  target.changedAt = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (boxes() === before) return;
      observer.disconnect();
      resolve(performance.timeOrigin + performance.now());
    });
    const options = { subtree: true, childList: true, attributes: true };
    for (const one of Array.from(document.querySelectorAll('.editor-instance'))) {
      observer.observe(one, options);
    }
  });
}

function overlayChanged(): Promise<number> {
  return (window as unknown as { changedAt: Promise<number> }).changedAt;
}

/** Waits until the encoder's process has nothing to do. */
async function settle(page: Page, pid: number): Promise<void> {
  for (let last = -1; ;) {
    const now = processorTime(pid);
    if (now - last < 10 && last >= 0) return;
    last = now;
    await page.waitForTimeout(250);
  }
}

/** The newest process that runs the encoder's script. */
function encoderProcess(): number {
  const script = path.join(root, 'dist/host.js');
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  const pids = lines
    .filter((line) => line.includes(script) || line.includes('dist/host.js'))
    .map((line) => Number(line.trim().split(/\s+/u)[0]));
  const pid = pids.at(-1);
  if (pid === undefined) throw new Error('The encoder’s process does not run.');
  return pid;
}

/** Processor time of a process so far, in milliseconds; Linux counts it in hundredths of a second. */
function processorTime(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return 10 * (Number(fields[11]) + Number(fields[12]));
}

/** The sample, each time with other words in every sentence, so that no sentence comes twice. */
function distinctText(): string {
  const sample = readFileSync(path.join(root, 'media/samples/expedition.md'), 'utf8');
  const parts: string[] = [];
  for (let count = 0, part = 1; count < words; part++) {
    const text = sample.replace(/\. /gu, ` in part ${part}. `);
    parts.push(text);
    count += text.split(/\s+/u).length;
  }
  return parts.join('\n\n');
}
