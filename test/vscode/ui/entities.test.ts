import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { eventually } from '../../until';
import { browserWorkbench } from '../hosts';
import { Workbench } from '../workbench';

describe('an entity whose words are Markdown', () => {
  const attack = '[x](command:workbench.action.closeWindow) <b>$(flame)</b>';
  let bench: Workbench;

  before(async () => {
    bench = await Workbench.open({
      workbench: await browserWorkbench(),
      settings: { 'dynamicner.inlayHints.enabled': false },
    });
    writeFileSync(path.join(bench.folder, 'attack.txt'), attack);
    await bench.openFile('attack.txt');
    await bench.page.locator('.editor-instance .view-line').first().click();
    await bench.page.keyboard.press('Control+A');
    await bench.selected(attack.length);
    await bench.command('DynamicNER: Annotate Selection as…');
    await bench.choose('scholar');
    await bench.decorated();
  });
  after(() => bench.close());

  it('stands in the tree that was closed until now', async () => {
    await bench.page.locator('.activitybar [aria-label^="Entities"]').first().click();
    const rows = bench.page.locator('.pane-body .monaco-list-row');
    await rows.filter({ hasText: 'person' }).first().waitFor();
    await bench.command('DynamicNER: List Entities in Text Order');
    await rows.filter({ hasText: 'closeWindow' }).first().waitFor();
    await bench.command('DynamicNER: Group Entities by Type');
  });

  it('is text in its hover, where every link is one of ours', async () => {
    const hover = await bench.hover('closeWindow');
    await eventually('the hover', async () => {
      const said = (await hover.innerText()).replaceAll('\u00a0', ' ');
      assert.ok(said.includes(attack), said);
      assert.ok((await hover.locator('a').count()) >= 5, said);
    });
    const links = await hover
      .locator('a')
      .evaluateAll((all) => all.map((a) => a.dataset['href'] ?? a.getAttribute('href') ?? ''));
    for (const link of links) assert.match(link, /^command:dynamicner\.hover\.run\?/u);
    assert.equal(await hover.locator('b, img, .codicon-flame').count(), 0);
  });

  it('shows its level by a click on a step of its path', async () => {
    const hover = await bench.hover('closeWindow');
    await hover.locator('a', { hasText: /^real person$/u }).click();
    await bench.page.locator('.statusbar-item', { hasText: 'medium' }).waitFor();
  });
});
