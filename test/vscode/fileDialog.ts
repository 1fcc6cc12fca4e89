import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { until } from '../until';

/**
 * The workbench's own file dialog with this title, once it has listed its folder: then it writes what
 * it proposes over whatever has been typed until then.
 */
export async function fileDialog(page: Page, title: string): Promise<Locator> {
  const dialog = page.locator('.quick-input-widget', { hasText: title });
  const input = dialog.locator('input[type="text"]');
  const files = dialog.locator('.quick-input-list .monaco-list-row');
  await until(`the files of “${title}”`, async () => {
    const proposed = (await dialog.isVisible()) ? await input.inputValue() : '';
    const listed = await files.count();
    return (path.isAbsolute(proposed) && listed > 0) || `${listed} at “${proposed}”`;
  });
  return dialog;
}
