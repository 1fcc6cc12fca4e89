import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import * as vscode from 'vscode';
import type { Entity } from '../../../../src/core/entity/entity';
import type { Session } from '../../../../src/editor/documents/session';
import { closeAll, editorParts, extensionApi, extract, openText } from '../support';
import { delaysOf, firstBoxes, profiled, quantile, tell } from './measure';

const rounds = 5;
const strokes = 120;
const sample = readFileSync(
  path.join(process.env['HOST_TEST_SOURCE'] ?? '', 'media/samples/expedition.md'),
  'utf8',
);

/** Milliseconds from the command to the first boxes, and to the end of the extraction. */
async function timeToBoxes(document: vscode.TextDocument): Promise<{ first: number; all: number }> {
  const boxes = firstBoxes(document.uri.toString());
  const began = performance.now();
  await vscode.commands.executeCommand('dynamicner.extract');
  const all = performance.now() - began;
  return { first: (await boxes) - began, all };
}

/** The sample again and again, as a document of about that many words. */
function textOf(words: number): string {
  const times = Math.ceil(words / sample.split(/\s+/u).length);
  return Array.from({ length: times }, (_, index) => `Part ${index}.\n\n${sample}`).join('\n\n');
}

describe('The editor’s speed', function () {
  this.timeout(300_000);
  afterEach(closeAll);

  it('cold', async () => {
    const api = await extensionApi();
    tell('activation of the extension', api.activationMilliseconds, 'ms', 50);
    const editor = await openText(sample, 'markdown');
    // The workbench and its own extensions are still starting.
    await new Promise((resolve) => setTimeout(resolve, 5000));
    const { first, all } = await profiled('cold', () => timeToBoxes(editor.document));
    tell('cold command to first boxes', first, 'ms', 1500);
    tell('cold command to the end, 900 words', all, 'ms');
    // Another number of threads ends the process; the vectors of the labels are on disk by now.
    const { sessions } = await editorParts();
    await sessions.of(editor.document).clear(false);
    await vscode.workspace
      .getConfiguration('dynamicner')
      .update('encoder.threads', 2, vscode.ConfigurationTarget.Global);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const again = await profiled('restart', () => timeToBoxes(editor.document));
    tell('cold command to first boxes, labels known from before', again.first, 'ms', 1500);
  });

  it('warm', async () => {
    const editor = await openText(textOf(10_000), 'markdown');
    await extract();
    const session = (await editorParts()).sessions.of(editor.document);
    const times: number[] = [];
    const ends: number[] = [];
    await profiled('warm', async () => {
      for (let round = 0; round < rounds; round++) {
        await session.clear(false);
        await new Promise((resolve) => setTimeout(resolve, 500));
        const { first, all } = await timeToBoxes(editor.document);
        times.push(first);
        ends.push(all);
      }
    });
    tell('warm command to first boxes, 10,000 words', quantile(times, 0.5), 'ms', 150);
    tell('warm command to the end, 10,000 words', quantile(ends, 0.5), 'ms');
  });

  it('event loop', async () => {
    await openText(`${sentences}\n\n`.repeat(1500));
    const delays = await profiled('entering', () => delaysOf(extract));
    tell('delay of the event loop, 10,000 entities come in: half', delays.half, 'ms');
    tell('delay of the event loop, 10,000 entities come in: 99 %', delays.most, 'ms', 10);
    tell('delay of the event loop, 10,000 entities come in: longest', delays.longest, 'ms');
    const again = await profiled('again', () => delaysOf(extract));
    tell('delay of the event loop, extracted again: 99 %', again.most, 'ms', 10);
    tell('delay of the event loop, extracted again: longest', again.longest, 'ms');
  });

  it('memory', () => {
    const resident = encoderMegabytes();
    if (resident !== undefined) tell('memory of the encoder’s process', resident, 'MB', 600);
  });

  it('key strokes', async () => {
    const editor = await openText(
      `${'one two three four five six seven eight nine ten\n'.repeat(5)}\n`.repeat(1000),
    );
    const bare = await strokeWork(editor, false);
    tell('host work per key stroke, no entities: median', quantile(bare, 0.5), 'ms');
    tell('host work per key stroke, no entities: 99 %', quantile(bare, 0.99), 'ms');
    const session = (await editorParts()).sessions.of(editor.document) as Session;
    const text = editor.document.getText();
    session.show([{ start: 0, end: text.length, entities: fiftyThousand(text) }]);
    assert.ok(session.entities.length >= 50_000);
    // As after an extraction, but nothing is read again while the strokes are measured.
    session.extractedThreshold = 'own';
    await vscode.workspace
      .getConfiguration('dynamicner')
      .update('extract.delay', 60_000, vscode.ConfigurationTarget.Global);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const full = await profiled('strokes', () => strokeWork(editor, false));
    tell('host work per key stroke, 50,000 entities: median', quantile(full, 0.5), 'ms');
    tell('host work per key stroke, 50,000 entities: 99 %', quantile(full, 0.99), 'ms');
    // VS Code's own work on a key stroke, and the other extensions', is there without entities too.
    const added = quantile(full, 0.5) - quantile(bare, 0.5);
    tell('host work per key stroke, what 50,000 entities add: median', added, 'ms', 5);
    const inside = await profiled('inside', () => strokeWork(editor, true));
    tell('host work per key stroke, each in another entity: median', quantile(inside, 0.5), 'ms');
    tell('host work per key stroke, each in another entity: 99 %', quantile(inside, 0.99), 'ms');
  });
});

const sentences = 'Marie Curie moved from Warsaw to Paris in 1891. Ada Lovelace lived in London.';

/**
 * Milliseconds that the extension host was busy with each of some key strokes and what follows it.
 * @param elsewhere Whether each goes into a word of its own, so that each takes an entity away.
 */
async function strokeWork(editor: vscode.TextEditor, elsewhere: boolean): Promise<number[]> {
  editor.selection = new vscode.Selection(2, 3, 2, 3);
  const work: number[] = [];
  for (let stroke = 0; stroke < strokes; stroke++) {
    if (elsewhere) editor.selection = new vscode.Selection(9 + stroke, 1, 9 + stroke, 1);
    await new Promise((resolve) => setTimeout(resolve, 60));
    const before = performance.eventLoopUtilization();
    await vscode.commands.executeCommand('type', { text: stroke % 20 === 19 ? '\n' : 'x' });
    await new Promise((resolve) => setTimeout(resolve, 120));
    work.push(performance.eventLoopUtilization(before).active);
  }
  return work;
}

/** An entity for each word of the text. */
function fiftyThousand(text: string): Entity[] {
  const types = [
    ['person', 'real person', 'scholar'],
    ['location', 'geo-political entity', 'city'],
    ['organization', 'company'],
  ];
  return [...text.matchAll(/\w+/gu)].map(({ index, 0: word }, nth) => ({
    id: `bench-${nth}`,
    start: index,
    end: index + word.length,
    path: types[nth % types.length] ?? [],
    score: 0.9,
    state: 'suggested',
    source: { engine: 'encoder', model: 'bench' },
  }));
}

/** Resident memory of the encoder's process, which is a child of this one; undefined where nobody tells. */
function encoderMegabytes(): number | undefined {
  try {
    const lines = execFileSync('ps', ['-A', '-o', 'ppid=,rss=,args='], { encoding: 'utf8' });
    const line = lines.split('\n').find((one) => {
      return Number(one.trim().split(/\s+/u)[0]) === process.pid && one.includes('host.js');
    });
    return line === undefined ? undefined : Number(line.trim().split(/\s+/u)[1]) / 1024;
  } catch {
    return undefined;
  }
}
