// node --import tsx test/vscode/screenshot.ts
// Makes media/screenshot.png anew: the sample with its entities, the tree and a hover, as a user sees them.
// Build first (npm run build).
import path from 'node:path';
import { browserWorkbench } from './hosts';
import { root } from './places';
import { Workbench } from './workbench';

async function main(): Promise<void> {
  const bench = await Workbench.open({
    workbench: await browserWorkbench(),
    workspace: path.join(root, 'media/samples'),
    settings: {
      'editor.minimap.enabled': false,
      'editor.stickyScroll.enabled': false,
      'window.commandCenter': false,
    },
  });
  const { page } = bench;
  try {
    await bench.openFile('expedition.md');
    await bench.command('DynamicNER: Extract Entities');
    await bench.decorated();
    // The number of entities stands in the status bar when all is read.
    await page.locator('.statusbar-item', { hasText: /Encoder · fine · \d+/u }).waitFor();
    await bench.command('DynamicNER: Show Menu');
    await bench.pick('Show Entities');
    for (const type of ['person', 'real person', 'scholar']) {
      const row = page.locator('.pane-body .monaco-list-row', { hasText: type }).first();
      await row.locator('.monaco-tl-twistie').click();
    }
    await bench.hover('Charles Darwin');
    await page.screenshot({ path: path.join(root, 'media/screenshot.png') });
  } finally {
    await bench.close();
  }
}

void main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
