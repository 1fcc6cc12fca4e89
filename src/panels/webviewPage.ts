import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/**
 * The HTML of a page whose script and style are `dist/webview/<name>.js` and `.css`. Nothing but
 * these two runs: the policy allows no other source, and texts reach the page as data.
 */
export function webviewPage(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  name: string,
  title: string,
): string {
  const file = (suffix: string): string =>
    webview
      .asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview', `${name}.${suffix}`))
      .toString();
  const nonce = randomBytes(16).toString('base64');
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource};`;
  // "<" would end the script element that holds the translations.
  const texts = JSON.stringify(vscode.l10n.bundle ?? {}).replaceAll('<', '\\u003c');
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <link rel="stylesheet" href="${file('css')}">
    <title>${title.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</title>
  </head>
  <body>
    <script type="application/json" id="l10n" nonce="${nonce}">${texts}</script>
    <script nonce="${nonce}" src="${file('js')}"></script>
  </body>
</html>`;
}
