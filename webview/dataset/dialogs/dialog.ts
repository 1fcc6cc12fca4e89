import * as l10n from '@vscode/l10n';
import { button, make } from '../dom';

const focusable = 'input, select, textarea, button:not(:disabled), [tabindex="0"]';

/** A box over the page that keeps the focus until it is closed; Escape closes it. */
export class Dialog {
  readonly element = make('dialog');
  private readonly before: Element | null;

  constructor(title: string, className: string, ...content: readonly Node[]) {
    this.before = document.activeElement;
    const heading = make('h2', { id: 'dialog-title' }, title);
    const close = button('×', () => this.close(), {
      class: 'close',
      'aria-label': l10n.t('Close'),
    });
    this.element.className = className;
    this.element.setAttribute('aria-labelledby', 'dialog-title');
    this.element.append(make('header', {}, heading, close), ...content);
    this.element.addEventListener('close', () => {
      this.element.remove();
      if (this.before instanceof HTMLElement) this.before.focus();
    });
    this.element.addEventListener('keydown', (event) => {
      // Keys belong to the box, not to the page behind it.
      event.stopPropagation();
    });
    document.body.append(this.element);
    this.element.showModal();
    // The first thing to be asked, not the button that closes the box.
    const first = content
      .flatMap((part) => (part instanceof HTMLElement ? [part] : []))
      .map((part) => (part.matches(focusable) ? part : part.querySelector(focusable)))
      .find((part) => part !== null);
    if (first instanceof HTMLElement) first.focus();
  }

  close(): void {
    this.element.close();
  }

  onClose(act: () => void): void {
    this.element.addEventListener('close', act);
  }
}

/** Asks for a text; null when the box was closed. Ctrl+Enter (or Enter in one line) gives it. */
export function askText(
  title: string,
  text: string,
  options: { readonly give: string; readonly lines?: number },
): Promise<string | null> {
  return new Promise((resolve) => {
    const lines = options.lines ?? 1;
    const input =
      lines > 1
        ? make('textarea', { rows: lines, dir: 'auto', 'aria-label': title })
        : make('input', { type: 'text', dir: 'auto', 'aria-label': title });
    input.value = text;
    const give = (): void => {
      const { value } = input;
      dialog.onClose(() => resolve(value));
      dialog.close();
    };
    input.addEventListener('keydown', (event) => {
      if (!(event instanceof KeyboardEvent) || event.key !== 'Enter' || event.isComposing) return;
      if (lines > 1 && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      give();
    });
    const buttons = make(
      'div',
      { class: 'buttons' },
      button(options.give, give, { class: 'primary' }),
    );
    const dialog = new Dialog(title, 'ask', input, buttons);
    input.focus();
    input.select();
    // After `give` this comes too late to matter.
    dialog.onClose(() => setTimeout(() => resolve(null)));
  });
}
