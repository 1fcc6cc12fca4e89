import assert from 'node:assert/strict';
import { eventually } from '../../until';
import { browserWorkbench } from '../hosts';
import { type Theme, themes } from '../themes';
import { Workbench } from '../workbench';

describe('the workbench as a user sees it', () => {
  let bench: Workbench;
  before(async () => {
    bench = await Workbench.open({ workbench: await browserWorkbench() });
  });
  after(async () => {
    // Undefined where the workbench did not start.
    await (bench as Workbench | undefined)?.close();
  });

  it('opens a file and draws its text where a word is looked for', async () => {
    await bench.openFile('notes.txt');
    await eventually('the text stands still', async () => {
      const ada = await bench.boxOf('Ada Lovelace');
      const babbage = await bench.boxOf('Charles Babbage');
      assert.ok(ada.width > 50 && ada.height > 10, JSON.stringify(ada));
      assert.ok(babbage.x > ada.x + ada.width, 'Babbage is drawn after Lovelace');
      assert.equal(babbage.y, ada.y);
    });
  });

  it('runs a command from the palette', async () => {
    await bench.command('View: Close Editor');
    await bench.page.locator('.tab', { hasText: 'notes.txt' }).waitFor({ state: 'detached' });
    await bench.openFile('notes.txt');
  });

  it('switches to each of the four kinds of theme', async () => {
    const backgrounds = new Set<string>();
    for (const theme of Object.keys(themes) as Theme[]) {
      await bench.setTheme(theme);
      const editor = bench.page.locator('.monaco-editor .monaco-editor-background').first();
      backgrounds.add(await editor.evaluate((node) => getComputedStyle(node).backgroundColor));
      await bench.screenshot(`theme-${theme}`);
    }
    assert.ok(backgrounds.size >= 3, [...backgrounds].join(' '));
  });
});
