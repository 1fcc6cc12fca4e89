import type * as vscode from 'vscode';
import type { Port } from '../core/messages/messageHandler';

/** A webview as one end of a wire. */
export function portOf(webview: vscode.Webview): Port {
  return {
    post: (message) => void webview.postMessage(message),
    onMessage: (listener) => webview.onDidReceiveMessage(listener),
  };
}
