import type { TreeActions } from './treeActions';

/**
 * Copies and pastes types with the browser's own events: on the web VS Code leaves these keys to the
 * browser, and on the desktop it makes it send the same events.
 */
export function followClipboard(tree: HTMLElement, actions: TreeActions): void {
  const isInTree = (): boolean => document.activeElement === tree;
  document.addEventListener('copy', (event) => {
    if (!isInTree()) return;
    event.clipboardData?.setData('text/plain', actions.copiedText());
    event.preventDefault();
  });
  document.addEventListener('cut', (event) => {
    if (!isInTree()) return;
    event.preventDefault();
    void actions.run('cut');
  });
  document.addEventListener('paste', (event) => {
    if (!isInTree()) return;
    event.preventDefault();
    void actions.paste(event.clipboardData?.getData('text/plain') ?? '');
  });
}
