import * as l10n from '@vscode/l10n';
import type { FoundPlace } from '../../../src/core/messages/datasetPanel';
import { button, make } from '../dom';
import type { Page } from '../page';

/** Looks for a text in all passages that the filter shows. */
export class FindBar {
  readonly element = make('div', { class: 'bar find', role: 'search', hidden: true });
  private readonly input = make('input', { type: 'text', dir: 'auto', spellcheck: 'false' });
  private readonly result = make('span', { class: 'result', role: 'status' });
  private readonly matchCase = toggle('Aa', l10n.t('Match Case'));
  private readonly wholeWord = toggle('ab', l10n.t('Match Whole Word'));
  private readonly regex = toggle('.*', l10n.t('Use Regular Expression'));
  private found: FoundPlace | null = null;

  constructor(
    private readonly page: () => Page,
    private readonly run: (act: () => Promise<void>) => void,
  ) {
    this.input.setAttribute('aria-label', l10n.t('Find in all passages'));
    this.input.placeholder = l10n.t('Find in all passages');
    this.element.append(
      this.input,
      this.matchCase,
      this.wholeWord,
      this.regex,
      button('↑', () => this.run(() => this.go(true)), { 'aria-label': l10n.t('Previous Match') }),
      button('↓', () => this.run(() => this.go(false)), { 'aria-label': l10n.t('Next Match') }),
      this.result,
      button('×', () => this.close(), { 'aria-label': l10n.t('Close') }),
    );
    this.input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.isComposing) this.run(() => this.go(event.shiftKey));
      else if (event.key === 'Escape') this.close();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    this.input.addEventListener('input', () => {
      this.found = null;
      this.result.textContent = '';
    });
  }

  /** Opens the bar, with the selected words in it if there are some. */
  open(words: string): void {
    if (words !== '') this.input.value = words;
    this.element.hidden = false;
    this.input.focus();
    this.input.select();
  }

  /** Goes to the next (or previous) match, from the one before or from the cursor. */
  async go(backwards: boolean): Promise<void> {
    const text = this.input.value;
    if (text === '') return;
    const { host, cursor, list, pages } = this.page();
    const isHere = this.found?.position === cursor.position;
    const offset = isHere ? (this.found?.start ?? 0) + (backwards ? 0 : 1) : backwards ? 1e9 : 0;
    const found = await host.request('find', {
      text,
      matchCase: isOn(this.matchCase),
      wholeWord: isOn(this.wholeWord),
      regex: isOn(this.regex),
      from: { position: cursor.position, offset },
      backwards,
    });
    this.found = found;
    if (found === null) {
      this.result.textContent = l10n.t('No results');
      return;
    }
    await pages.ready(found.position);
    const { position, start, end } = found;
    cursor.selectWords(position, start < end ? { start, end } : null);
    const focused = document.activeElement;
    list.revealCurrent();
    // One goes on from match to match with Enter.
    if (focused === this.input) this.input.focus();
    const number = (pages.get(position)?.number ?? position) + 1;
    this.result.textContent = l10n.t('Passage {0}', number);
  }

  private close(): void {
    this.element.hidden = true;
    this.page().list.revealCurrent();
  }
}

function toggle(sign: string, title: string): HTMLElement {
  const element = button('', () => element.setAttribute('aria-pressed', String(!isOn(element))), {
    class: 'toggle',
    title,
    'data-sign': sign,
    'aria-label': title,
    'aria-pressed': 'false',
  });
  return element;
}

function isOn(element: HTMLElement): boolean {
  return element.getAttribute('aria-pressed') === 'true';
}
