import type { Port } from '../src/core/messages/messageHandler';

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
};

/** VS Code, as a page sees it; a page may ask for it once only. */
export const vscode = acquireVsCodeApi();

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
