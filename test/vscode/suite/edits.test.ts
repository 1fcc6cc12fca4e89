import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as vscode from 'vscode';
import { perTurn } from '../../../src/editor/extraction/extractionRun';
import { type Entered, probes } from '../../../src/editor/probe';
import { closeAll, editorParts, extract, loadEncoder, mentions, openText, until } from './support';

const first = 'Marie Curie moved from Warsaw to Paris in 1891.';
const second = 'Ada Lovelace lived in London.';

describe('Entities while the text is edited', () => {
  before(loadEncoder);
  afterEach(closeAll);

  it('move with their words', async () => {
    const editor = await openText(`${first}\n\n${second}`);
    const session = await extract();
    const before = mentions(session);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'A preface.\n\n'));
    assert.deepEqual(mentions(session), before);
  });

  it('are found in what was typed, after a pause', async () => {
    const editor = await openText(`${first}\n\n${second}`);
    const session = await extract();
    const end = editor.document.lineAt(2).range.end;
    await editor.edit((edit) => edit.insert(end, ' Charles Babbage lived in Paris.'));
    await until('the new entities are found', () => mentions(session).includes('Charles Babbage'));
    assert.ok(mentions(session).includes('Marie Curie'));
    assert.equal(mentions(session).filter((one) => one === 'Ada Lovelace').length, 1);
  });

  it('never show what was found in an older text', async () => {
    const editor = await openText(`${first}\n\n${second}`);
    const { sessions } = await editorParts();
    const running = vscode.commands.executeCommand('dynamicner.extract');
    for (let i = 0; i < 10; i++) {
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'x '));
      await editor.edit((edit) => edit.delete(new vscode.Range(2, 0, 2, 1)));
    }
    await running;
    const session = sessions.of(editor.document);
    await until('all is read again', () => !session.busy);
    const found = new Set(['Marie Curie', 'Warsaw', 'Paris', '1891', 'Ada Lovelace', 'London']);
    for (const mention of mentions(session)) {
      assert.ok(!mention.startsWith('a Lovelace') || !found.has(mention), mention);
      assert.equal(mention, mention.trim());
    }
  });

  it('stop being looked for when the document is closed or the user says so', async () => {
    const editor = await openText(`${first}\n\n`.repeat(400));
    const { sessions } = await editorParts();
    const session = sessions.of(editor.document);
    const running = vscode.commands.executeCommand('dynamicner.extract');
    await until('the extraction runs', () => session.busy);
    await vscode.commands.executeCommand('dynamicner.stop');
    assert.equal(session.busy, false);
    await running;
  });

  it('come in without holding up the extension host', async function () {
    this.timeout(240_000);
    await openText(`${first} ${second}\n\n`.repeat(1500));
    const delay = monitorEventLoopDelay({ resolution: 1 });
    const turns: Entered[] = [];
    const note = (turn: unknown): void => void turns.push(turn as Entered);
    subscribe(probes.entered.name, note);
    delay.enable();
    const session = await extract();
    delay.disable();
    unsubscribe(probes.entered.name, note);
    const [half, most, longest] = [delay.percentile(50), delay.percentile(99), delay.max].map(
      (nanoseconds) => `${(nanoseconds / 1e6).toFixed(1)} ms`,
    );
    console.log(`event loop delay: half ${half}, 99 % ${most}, longest ${longest}`);
    assert.ok(session.entities.length > 5000, String(session.entities.length));
    // What one turn does decides; how long it takes depends on whatever else the machine does.
    const found = turns.reduce((sum, { entities }) => sum + entities, 0);
    assert.ok(found >= session.entities.length, `${found} came in`);
    for (const { passages, entities } of turns) {
      const fits = passages <= perTurn.passages && entities <= perTurn.entities;
      assert.ok(fits || passages === 1, `${entities} entities of ${passages} passages in one turn`);
    }
  });
});
