import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { until } from '../../until';
import { browserWorkbench } from '../hosts';
import { Workbench } from '../workbench';

const letter = 'Marie Curie left Warsaw for Paris in 1891.';

describe('the annotations of a letter', () => {
  let bench: Workbench;
  let file: string;

  before(async () => {
    bench = await Workbench.open({
      workbench: await browserWorkbench(),
      settings: { 'dynamicner.annotator': 'ada', 'dynamicner.inlayHints.enabled': false },
    });
    file = path.join(bench.folder, 'letter.txt');
    writeFileSync(file, letter);
    await bench.openFile('letter.txt');
  });
  after(() => bench.close());

  const rows = () => bench.page.locator('.pane-body .monaco-list-row');

  async function annotate(word: string, type: string): Promise<void> {
    const before = (await bench.decorations()).length;
    await bench.selectWord(word);
    await bench.command('DynamicNER: Annotate Selection as…');
    await bench.choose(type);
    await until('the box', async () => (await bench.decorations()).length > before);
  }

  function saved(): string {
    const side = `${file}.entities.jsonl`;
    return existsSync(side) ? readFileSync(side, 'utf8') : '';
  }

  it('are saved beside it', async () => {
    await bench.page.locator('.activitybar [aria-label^="Entities"]').first().click();
    await annotate('Warsaw', 'city');
    await annotate('Paris', 'city');
    await rows().filter({ hasText: 'location' }).first().waitFor();
    await bench.page.keyboard.press('Control+S');
    await until('both are saved', () => saved().split('"label":"city"').length === 3);
    assert.match(saved(), /"annotator":"ada"/u);
  });

  it('are listed where they have no place, and placed at a selection', async () => {
    await bench.command('View: Close Editor');
    writeFileSync(file, letter.replace('Warsaw', 'her town').replace('for Paris', 'for good'));
    await bench.openFile('letter.txt');
    await rows().filter({ hasText: 'Not placed' }).first().click();
    await rows().filter({ hasText: 'Warsaw' }).first().waitFor();
    await bench.screenshot('not-placed');
    await bench.selectWord('town');
    const row = rows().filter({ hasText: 'Warsaw' }).first();
    await row.hover();
    await row.locator('[aria-label^="Place at Selection"]').click();
    await rows().filter({ hasText: 'location' }).first().waitFor();
    await bench.screenshot('placed');
    const other = rows().filter({ hasText: 'Paris' }).first();
    await other.hover();
    await other.locator('[aria-label^="Remove Annotation"]').click();
    await rows().filter({ hasText: 'Not placed' }).first().waitFor({ state: 'detached' });
    await bench.command('DynamicNER: Undo Annotation');
    await rows().filter({ hasText: 'Not placed' }).first().waitFor();
  });

  it('are exported by answers to a few questions', async () => {
    await bench.page.locator('.editor-instance .view-line').first().click();
    await bench.command('DynamicNER: Export Annotations…');
    await bench.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    await bench.screenshot('export-formats');
    await bench.pick('DynamicNER JSON');
    await bench.pick('Document');
    await bench.pick('Accepted only');
    await bench.screenshot('export-level');
    await bench.pick('At level coarse');
    await bench.saveAs(path.join(bench.folder, 'letter.json'), '.json');
    const toast = await bench.notification('1 entity in 1 passage was exported to');
    await bench.screenshot('exported');
    await toast.getByText('Open Exported File').click();
    await bench.page.locator('.tab.active', { hasText: 'letter.json' }).waitFor();
    const [entry] = Object.values(
      JSON.parse(readFileSync(path.join(bench.folder, 'letter.json'), 'utf8')) as object,
    ) as unknown[];
    assert.deepEqual(entry, {
      sentence: 'Marie Curie left her town for good in 1891.',
      entity: ['town'],
      category: ['location'],
    });
  });
});
