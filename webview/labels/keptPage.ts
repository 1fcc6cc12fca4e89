import * as l10n from '@vscode/l10n';
import type { KeptTree } from './tree/treeModel';

/** What the page keeps while it is hidden or the window is loaded anew. */
export interface KeptPage {
  readonly tree?: KeptTree;
  readonly scroll?: number;
  readonly find?: string;
  readonly onlyMatches?: boolean;
  readonly tried?: string;
}

/** Takes the translations that came with the page. */
export function readTranslations(): void {
  const texts = document.getElementById('l10n')?.textContent ?? '';
  if (texts !== '') l10n.config({ contents: texts });
}
