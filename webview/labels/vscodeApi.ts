import * as l10n from '@vscode/l10n';
import type { Port } from '../../src/core/messages/messageHandler';
import type { KeptTree } from './tree/treeModel';

/** What the page keeps while it is hidden or the window is loaded anew. */
export interface KeptPage {
  readonly tree?: KeptTree;
  readonly scroll?: number;
  readonly find?: string;
  readonly onlyMatches?: boolean;
  readonly tried?: string;
}

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): KeptPage | undefined;
  setState(state: KeptPage): void;
};

export const vscode = acquireVsCodeApi();

/** Takes the translations that came with the page. */
export function readTranslations(): void {
  const texts = document.getElementById('l10n')?.textContent ?? '';
  if (texts !== '') l10n.config({ contents: texts });
}

/** The wire to the extension. */
export const port: Port = {
  post: (message) => {
    vscode.postMessage(message);
  },
  onMessage: (listener) => {
    const receive = (event: MessageEvent): void => {
      listener(event.data);
    };
    window.addEventListener('message', receive);
    return {
      dispose: () => {
        window.removeEventListener('message', receive);
      },
    };
  },
};
