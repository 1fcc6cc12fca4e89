import path from 'node:path';
import { errors, type Locator, type Page } from 'playwright-core';
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

/**
 * Takes a folder whose name was confirmed in the dialog. It enters the folder first, to be taken with
 * the button; where its list did not show yet that this is a folder, it has taken it already.
 */
export async function takeFolder(dialog: Locator, folder: string, button: string): Promise<void> {
  await until('the folder is taken', async () => {
    if (!(await dialog.isVisible())) return true;
    try {
      const entered = await dialog.locator('input[type="text"]').inputValue({ timeout: 1_000 });
      if (entered !== `${folder}/`) return entered;
      await dialog.getByRole('button', { name: button }).click({ timeout: 1_000 });
    } catch (error) {
      // It closed in between.
      if (!(error instanceof errors.TimeoutError)) throw error;
    }
    return 'the dialog is still there';
  });
}
