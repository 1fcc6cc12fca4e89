import * as l10n from '@vscode/l10n';
import { button, make } from '../dom';

/** What went wrong, and short answers to what was done, said at the top of the page until closed. */
export class Messages {
  readonly element = make('div', { class: 'messages' });
  /** Hears what happens, for those who do not see it. */
  private readonly live = make('div', { class: 'heard', role: 'status' });

  constructor() {
    this.element.append(this.live);
  }

  /** Shows an error until it is closed; the same one is shown once. */
  fail(error: unknown): void {
    // What failed is the extension's name for it, of no use to readers.
    const text = (error instanceof Error ? error.message : String(error)).replace(/^"\w+": /u, '');
    this.remove(text);
    const message = make('div', { class: 'message error', role: 'alert', 'data-text': text });
    message.append(
      make('span', {}, text),
      button('×', () => message.remove(), { 'aria-label': l10n.t('Close message') }),
    );
    this.element.append(message);
  }

  /** Says something to those who listen to the page, and shows nothing. */
  announce(text: string): void {
    this.live.textContent = text;
  }

  /** Shows a sentence for some seconds. */
  say(text: string): void {
    this.announce(text);
    this.remove(text);
    const message = make('div', { class: 'message', 'data-text': text }, text);
    this.element.append(message);
    setTimeout(() => message.remove(), 6000);
  }

  clear(): void {
    for (const message of this.element.querySelectorAll('.message')) message.remove();
  }

  private remove(text: string): void {
    for (const message of this.element.querySelectorAll<HTMLElement>('.message')) {
      if (message.dataset['text'] === text) message.remove();
    }
  }
}
