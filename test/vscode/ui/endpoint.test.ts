import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import type { ChatServer } from '../../servers/chatServer';
import { gold, oracleServer, questionsTo } from '../../servers/editorServer';
import { browserWorkbench } from '../hosts';
import { Workbench } from '../workbench';

const sentences = ['Ada Lovelace lived in London.', 'Ada Lovelace saw Paris.'];
const key = 'sk-nobody-may-read-this';
/**
 * Fewer than the first run takes: two questions for the spans of each sentence, three for the types of
 * each entity, and four that find out how the server is held to a list. One more run takes what is left.
 */
const budget = 16;

describe('an endpoint as a user meets it', () => {
  let server: ChatServer;
  let bench: Workbench;

  before(async () => {
    server = await oracleServer(gold(...sentences));
    bench = await Workbench.open({
      workbench: await browserWorkbench(),
      dialogs: true,
      settings: {
        // The server takes the place of a proxy: the address of the endpoint is on no machine.
        'http.proxy': new URL(server.url).origin,
        'dynamicner.engine': { extractor: { samples: 2 }, budget: { requests: budget } },
      },
    });
    writeFileSync(path.join(bench.folder, 'letter.txt'), sentences.join('\n\n'));
    await bench.openFile('letter.txt');
  });
  after(async () => {
    await (bench as Workbench | undefined)?.close();
    await server.stop();
  });

  const status = (text: string | RegExp): Locator =>
    bench.page.locator('.statusbar-item', { hasText: text });
  const dialog = (): Locator => bench.page.locator('.monaco-dialog-box');

  /** Answers the input box that asks for something, also for what nobody may see. */
  async function answer(asked: string, text: string): Promise<void> {
    const box = bench.page.locator('.quick-input-widget', { hasText: asked });
    const input = box.locator('input[type="text"], input[type="password"]');
    await input.fill(text);
    await input.press('Enter');
  }

  it('is set up, with a key that nobody sees and a model that the server lists', async () => {
    await bench.command('DynamicNER: Set Up Endpoint…');
    await bench.pick('Other…');
    await answer('Address of the server', 'http://models.example/v1');
    await answer('Key of the endpoint', key);
    await bench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'large' }).waitFor();
    await bench.screenshot('endpoint-models');
    await bench.pick('small');
    await answer('Name of the endpoint', 'mine');
    const done = await bench.notification('The endpoint “mine” is set up.');
    assert.equal(questionsTo(server).length, 0);
    await done.getByRole('button', { name: 'Select Engine…' }).click();
    await bench.pick('Cascade');
  });

  it('gets text only once the user allows it, who is told whom it goes to', async () => {
    await dialog().getByText('Send text of this workspace to models.example?').waitFor();
    await bench.screenshot('endpoint-consent');
    assert.equal(questionsTo(server).length, 0);
    await dialog().getByRole('button', { name: 'Allow', exact: true }).click();
    const shown = status('Cascade');
    await shown.locator('.codicon-shield').waitFor();
    assert.equal(questionsTo(server).length, 0);
  });

  it('stops at the budget of a run, and goes on from there', async () => {
    await bench.command('DynamicNER: Extract Entities');
    const spent = await bench.notification(`budget of ${budget} requests is used up`);
    const goOn = spent.getByRole('button', { name: 'Go On' });
    await goOn.hover();
    await bench.screenshot('endpoint-budget');
    assert.ok(questionsTo(server).length <= budget);
    await goOn.click();
    await status(/Cascade.*· 4/u).waitFor();
    await bench.decorated();
    await bench.screenshot('endpoint-extracted');
    assert.ok(server.requests.every(({ headers }) => headers.authorization === `Bearer ${key}`));
    assert.ok(!(await bench.page.content()).includes(key));
  });
});
